"""What is asked of the database to sum up deadlines, and nothing of who may see the answer."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.overholdelse import (
    HEARD,
    Quarter,
    Spread,
    Tally,
    measure_of,
    spread,
    used,
)
from dubu_plugin.frister.rule import MISSED
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.starting import clock_started
from dubu_plugin.store.deadlines import STANDING, State
from dubu_plugin.store.deadlines.states import stands
from dubu_plugin.store.overholdelse.sight import Sight
from dubu_plugin.store.tables import frister, haendelser, personer
from dubu_plugin.store.tables.columns import Moment

PREPARED: Final = timedelta(days=183)
"""A decision that was begun earlier than this before the quarter is not looked for."""

_MET: Final = frister.c.state == sa.literal(State.OPFYLDT.value, literal_execute=True)
_OPEN: Final = frister.c.state == sa.literal(State.AABEN.value, literal_execute=True)
_RUNS: Final = frister.c.paused_at.is_(None)


def _written_out(name: str, values: Iterable[str]) -> sa.BindParameter[Any]:
    """Return values that stand in the statement itself, for an index of only some rows."""
    return sa.bindparam(name, sorted(values), expanding=True, literal_execute=True)


STANDS: Final = frister.c.state.in_(_written_out("standing", (one.value for one in STANDING)))
"""Written out: the index of what is counted is one of this condition."""
LAPSED: Final = sa.and_(
    frister.c.state == sa.literal(State.BORTFALDET.value, literal_execute=True),
    frister.c.exceeded_at.is_not(None),
)
"""Missed, and lapsed unmet: the condition of an index of its own."""
_DECISION: Final = haendelser.c.type.in_(
    _written_out(
        "decision",
        (Haendelse.AFGOERELSE_TRUFFET.value, Haendelse.UDVALGSAFGOERELSE_TRUFFET.value),
    )
)


Sums = dict[tuple[Any, ...], tuple[Tally, int]]
"""By key: the sum, and how many persons had the deadlines in it."""


def summed(
    connection: sa.Connection,
    book: RuleBook,
    seen: Sight,
    quarters: Sequence[Quarter],
    now: datetime,
    names: Sequence[str],
    rule: str | None = None,
    *,
    own: bool = False,
    people: bool = True,
) -> Sums:
    """Sum up by these columns. `number` is the place of the quarter among those asked for.

    :param rule: only of this rule.
    :param own: only what the asker has themselves.
    :param people: count the persons too, which takes about as long as all the rest.
    """
    codes = [rule] if rule is not None else counted(book)
    found: dict[tuple[Any, ...], tuple[Tally, int]] = defaultdict(lambda: (Tally(), 0))
    asked: list[sa.Select[*tuple[Any, ...]]] = []
    for place in places(seen):
        if own:
            place = sa.and_(place, frister.c.responsible == seen.who.key)
        asked += [
            _grouped(inner.subquery(), names, people)
            for inner in (
                _dated([code for code in codes if code != HEARD], place, quarters, now),
                *([_heard(place, quarters)] if HEARD in codes else []),
                _lapsed(codes, place, quarters),
            )
        ]
    for row in connection.execute(sa.union_all(*asked)) if asked else ():
        key = tuple(row[: len(names)])
        tally, persons = found[key]
        added = Tally(int(row.kept), int(row.late), int(row.overdue), int(row.lapsed))
        found[key] = (tally + added, persons + row.persons)
    return dict(found)


def counted(book: RuleBook) -> Sequence[str]:
    """Return the codes of the rules that are counted."""
    return [
        code
        for code, versions in book.versions.items()
        if code == HEARD or any(rule.kind in MISSED for rule in versions)
    ]


def places(seen: Sight) -> Sequence[sa.ColumnElement[bool]]:
    """Return where to look, as conditions that each are read off the index by themselves."""
    return [
        *([frister.c.unit.in_(sorted(seen.units))] if seen.units else []),
        *([frister.c.unit.is_(None)] if seen.unitless else []),
    ]


def _dated(
    codes: Sequence[str],
    place: sa.ColumnElement[bool],
    quarters: Sequence[Quarter],
    now: datetime,
) -> sa.Select[*tuple[Any, ...]]:
    """Select the deadlines that fell due, and what became of each."""
    overdue = sa.and_(_OPEN, frister.c.due < now, _RUNS)
    late = sa.and_(_MET, frister.c.ended_at > frister.c.due, _RUNS)
    return sa.select(
        frister.c.rule,
        frister.c.unit,
        frister.c.responsible,
        _number(frister.c.due, quarters),
        _one(late).label("late"),
        _one(_OPEN).label("overdue"),
        sa.literal(0).label("lapsed"),
    ).where(
        STANDS,
        frister.c.rule.in_(codes),
        place,
        frister.c.due >= quarters[0].starts,
        frister.c.due < quarters[-1].ends,
        sa.or_(_MET, overdue),
    )


def _heard(
    place: sa.ColumnElement[bool], quarters: Sequence[Quarter]
) -> sa.Select[*tuple[Any, ...]]:
    """Select the decisions of the quarters before which the child was to be heard."""
    columns = (
        frister.c.rule,
        frister.c.unit,
        frister.c.responsible,
        frister.c.state,
        frister.c.ended_at,
    )
    later = sa.and_(
        haendelser.c.sag_id == frister.c.sag_id,
        _DECISION,
        stands(),
        haendelser.c.occurred_at >= frister.c.anchor_at,
    )
    begun = (
        sa.select(*columns, sa.func.min(haendelser.c.occurred_at).label("decided"))
        .select_from(frister.join(haendelser, later))
        .where(
            STANDS,
            frister.c.rule == HEARD,
            place,
            frister.c.due.is_(None),
            frister.c.anchor_at >= quarters[0].starts - PREPARED,
            frister.c.anchor_at < quarters[-1].ends,
        )
        # The index holds all of this; two that agree in all of it are one and the same.
        .group_by(*columns, frister.c.anchor_at, frister.c.sag_id)
        .subquery()
    )
    met = begun.c.state == sa.literal(State.OPFYLDT.value)
    return sa.select(
        begun.c.rule,
        begun.c.unit,
        begun.c.responsible,
        _number(begun.c.decided, quarters),
        _one(sa.and_(met, begun.c.ended_at > begun.c.decided)).label("late"),
        _one(sa.not_(met)).label("overdue"),
        sa.literal(0).label("lapsed"),
    ).where(begun.c.decided >= quarters[0].starts, begun.c.decided < quarters[-1].ends)


def decided_at() -> sa.ColumnElement[datetime]:
    """Return when the decision was made that a child had to be heard before."""
    later = sa.select(sa.func.min(haendelser.c.occurred_at, type_=Moment)).where(
        haendelser.c.sag_id == frister.c.sag_id,
        _DECISION,
        stands(),
        haendelser.c.occurred_at >= frister.c.anchor_at,
    )
    return later.correlate(frister).scalar_subquery()


def heard_by_the_decision(quarter: Quarter) -> sa.ColumnElement[bool]:
    """Return the condition that a child had to be heard before a decision of this quarter."""
    decided = decided_at()
    return sa.and_(
        STANDS,
        frister.c.rule == HEARD,
        frister.c.due.is_(None),
        frister.c.anchor_at >= quarter.starts - PREPARED,
        frister.c.anchor_at < quarter.ends,
        decided >= quarter.starts,
        decided < quarter.ends,
    )


def _lapsed(
    codes: Sequence[str], place: sa.ColumnElement[bool], quarters: Sequence[Quarter]
) -> sa.Select[*tuple[Any, ...]]:
    """Select what was missed and then lapsed unmet: closing a case takes no miss away."""
    return sa.select(
        frister.c.rule,
        frister.c.unit,
        frister.c.responsible,
        _number(frister.c.exceeded_at, quarters),
        sa.literal(0).label("late"),
        sa.literal(0).label("overdue"),
        sa.literal(1).label("lapsed"),
    ).where(
        LAPSED,
        frister.c.rule.in_(codes),
        place,
        frister.c.exceeded_at >= quarters[0].starts,
        frister.c.exceeded_at < quarters[-1].ends,
    )


def _grouped(inner: sa.Subquery, names: Sequence[str], people: bool) -> sa.Select[*tuple[Any, ...]]:
    keys = [inner.c[name] for name in names]
    persons = sa.func.count(sa.distinct(inner.c.responsible)) if people else sa.literal(0)
    late, overdue = sa.func.sum(inner.c.late), sa.func.sum(inner.c.overdue)
    lapsed = sa.func.sum(inner.c.lapsed)
    return sa.select(
        *keys,
        (sa.func.count() - late - overdue - lapsed).label("kept"),
        lapsed.label("lapsed"),
        late.label("late"),
        overdue.label("overdue"),
        persons.label("persons"),
    ).group_by(*keys)


def _number(moment: sa.ColumnElement[Any], quarters: Sequence[Quarter]) -> sa.ColumnElement[int]:
    steps = [(moment < one.ends, place) for place, one in enumerate(quarters[:-1])]
    last = len(quarters) - 1
    found = sa.case(*steps, else_=last) if steps else sa.literal(last)
    return found.label("number")


def _one(condition: sa.ColumnElement[bool]) -> sa.Case[int]:
    return sa.case((condition, 1), else_=0)


def time_spent(
    connection: sa.Connection,
    book: RuleBook,
    seen: Sight,
    quarter: Quarter,
    only: Collection[str],
    least: int,
) -> Mapping[str, Spread]:
    """Return the time used on what was met, rule by rule, of at least so many.

    :param only: of these rules.
    """
    values: dict[str, list[float]] = defaultdict(list)
    rules = {code: rule for code in only if (rule := book.newest(code))}
    measures = {code: measure_of(rule) for code, rule in rules.items()}
    plain = sa.DateTime()
    for place in places(seen):
        rows = connection.execute(
            sa.select(
                frister.c.rule,
                sa.type_coerce(frister.c.anchor_at, plain),
                sa.type_coerce(frister.c.ended_at, plain),
                personer.c.born,
            )
            .select_from(frister.outerjoin(personer, personer.c.id == frister.c.person_id))
            .where(
                STANDS,
                _MET,
                frister.c.rule.in_(sorted(rules)),
                place,
                frister.c.due >= quarter.starts,
                frister.c.due < quarter.ends,
            )
        )
        for code, anchor, ended, born in rows:
            values[code].append(
                used(
                    measures[code],
                    clock_started(rules[code], anchor.replace(tzinfo=UTC), born),
                    ended.replace(tzinfo=UTC),
                    rules[code].profile,
                    rules[code].reckoning.closed,
                )
            )
    return {
        code: found
        for code, some in values.items()
        if len(some) >= least and (found := spread(some))
    }
