"""How what somebody has to do is asked of the database: what is open, whose it is, who may see it.

Lists are narrowed by the same policy as doors (`dubu_plugin.store.access`).
"""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.frister.rule import LINES, Severity
from dubu_plugin.frister.rule import Kind as RuleKind
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.egne import indberetninger
from dubu_plugin.store.tables import eskaleringer, frister, sager, udskydelser, underretninger
from dubu_plugin.store.tables.columns import Moment

ASSESSMENT: Final = "UND-24T"

# Written out, and not a parameter: the index of open deadlines is one of this condition.
OPEN: Final = frister.c.state == sa.literal(State.AABEN.value, literal_execute=True)

# Gates and locks are asked on the case; nobody can tick them off.
LINE: Final = sa.and_(OPEN, frister.c.kind.in_(sorted(LINES)))

RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}
"""The law's severity, the gravest first."""
LEAST: Final = RANKS[Severity.ORDEN]
STATUTORY: Final = (Severity.AKUT.value, Severity.LOV.value)

SUBJECTS: Final = frister.outerjoin(
    underretninger, underretninger.c.id == frister.c.underretning_id
).outerjoin(sager, sager.c.id == frister.c.sag_id)


# What differs from one asking to the next, so that the statement can stay.
NOW: Final = sa.bindparam("now", type_=Moment)
FAR: Final = sa.bindparam("far_from", type_=Moment)
SOON: Final = sa.bindparam("soon", type_=Moment)
TODAY: Final = sa.bindparam("today", type_=sa.Date)
SENT_TO: Final = sa.bindparam("sent_to", type_=sa.Unicode(64), expanding=True)
"""Somebody, and the colleagues they stand in for today."""
AT_MOST: Final = sa.bindparam("at_most", type_=sa.Integer)

Bundles = sa.Select[str] | sa.CompoundSelect[str]


def gravity() -> sa.ColumnElement[int]:
    """Return the column of a deadline's rank in `RANKS`, to order by: the gravest first."""
    return sa.case(
        *((frister.c.severity == severity, rank) for severity, rank in RANKS.items()),
        else_=len(RANKS),
    )


def own(who: Asker) -> sa.ColumnElement[bool]:
    """Return the condition that somebody is responsible for a deadline."""
    return frister.c.responsible == who.key


def teams(who: Asker) -> sa.ColumnElement[bool]:
    """Return the condition that a deadline is in somebody's unit, or one below it."""
    return frister.c.unit.in_(teams_of(who))


def teams_of(who: Asker) -> Sequence[str]:
    """Return somebody's unit and those below it that they lead."""
    return sorted({*who.units_below, *([who.unit] if who.unit else [])})


def nobodys(who: Asker) -> sa.ColumnElement[bool]:
    """Return the condition that nobody has taken a deadline in somebody's own unit."""
    return sa.and_(frister.c.responsible.is_(None), frister.c.unit == who.unit)


def most_urgent(whose: sa.ColumnElement[bool]) -> sa.Select[str]:
    """Select the most urgent bundles of some deadlines.

    A duty without a date is soon: it must not be cut off behind what is years away.
    """
    soonest = sa.func.min(sa.func.coalesce(frister.c.due, SOON))
    return (
        sa.select(frister.c.bundle)
        .where(LINE, whose)
        .group_by(frister.c.bundle)
        .order_by(soonest, frister.c.bundle)
        .limit(AT_MOST)
    )


def untaken_in() -> sa.ColumnElement[str]:
    """Return the unit in which nobody has taken a part of a bundle; NULL where somebody has.

    The municipality's own reports are nobody's to take.
    """
    on_child = sa.or_(frister.c.underretning_id.is_not(None), frister.c.sag_id.is_not(None))
    nobody = sa.and_(frister.c.responsible.is_(None), on_child)
    return sa.func.min(sa.case((nobody, frister.c.unit)))


def is_off() -> sa.ColumnElement[bool]:
    """Return the condition that a deadline is away until a later day."""
    return sa.exists().where(
        udskydelser.c.frist_id == frister.c.id,
        udskydelser.c.until > TODAY,
        udskydelser.c.ended_at.is_(None),
    )


def heads_of(
    who: Asker,
    whose: sa.ColumnElement[bool],
    bundles: Bundles,
) -> sa.Select[*tuple[Any, ...]]:
    """Select some bundles of some deadlines, with what the filters ask.

    One kind of whose at a time, so that each is read off its own index. What nobody in the unit
    has taken yet is everybody's own: a clock runs on it all the same.
    """
    off = is_off()
    sent_on = sa.exists().where(
        eskaleringer.c.frist_id == frister.c.id,
        eskaleringer.c.to.in_(SENT_TO),
        eskaleringer.c.seen_at.is_(None),
    )
    now_due = sa.and_(frister.c.due.is_(None), frister.c.severity.in_(STATUTORY), sa.not_(off))
    return (
        sa.select(
            frister.c.bundle,
            sa.func.min(frister.c.due).label("due"),
            sa.func.min(sa.case((is_near(), frister.c.due))).label("near_due"),
            sa.func.min(frister.c.warn).label("warn"),
            any_of(sa.or_(own(who), nobodys(who))).label("mine"),
            any_of(teams(who)).label("team"),
            any_of(frister.c.due.is_(None)).label("undated"),
            any_of(now_due).label("now_due"),
            any_of(sa.and_(now_due, frister.c.severity == Severity.AKUT.value)).label("at_once"),
            any_of(is_near()).label("near"),
            any_of(frister.c.rule == ASSESSMENT).label("assess"),
            sa.func.min(gravity()).label("severity"),
            any_of(own(who)).label("own"),
            untaken_in().label("untaken_in"),
            any_of(sa.not_(off)).label("there"),
            any_of(sent_on).label("sent_on"),
            sa.func.min(frister.c.responsible).label("responsible"),
        )
        .select_from(SUBJECTS)
        .where(LINE, whose, frister.c.bundle.in_(bundles), may_see(who))
        .group_by(frister.c.bundle)
    )


def may_see(who: Asker) -> sa.ColumnElement[bool]:
    """Return the condition that somebody may know of a deadline's underretning or case; or of
    the municipality's own report, which is on neither."""
    on_underretning = frister.c.underretning_id.is_not(None)
    return sa.or_(
        sa.and_(on_underretning, visible_underretninger(who, Act.SEARCH)),
        sa.and_(sa.not_(on_underretning), visible_sager(who, Act.SEARCH)),
        indberetninger.visible(who),
    )


def may_see_of(who: Asker, whose: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return the condition of `may_see` for many deadlines at once, of which several are on a case.

    Each case is asked about once, and not once a deadline.

    :param whose: which deadlines, at the least.
    """
    frist = frister.c
    cases = sa.select(sager.c.id).where(
        sager.c.id.in_(sa.select(frist.sag_id).where(LINE, whose, frist.sag_id.is_not(None))),
        visible_sager(who, Act.SEARCH),
    )
    on_underretning = frist.underretning_id.is_not(None)
    opens = sa.exists().where(
        underretninger.c.id == frist.underretning_id, visible_underretninger(who, Act.SEARCH)
    )
    return sa.or_(
        sa.and_(on_underretning, opens),
        sa.and_(sa.not_(on_underretning), frist.sag_id.in_(cases)),
        indberetninger.visible(who),
    )


def is_near() -> sa.ColumnElement[bool]:
    """Return the condition that a deadline belongs on the page: an age only once warned of."""
    age = frister.c.kind == RuleKind.ALDER.value
    return sa.or_(
        # Nearly all are told by what the index of open deadlines has.
        frister.c.due.is_(None),
        sa.and_(sa.not_(age), frister.c.due <= FAR),
        sa.func.coalesce(frister.c.warn, frister.c.due) <= NOW,
    )


def any_of(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """Return 1 for a bundle that has a deadline of this kind, else 0."""
    return sa.func.max(sa.case((condition, 1), else_=0))
