"""The words older cases and underretninger are found by, put there as new ones get them today.

What is indexed is decided where something is registered; a release that finds by more, a street
with its number for one, finds what is older only when this has gone over it.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.search import words
from dubu_plugin.store.search.numbers import index_number, kept_of_number, words_of_number
from dubu_plugin.store.search.words import Kind, Weight
from dubu_plugin.store.tables import personer, post_items, sager, search_words, underretninger

FIRST: Final = UUID(int=0)
TABLES: Final[Mapping[Kind, sa.Table]] = {"sag": sager, "underretning": underretninger}


def how_many(connection: sa.Connection, kind: Kind) -> int:
    """Return how many there are to go over."""
    return connection.scalar(sa.select(sa.func.count()).select_from(TABLES[kind])) or 0


def after(connection: sa.Connection, kind: Kind, last: UUID, at_once: int) -> Sequence[UUID]:
    """Return the next of them, in the order of their keys."""
    number = TABLES[kind].c.id
    return connection.scalars(
        sa.select(number).where(number > last).order_by(number).limit(at_once)
    ).all()


def index_again(connection: sa.Connection, kind: Kind, some: Sequence[UUID]) -> int:
    """Have some of them found by what they are found by today; return how many got words or lost.

    Nothing is found by an address that is protected, or by who notified anonymously.
    """
    texts, hidden = (_cases if kind == "sag" else _underretninger)(connection, some)
    changed: set[UUID] = set()
    for subject, text in hidden.items():
        if _forget(connection, kind, subject, text):
            changed.add(subject)
    known = _known(connection, kind, some)
    new = []
    for subject, said in texts.items():
        mine = known.get(subject, {})
        for word, weight in words.weighed(said).items():
            there = mine.get(word)
            if there is not None and there >= weight:
                continue
            if there is not None:
                _drop(connection, kind, subject, word)
            row = {"word": word, "kind": kind, "subject_id": subject, "weight": weight}
            new.append(row)
            changed.add(subject)
    if new:
        connection.execute(sa.insert(search_words), new)
    if kind == "sag":
        numbers = sa.select(sager.c.id, sager.c.number).where(sager.c.id.in_(some))
        changed |= {
            row.id
            for row in connection.execute(numbers).all()
            if kept_of_number(known.get(row.id, ())) != words_of_number(row.number or "")
            and index_number(connection, row.id, row.number)
        }
    return len(changed)


Texts = dict[UUID, dict[Weight, str]]


def _cases(connection: sa.Connection, some: Sequence[UUID]) -> tuple[Texts, dict[UUID, str]]:
    p = personer.c
    rows = connection.execute(
        sa.select(sager.c.id, p.name, p.address, p.protected_address)
        .join(personer, p.id == sager.c.child_id)
        .where(sager.c.id.in_(some))
    ).all()
    found: Texts = {
        row.id: {
            Weight.NAME: row.name,
            Weight.TITLE: "" if row.protected_address else row.address or "",
        }
        for row in rows
    }
    return found, {row.id: row.address for row in rows if row.protected_address and row.address}


def _underretninger(
    connection: sa.Connection, some: Sequence[UUID]
) -> tuple[Texts, dict[UUID, str]]:
    u, p = underretninger.c, post_items.c
    rows = connection.execute(
        sa.select(u.id, u.text, u.anonymous, u.notifier_organisation, p.subject, p.sender,
                  personer.c.name)
        .outerjoin(post_items, p.id == u.post_id)
        .outerjoin(personer, personer.c.id == u.child_id)
        .where(u.id.in_(some))
    ).all()  # fmt: skip
    return {
        row.id: {
            Weight.TEXT: row.text or "",
            # What an anonymous notifier called the mail may be a name.
            Weight.TITLE: ""
            if row.anonymous
            else " ".join(filter(None, (row.subject, row.sender, row.notifier_organisation))),
            Weight.NAME: row.name or "",
        }
        for row in rows
    }, {}


def _known(
    connection: sa.Connection, kind: Kind, some: Sequence[UUID]
) -> Mapping[UUID, Mapping[str, int]]:
    w = search_words.c
    found: dict[UUID, dict[str, int]] = {}
    rows = connection.execute(
        sa.select(w.subject_id, w.word, w.weight).where(w.kind == kind, w.subject_id.in_(some))
    )
    for row in rows:
        found.setdefault(row.subject_id, {})[row.word] = row.weight
    return found


def _drop(connection: sa.Connection, kind: Kind, subject: UUID, word: str) -> None:
    w = search_words.c
    connection.execute(
        sa.delete(search_words).where(w.kind == kind, w.subject_id == subject, w.word == word)
    )


def _forget(connection: sa.Connection, kind: Kind, subject: UUID, text: str) -> bool:
    """Take the words of a text away, but for those of the name; tell whether there were any."""
    w = search_words.c
    gone = connection.execute(
        sa.delete(search_words).where(
            w.kind == kind,
            w.subject_id == subject,
            w.word.in_(list(words.words_of(text))),
            w.weight < Weight.NAME,
        )
    )
    return gone.rowcount > 0
