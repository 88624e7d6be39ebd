"""What is there of what decisions presuppose: what runs on a child's cases, and is decided there.

Source: see `dubu_plugin.domain.forudsat`.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import AfgoerelseState, Outcome
from dubu_plugin.domain.alder import birthday
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.forudsat import Forudsat as F
from dubu_plugin.domain.gates.placement_ends import OTHER
from dubu_plugin.domain.gates.standing import months_on
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import ADULT, IndsatsState
from dubu_plugin.store.deadlines.states import stands
from dubu_plugin.store.indsats.running import BEGINS, ENDS, PLACES, Thing, left
from dubu_plugin.store.tables import afgoerelser, haendelser, indsatser, sager
from dubu_plugin.store.tables.columns import Moment

ALSO: Final = frozenset(
    {
        H.UDVALGSAFGOERELSE_TRUFFET, H.FORELOEBIG_AFGOERELSE_IVAERKSAT,
        H.FORELOEBIG_AFGOERELSE_GODKENDT, H.FORELOEBIG_AFGOERELSE_BORTFALDET,
        H.PRIVAT_PLEJE_BEGYNDT, H.PRIVAT_PLEJE_OPHOERT,
    }
)  # fmt: skip
"""What is asked for beside what runs."""
WITHOUT_CONSENT: Final = frozenset({"anbringelse_uden", "anbringelse_ufoedt"})
"""Indsatser and matters by which a child is placed without consent (§§ 47 and 49)."""
FOR_GOOD: Final = "permanent"
CONTINUED: Final = "anbringelse_viderefoert"
"""The matter and the indsats by which a child is placed for good (§ 67)."""
KEPT_UP: Final = WITHOUT_CONSENT | {"opretholdelse"}
PLANNED: Final = ""
"""The matter of a placement that is planned: it is decided elsewhere, or not yet."""
GIVEN: Final = "indsats"
"""What is said in place of a matter where it is an indsats that has begun."""
PLACING: Final = frozenset({*PLACES, "foreloebig", PLANNED})
"""Matters by which a child may come to be placed."""
OF_PLACEMENTS: Final = frozenset({H.ANBRINGELSE_IVAERKSAT, H.ANBRINGELSE_OPHOERT, H.BARN_HJEMGIVET})
SUPPORTS: Final = frozenset({"stoette", "stoette_kommende", "stoette_uden"})
TABT: Final = "tabt"
LOST_PAY: Final = "tabt_arbejdsfortjeneste"
OFFERS: Final = "saerlige_tilbud"
DAY_PLACES: Final = frozenset({"saerligt_dagtilbud", "saerligt_klubtilbud"})
GOES_ON: Final[Mapping[F, frozenset[str]]] = {
    F.TRAENING: frozenset({"hjemmetraening"}),
    F.KOMPENSATION: frozenset({"kompensationsydelse"}),
    F.LEDSAGELSE: frozenset({"ledsagelse"}),
    F.HJAELP_90: frozenset(f"sel_90_{number}" for number in (1, 2, 3, 9, 10, 11, 12)),
}
"""Help to a child with a disability that goes on, and so is taken away by a decision: the codes of
the indsatser. What is given once, as an aid, is not."""
CONTACTS: Final = frozenset({"kontaktperson", "kontaktperson_uden"})
STAYS: Final = frozenset({"ung_doegnophold", "ung_plejefamilie", "ung_genetableret"})
"""Indsatser by which a young person lives at a place after eighteen."""
NO_DAY: Final = sa.null().cast(sa.Date).label("decided_on")
NO_MOMENT: Final = sa.null().cast(Moment)
NOTHING: Final = sa.null().cast(sa.Text)
YEARS: Final = 3
"""How long a child has been placed before it can be so for good (§ 67)."""


def situation(
    connection: sa.Connection,
    child: UUID,
    *,
    born: date | None,
    day: date,
    placements: Collection[str] = (),
) -> frozenset[F]:
    """Return what is there for a child on a Danish day.

    :param born: None is unborn.
    :param placements: the codes of the indsatser that place a child.
    """
    its = sa.select(sager.c.id).where(sager.c.child_id == child)
    found = connection.execute(
        sa.union_all(_happened(its), _decided(child), _planned(child, placements), _given(child))
    ).all()
    rows = sorted(
        (row for row in found if row.occurred_at is not None),
        key=lambda row: (row.occurred_at, row.seq),
    )
    made = [row for row in found if row.occurred_at is None]
    return frozenset(_there(rows, made, left(rows), born, day))


def _there(
    rows: Sequence[sa.Row[Any]],
    made: Sequence[sa.Row[Any]],
    runs: Sequence[Thing],
    born: date | None,
    day: date,
) -> Iterator[F]:
    given = {str(row.id): row.data for row in made if row.type == GIVEN}
    codes = {_code(one, given) for one in runs}
    matters = {one.type for one in made}
    placed = _is_placed(runs) or (PLANNED in matters and _is_between(rows))
    if runs:
        yield F.I_GANG
    coming = placed or any(_is_to_come(one, rows) for one in made)
    if coming:
        yield F.ANBRINGELSE
    if coming or runs or matters & SUPPORTS:
        yield F.STOETTE
    if placed:
        yield F.ANBRAGT
        if codes & WITHOUT_CONSENT or matters & KEPT_UP or _committee_placed(rows):
            yield F.UDEN_SAMTYKKE
        if CONTINUED in codes or any(it.type == FOR_GOOD and it.decided_on for it in made):
            yield F.PERMANENT
        if _is_placed(left(rows, start_of_day(months_on(day, -12 * YEARS) + timedelta(days=1)))):
            yield F.TRE_AAR
    if placed or codes & STAYS:
        yield F.DOEGNOPHOLD
    if _number(rows, H.FORELOEBIG_AFGOERELSE_IVAERKSAT) > _number(
        rows, H.FORELOEBIG_AFGOERELSE_GODKENDT, H.FORELOEBIG_AFGOERELSE_BORTFALDET
    ):
        yield F.FORELOEBIG
    if _number(rows, H.PRIVAT_PLEJE_BEGYNDT) > _number(rows, H.PRIVAT_PLEJE_OPHOERT):
        yield F.PRIVAT_PLEJE
    if codes & DAY_PLACES or OFFERS in matters:
        yield F.PLADS
    if LOST_PAY in codes or TABT in matters:
        yield F.TABT
    for there, what in GOES_ON.items():
        if what & codes:
            yield there
    yield from _before_eighteen(rows, given, born, day)


def _code(thing: Thing, given: Mapping[str, str]) -> str | None:
    """Return which indsats runs; what was noted before it was written in says it not itself.

    :param given: the codes of the indsatser of the child, by their keys.
    """
    told: str | None = thing.data.get("kode")
    return told or given.get(thing.key)


def _before_eighteen(
    rows: Sequence[sa.Row[Any]], given: Mapping[str, str], born: date | None, day: date
) -> Iterator[F]:
    """Yield what was there until the young person was eighteen, or is now where it is younger.

    What ends with the eighteenth year is told on its last day, so the day before that is asked.

    :param given: the codes of the indsatser of the child, by their keys.
    """
    if born is None:
        return
    last = min(day + timedelta(days=1), birthday(born, ADULT) - timedelta(days=1))
    then = left(rows, start_of_day(last))
    if _is_placed(then):
        yield F.FOER_18
    if _is_placed(then) or CONTACTS & {_code(one, given) for one in then}:
        yield F.FOER_18_ELLER_KONTAKT


def _is_placed(runs: Sequence[Thing]) -> bool:
    return any(one.what is H.ANBRINGELSE_IVAERKSAT for one in runs)


def _is_between(rows: Sequence[sa.Row[Any]]) -> bool:
    """Tell whether a child's placement ended because another, not begun yet, is to take over: what
    is decided of a placed child can be decided then too, as that it goes home instead (§ 100)."""
    last = next((row for row in reversed(rows) if row.type in OF_PLACEMENTS), None)
    return last is not None and (
        last.type == H.ANBRINGELSE_OPHOERT and json.loads(last.data).get("grund_kode") == OTHER
    )


def _is_to_come(made: sa.Row[Any], rows: Sequence[sa.Row[Any]]) -> bool:
    """Tell whether a placement is prepared or decided, and none has begun or ended since."""
    if made.type not in PLACING:
        return False
    since = made.decided_on
    return since is None or not any(
        row.type in OF_PLACEMENTS and danish_day(row.occurred_at) >= since for row in rows
    )


def _committee_placed(rows: Sequence[sa.Row[Any]]) -> bool:
    return any(
        row.type == H.UDVALGSAFGOERELSE_TRUFFET
        and json.loads(row.data).get("angaar") == "anbringelse"
        for row in rows
    )


def _number(rows: Sequence[sa.Row[Any]], *kinds: H) -> int:
    return sum(row.type in kinds for row in rows)


def _happened(cases: sa.Select[tuple[UUID]]) -> sa.Select[tuple[Any, ...]]:
    """Return what asks for what happened on the cases."""
    its = haendelser.c
    return sa.select(its.id, its.type, its.occurred_at, its.data, its.seq, NO_DAY).where(
        its.sag_id.in_(cases), its.type.in_(sorted({*BEGINS, *ENDS, *ALSO})), stands()
    )


def _decided(child: UUID) -> sa.Select[tuple[Any, ...]]:
    """Return what asks for the decisions that give something or are prepared, by their matter."""
    its = afgoerelser.c
    gives = sa.or_(
        its.state.in_([AfgoerelseState.FORBEREDES, AfgoerelseState.AENDRET]),
        sa.and_(its.state == AfgoerelseState.TRUFFET, its.outcome != Outcome.AFSLAG),
    )
    return (
        sa.select(its.skrift_id, its.matter, NO_MOMENT, NOTHING, sa.literal(0), its.decided_on)
        .join_from(afgoerelser, sager, its.sag_id == sager.c.id)
        .where(sager.c.child_id == child, gives)
    )


def _planned(child: UUID, placements: Collection[str]) -> sa.Select[tuple[Any, ...]]:
    """Return what asks for placements that are planned: they have no matter, and no day yet."""
    its = indsatser.c
    return sa.select(its.id, sa.literal(PLANNED), NO_MOMENT, NOTHING, sa.literal(0), NO_DAY).where(
        its.person_id == child,
        its.state == IndsatsState.PLANLAGT,
        its.code.in_(sorted(placements)),
    )


def _given(child: UUID) -> sa.Select[tuple[Any, ...]]:
    """Return what asks for the indsatser that have begun: their codes in place of words."""
    its = indsatser.c
    return sa.select(its.id, sa.literal(GIVEN), NO_MOMENT, its.code, sa.literal(0), NO_DAY).where(
        its.person_id == child, its.state.in_([IndsatsState.I_GANG, IndsatsState.OPHOERT])
    )
