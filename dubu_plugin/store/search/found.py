"""Finding cases and underretninger by name, CPR number, case number, address or words of the text.

A case number is found by its end as well, and by the beginning of either (`search_numbers`).

What somebody may not see is not found: the answer is narrowed in the database by the same policy
as doors. A word is found by its beginning; every word must be found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.cpr import Cpr, NotACpr
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.search.numbers import numbers_asked
from dubu_plugin.store.search.words import words_of
from dubu_plugin.store.tables import (
    employees,
    personer,
    sager,
    search_words,
    ties,
    underretninger,
)

MOST: Final = 25
MOST_WORDS: Final = 5
_THE_CASE: Final = 99
"""What weighs most: the very number that was asked for."""
AFTER_LAST: Final = "\uffff"
"""Sorts after every letter a word may hold, so that a beginning becomes a range of the index."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found."""

    sag: UUID | None
    underretning: UUID | None
    child_name: str | None
    born: date | None
    termin: date | None
    number: str | None
    area: str | None
    step: str | None
    """Where what came in brought the case, or how far the underretning has got."""
    phase: str | None
    responsible_name: str | None
    underretter: str | None
    received_at: datetime | None


def search(connection: sa.Connection, who: Asker, text: str, *, limit: int = MOST) -> Sequence[Hit]:
    """Return what a text finds for somebody, cases first, the best fit at the top."""
    found = _wanted(text)
    if found is None:
        return ()
    hits = found.subquery()
    rows = [
        *connection.execute(_sager(hits, who, limit)),
        *connection.execute(_underretninger(hits, who, limit)),
    ]
    return list(dict.fromkeys(_hit(row) for row in rows))[:limit]


def is_cpr(text: str) -> bool:
    """Tell whether a text is a CPR number and nothing else."""
    try:
        Cpr.parse(text)
    except NotACpr:
        return False
    return True


def _wanted(text: str) -> sa.Select[Any] | None:
    """Return what to look for: kind, key and weight; None where there is nothing to look for."""
    if is_cpr(text):
        return _by_cpr(Cpr.parse(text))
    words = list(words_of(text))[:MOST_WORDS]
    if not any(character.isdigit() for character in text):
        return _by_words(words) if words else None
    begun = [_by_words([one]) for one in numbers_asked(text)][:MOST_WORDS]
    asked = [_by_number(text), *begun, *([_by_words(words)] if words else [])]
    return sa.union_all(*asked).subquery().select()


def _by_cpr(cpr: Cpr) -> sa.Select[Any]:
    """Find by the number of the child or of anybody in its family."""
    person = sa.select(personer.c.id).where(personer.c.cpr == cpr.digits)
    children = sa.union(
        person, sa.select(ties.c.person_id).where(ties.c.other_id.in_(person))
    ).subquery()
    return (
        sa.union_all(
            *(
                sa.select(
                    sa.literal(kind).label("kind"),
                    table.c.id.label("subject_id"),
                    sa.literal(1).label("weight"),
                ).where(table.c.child_id.in_(sa.select(children)))
                for kind, table in (("sag", sager), ("underretning", underretninger))
            )
        )
        .subquery()
        .select()
    )


def _by_number(text: str) -> sa.Select[Any]:
    return sa.select(
        sa.literal("sag").label("kind"),
        sager.c.id.label("subject_id"),
        sa.literal(_THE_CASE).label("weight"),
    ).where(sager.c.number == text.strip())


def _by_words(words: Sequence[str]) -> sa.Select[Any]:
    begins = [
        sa.and_(search_words.c.word >= word, search_words.c.word < word + AFTER_LAST)
        for word in words
    ]
    query = (
        sa.select(
            search_words.c.kind,
            search_words.c.subject_id,
            sa.func.sum(search_words.c.weight).label("weight"),
        )
        .where(sa.or_(*begins))
        .group_by(search_words.c.kind, search_words.c.subject_id)
    )
    for begin in begins if len(begins) > 1 else ():
        query = query.having(sa.func.max(sa.case((begin, 1), else_=0)) == 1)
    return query


def _sager(hits: sa.Subquery, who: Asker, limit: int) -> sa.Select[Any]:
    return (
        sa.select(
            sager.c.id.label("sag"),
            sa.null().label("underretning"),
            personer.c.name,
            personer.c.born,
            personer.c.due_date,
            sager.c.number,
            sager.c.area,
            sager.c.step,
            sager.c.phase,
            employees.c.name.label("responsible_name"),
            sa.null().label("underretter"),
            sa.null().label("received_at"),
        )
        .select_from(
            hits.join(sager, sa.and_(hits.c.kind == "sag", hits.c.subject_id == sager.c.id))
            .join(personer, personer.c.id == sager.c.child_id)
            .outerjoin(employees, employees.c.key == sager.c.responsible)
        )
        .where(visible_sager(who, Act.SEARCH))
        .order_by(hits.c.weight.desc(), sager.c.phase, sager.c.opened_at.desc())
        .limit(limit)
    )


def _underretninger(hits: sa.Subquery, who: Asker, limit: int) -> sa.Select[Any]:
    return (
        sa.select(
            underretninger.c.sag_id.label("sag"),
            underretninger.c.id.label("underretning"),
            personer.c.name,
            personer.c.born,
            personer.c.due_date,
            sa.null().label("number"),
            sa.null().label("area"),
            underretninger.c.state.label("step"),
            sa.null().label("phase"),
            employees.c.name.label("responsible_name"),
            underretninger.c.underretter,
            underretninger.c.received_at,
        )
        .select_from(
            hits.join(
                underretninger,
                sa.and_(hits.c.kind == "underretning", hits.c.subject_id == underretninger.c.id),
            )
            .outerjoin(personer, personer.c.id == underretninger.c.child_id)
            .outerjoin(employees, employees.c.key == underretninger.c.responsible)
        )
        .where(visible_underretninger(who, Act.SEARCH))
        .order_by(hits.c.weight.desc(), underretninger.c.received_at.desc())
        .limit(limit)
    )


def _hit(row: sa.Row[Any]) -> Hit:
    return Hit(
        row.sag, row.underretning, row.name, row.born, row.due_date, row.number, row.area,
        row.step, row.phase, row.responsible_name, row.underretter, row.received_at,
    )  # fmt: skip
