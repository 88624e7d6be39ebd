"""Register what came in about one child for another child too, without typing it again.

A letter about two children is two underretninger: each child is assessed by itself, with a clock of
its own that counts from when the letter came (barnets lov § 136, stk. 2). Both have the same
original; the second gets an item of post of its own, because an item leads to one registration.
"""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.intake import PostState, Status
from dubu_plugin.errors import CaseworkError
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.family import personer
from dubu_plugin.store.tables import post_files, post_items
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import arrivals, underretninger
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.underretning.choose_child import existing
from dubu_plugin.usecases.underretning.item import hashed
from dubu_plugin.usecases.underretning.receive import Receipt
from dubu_plugin.usecases.underretning.register import Arrived, add_row, record_receipt

OF_THE_NOTIFIER: Final = (
    "pligt", "underretter", "professional", "anonymous", "notifier_name", "notifier_organisation",
    "notifier_address", "notifier_relation", "orienteret", "overgreb", "responsible", "protected",
)  # fmt: skip
"""What is the same for both, since the same person told it."""

SIBLING: Final = "soeskende"
"""Why somebody is a likely child: they are a sibling of the first one."""


class NothingToRegister(CaseworkError):
    """What came in is no underretning and no ansøgning."""

    danish = "Den er registreret som noget andet end en underretning. Ret det først."


def register_another_child(
    underretning: UUID, form: UUID, *, product: Means, asker: Asker, now: datetime
) -> Receipt:
    """Register it once more, for a child that is still to be chosen.

    :param form: made when the page was opened: sent twice, it registers once.
    :raises NothingToRegister: it was found to be something else.
    :raises NotYours: the policy says no, or there is no such underretning.
    """
    with acting(product.store, asker, Act.REGISTER, "underretning", underretning, now=now) as work:
        about = existing(work, underretning)
        if about.state == underretninger.OTHER:
            raise NothingToRegister
        same_as = hashed("another-child", str(form))
        before = underretninger.post_same_as(work.connection, same_as)
        if before is not None:
            return Receipt(Status.DUPLICATE, before.underretning_id, before.id)
        post = _same_original(work, about, same_as)
        new = _registered(work, about, post)
        underretninger.settle_post(work.connection, about.post_id, PostState.REGISTERED)
        return Receipt(Status.REGISTERED, new, post)


def _same_original(work: Work, about: Underretning, same_as: str) -> UUID:
    """Keep the item once more: the same file under the same hash, and what was found in it."""
    connection = work.connection
    row = connection.execute(sa.select(post_items).where(post_items.c.id == about.post_id)).one()
    own = {"id", "host_key", "underretning_id"}
    values: dict[str, Any] = {key: said for key, said in row._mapping.items() if key not in own}
    values |= {
        "same_as": same_as,
        "state": PostState.REGISTERED,
        "needs": None,
    }
    post = arrivals.add_post(connection, values)
    files = connection.execute(
        sa.select(post_files)
        .where(post_files.c.post_id == about.post_id)
        .order_by(post_files.c.position)
    )
    placed = {"id", "post_id", "position"}
    rows = [{k: said for k, said in file._mapping.items() if k not in placed} for file in files]
    arrivals.add_files(connection, post, rows)
    return post


def _registered(work: Work, about: Underretning, post: UUID) -> UUID:
    connection = work.connection
    unit = about.unit or ""
    arrived = Arrived(post, about.channel, about.received_at, unit, about.text)
    same = {name: getattr(about, name) for name in OF_THE_NOTIFIER}
    # The text names the first child: looked for in it, that one would be found again.
    new = add_row(work, arrived, about.henvendelse, {**same, "matched_at": work.now})
    concerns = tuple(underretninger.concerns_of(connection, about.id))
    underretninger.set_concerns(connection, new, concerns, suggested=True)
    underretninger.set_candidates(connection, new, _likely(work, about))
    data: dict[str, str | bool] = {
        "professional": bool(about.professional), "samme_som": str(about.id),
    }  # fmt: skip
    record_receipt(work, new, about.henvendelse, arrived, data=data, area=about.area)
    return new


def _likely(work: Work, about: Underretning) -> list[tuple[UUID, int, str]]:
    """Return who else it may be about: those the text fitted, and the first child's siblings."""
    found = {
        person: (score, ",".join(reasons))
        for person, score, reasons in underretninger.candidates_of(work.connection, about.id)
        if person != about.child_id
    }
    family = personer.family_of(work.connection, about.child_id) if about.child_id else ()
    for one in family:
        if one.tie is Tie.SIBLING:
            found.setdefault(one.person.id, (0, SIBLING))
    return [(person, score, reasons) for person, (score, reasons) in found.items()]
