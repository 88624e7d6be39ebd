"""Let go of who notified, once it is known that they are anonymous.

What they wrote is kept as it came, since a document that is received is kept, and what has happened
stays written. But no list, search, page or letter of ours names them any more.

Source: offentlighedsloven § 15 and arkivloven (what is received is kept); databeskyttelses-
forordningen art. 5, stk. 1, litra c.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.letter_state import HERE_STILL, LetterState
from dubu_plugin.store.search import words as search_words
from dubu_plugin.store.search.words import Weight
from dubu_plugin.store.tables import letters, post_items, underretninger
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning.underretninger import Underretning

NAMES: Final = ("notifier_name", "notifier_organisation", "notifier_address")


def forget_notifier(work: Work, about: Underretning) -> None:
    """Take the sender out of everything that shows or sends something.

    What was registered from the same item for another child of theirs is from the same person.
    """
    same = _same_item(work.connection, about)
    posts = [row.post_id for row in same]
    work.connection.execute(
        sa.update(post_items).where(post_items.c.id.in_(posts)).values(sender=None)
    )
    numbers = [row.id for row in same]
    work.connection.execute(
        sa.update(underretninger)
        .where(underretninger.c.id.in_(numbers))
        .values(anonymous=True, **dict.fromkeys(NAMES))
    )
    for row in same:
        named = " ".join(filter(None, (row.sender, *(getattr(row, name) for name in NAMES))))
        search_words.forget(work.connection, "underretning", row.id, named)
        search_words.index(work.connection, "underretning", row.id, {Weight.TEXT: row.text or ""})
    _keep_letters_back(work, numbers)


def _same_item(
    connection: sa.Connection, about: Underretning
) -> Sequence[sa.Row[tuple[object, ...]]]:
    """Return the underretning, and those registered from the same item for other children."""
    u, p = underretninger.c, post_items.c
    first = sa.select(p.sha256, p.received_at).where(p.id == about.post_id).subquery()
    return connection.execute(
        sa.select(u.id, u.post_id, u.text, p.sender, *(u[name] for name in NAMES))
        .join_from(underretninger, post_items, u.post_id == p.id)
        .where(p.sha256 == first.c.sha256, p.received_at == first.c.received_at)
    ).all()


def _keep_letters_back(work: Work, numbers: Sequence[UUID]) -> None:
    """Have no letter to them filed or sent that is not yet; of one that is, the name is let go."""
    theirs = sa.and_(letters.c.underretning_id.in_(numbers), letters.c.recipient.is_not(None))
    not_sent = letters.c.state.in_(HERE_STILL)
    work.connection.execute(
        sa.update(letters).where(theirs, not_sent).values(state=LetterState.UDGAAET)
    )
    work.connection.execute(sa.update(letters).where(theirs).values(recipient=None, address=None))
