"""What stands on a case before a decision is made: what was looked into, planned, and asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import AfgoerelseState, Outcome
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.domain.gates.indsats import HIDES as BY_MATTER
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store.deadlines.states import State, stands
from dubu_plugin.store.plan.agreed_for import IN_COMMON
from dubu_plugin.store.tables import (
    afgoerelser,
    frister,
    haendelser,
    indsatser,
    skrift_versioner,
    skrifter,
    underretninger,
)
from dubu_plugin.store.tables.columns import Moment

EXAMINED: Final = (
    H.UNDERSOEGELSE_AFSLUTTET, H.UNGEFAGLIG_UNDERSOEGELSE_AFSLUTTET,
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE,
)  # fmt: skip
PLANNED: Final = (
    H.BARNETS_PLAN_VEDTAGET, H.UNGEPLAN_VEDTAGET, SkriftKind.BARNETS_PLAN, SkriftKind.UNGEPLAN,
)  # fmt: skip
PARENTS_PLANNED: Final = (
    H.FORAELDREHANDLEPLAN_VEDTAGET, H.FORAELDREHANDLEPLAN_REVIDERET, SkriftKind.FORAELDREHANDLEPLAN,
)  # fmt: skip
APPLICATION: Final = "LOKALFRIST"
"""The deadline rule of an application that is not answered."""
HOME_ASKED: Final = "HJEMG-7D"
"""The same of somebody who asks that the child comes home (barnets lov § 102)."""
WAITING: Final = (APPLICATION, HOME_ASKED)
HIDDEN: Final = "skjult"
HIDES: Final = "skjuler"
NO_MOMENT: Final = sa.null().cast(Moment).label("at")
NOTHING_MORE: Final = sa.null().cast(sa.Text).label("more")
WRITTEN: Final = (*EXAMINED, *PLANNED, *PARENTS_PLANNED)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What stands on the case when a decision is made."""

    examined_on: date | None = None
    """The Danish day the newest undersøgelse was finished."""
    planned_on: date | None = None
    """The Danish day barnets plan or the ungeplan was last approved."""
    parents_plan: bool = False
    insight_waits: bool = False
    """A party has asked to see the files and is not answered (forvaltningsloven § 9 b)."""
    place_hidden: bool = False
    """The child lives where its parents may not know (§ 105)."""
    hides: Sequence[str | None] = ()
    """The last day of each decision in force by which the place can be hidden; None is no day."""
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)
    """The words of what is asked for and not answered, by the rule of its deadline."""

    def may_be_hidden(self, today: date) -> bool:
        """Tell whether the parents may not know where the child is, or that may be decided."""
        return self.place_hidden or any(
            one is None or one >= today.isoformat() for one in self.hides
        )


def recorded(connection: sa.Connection, sag: UUID, *, by: date | None = None) -> Recorded:
    """Return what a decision asks for that is recorded on the case and stands.

    :param by: the Danish day what is looked into and planned is to be there; None is now.
    """
    its, version = haendelser.c, skrift_versioner.c
    written: sa.ColumnElement[bool] = its.type.in_([one for one in WRITTEN if isinstance(one, H)])
    in_time: sa.ColumnElement[bool] = version.approved_at.is_not(None)
    if by is not None:
        written &= its.occurred_at <= end_of_day(by)
        in_time &= version.approved_at <= end_of_day(by)
    happened = (
        sa.select(
            its.type.label("what"),
            sa.func.max(its.seq).label("seq"),
            sa.func.max(its.occurred_at, type_=Moment).label("at"),
            NOTHING_MORE,
        )
        .where(
            its.sag_id == sag,
            sa.or_(
                written,
                its.type == _ANSWERED,
                # What others ask for by offentlighedsloven keeps nothing waiting.
                sa.and_(its.type == _ASKED, its.data.not_like('%"offentlig"%')),
            ),
            stands(),
            sa.not_(_is_over(by)),
        )
        .group_by(its.type)
    )
    approved = (
        sa.select(
            skrifter.c.kind.label("what"),
            sa.literal(0).label("seq"),
            sa.func.max(version.approved_at, type_=Moment).label("at"),
            NOTHING_MORE,
        )
        .join_from(skrifter, skrift_versioner, version.skrift_id == skrifter.c.id)
        .where(
            skrifter.c.sag_id == sag,
            skrifter.c.state != SkriftState.OPGIVET,
            in_time,
        )
        .group_by(skrifter.c.kind)
    )
    rows = connection.execute(
        sa.union_all(happened, approved, _hidden(sag), _hides(sag), _asked(sag))
    ).all()
    there = {row.what: row for row in rows}
    seq = {what: row.seq for what, row in there.items()}
    return Recorded(
        examined_on=_newest(there, EXAMINED),
        planned_on=_newest(there, PLANNED),
        parents_plan=any(one in there for one in PARENTS_PLANNED),
        place_hidden=HIDDEN in there,
        hides=tuple(row.more for row in rows if row.what == HIDES),
        asked=_by_rule(rows),
        insight_waits=seq.get(_ASKED, 0) > seq.get(_ANSWERED, 0),
    )


def _is_over(by: date | None) -> sa.ColumnElement[bool]:
    """Return the condition of a plan of a sibling's case that has no goal for the child any more:
    it is no plan of the child's (§ 91, stk. 3). Both name that case, and nothing else."""
    its, over = haendelser.c, haendelser.alias()
    ended = sa.select(over.c.seq).where(
        over.c.sag_id == its.sag_id,
        over.c.type == H.FAELLES_PLAN_OPHOERT,
        over.c.data == its.data,
        over.c.seq > its.seq,
    )
    if by is not None:
        ended = ended.where(over.c.occurred_at <= end_of_day(by))
    return sa.and_(
        its.type.in_([H.BARNETS_PLAN_VEDTAGET, H.UNGEPLAN_VEDTAGET]),
        its.data.like(f'%"{IN_COMMON}"%'),
        ended.exists(),
    )


def _by_rule(rows: Sequence[sa.Row[Any]]) -> Mapping[str, Sequence[str]]:
    asked: dict[str, list[str]] = {}
    for row in rows:
        if row.what in WAITING:
            asked.setdefault(row.what, []).append(row.more or "")
    return asked


def _hidden(sag: UUID) -> sa.Select[*tuple[Any, ...]]:
    its = indsatser.c
    return sa.select(sa.literal(HIDDEN), sa.literal(0), NO_MOMENT, NOTHING_MORE).where(
        its.sag_id == sag, its.place_hidden == sa.true(), its.ended_on.is_(None)
    )


def _hides(sag: UUID) -> sa.Select[*tuple[Any, ...]]:
    its = afgoerelser.c
    return sa.select(sa.literal(HIDES), sa.literal(0), NO_MOMENT, its.ends_on.cast(sa.Text)).where(
        its.sag_id == sag, decides_on_place()
    )


def decides_on_place() -> sa.ColumnElement[bool]:
    """Return the condition of a decision in force by which the place can be hidden (§ 105)."""
    its = afgoerelser.c
    granted = sa.and_(its.state == AfgoerelseState.TRUFFET, its.outcome != Outcome.AFSLAG)
    stands_so = sa.or_(its.state == AfgoerelseState.AENDRET, granted)
    return sa.and_(its.matter.in_(sorted(BY_MATTER)), stands_so)


def _asked(sag: UUID) -> sa.Select[*tuple[Any, ...]]:
    """Return what asks for those who have asked for something on the case, and wait."""
    found = frister.c
    by = found.underretning_id == underretninger.c.id
    return (
        sa.select(found.rule, sa.literal(0), NO_MOMENT, underretninger.c.text)
        .join_from(frister, underretninger, by, isouter=True)
        .where(found.sag_id == sag, found.rule.in_(WAITING), found.state == State.AABEN)
    )


def waits_for_view(connection: sa.Connection, sag: UUID) -> bool:
    """Tell whether a deadline still asks for the child's view before a decision."""
    found = frister.c
    return (
        connection.scalar(
            sa.select(found.id)
            .where(found.sag_id == sag, found.rule == "BARN-INDD", found.state == State.AABEN)
            .limit(1)
        )
        is not None
    )


_ASKED: Final = H.AKTINDSIGT_ANMODET
_ANSWERED: Final = H.AKTINDSIGT_BESVARET


def _newest(there: dict[Any, Any], kinds: tuple[H | SkriftKind, ...]) -> date | None:
    moments: list[datetime] = [there[one].at for one in kinds if one in there]
    return danish_day(max(moments)) if moments else None
