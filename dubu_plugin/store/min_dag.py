"""What Min dag shows: open deadlines gathered to one line a child and bundle, most urgent first.

`dubu_plugin.store.due_heads` counts and sorts them; here one page of them is filled in, so that the
cost follows what is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.frister.rule import LINES
from dubu_plugin.frister.urgency import Group
from dubu_plugin.store import outbox
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.aktiviteter import PlanLine
from dubu_plugin.store.day_heads import DayHead
from dubu_plugin.store.deadlines import KOMMUNE, STANDING, State
from dubu_plugin.store.due_heads import LINE, STATUTORY, SUBJECTS, Kind, Scope, may_see, own, teams
from dubu_plugin.store.erindringer import Erindring
from dubu_plugin.store.personer import UNKNOWN_CHILD
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.tables import aarsager, frister, personer, sager, underretninger

PER_PAGE: Final = 25
NAMELESS: Final = (None, UNKNOWN_CHILD)


@dataclass(frozen=True, slots=True)
class Step:
    """One deadline of a line."""

    rule: str
    version: date
    state: State
    due: datetime | None
    statutory: bool = field(default=True, kw_only=True)
    """The law asks for it, and not the house."""


@dataclass(frozen=True, slots=True)
class Line:
    """One child and bundle. `steps` are its deadlines, the one whose date the line has first."""

    bundle: str
    group: Group
    due: datetime | None
    sag: UUID | None
    underretning: UUID | None
    underretter: str | None
    assessed: bool
    child: UUID | None
    child_name: str | None
    born: date | None
    termin: date | None
    responsible: str | None
    steps: Sequence[Step]
    """Empty where the line is a plan's or a reminder's alone."""
    plan: PlanLine | None = None
    own: Sequence[Erindring] = ()
    plan_first: bool = False
    """The date is that of the plan's next step, not of a deadline."""
    kommune: bool = False
    """It is the municipality's own reports."""
    sent_on: bool = False
    whose: str = field(default="", repr=False)
    """The name of the colleague who is away, where that is why it is here."""
    application: bool = False
    """It is of an ansøgning, which is no underretning."""
    organisation: str = ""
    concern: str = ""
    """The first concern's code. Both where no child is known, so that lines can be told apart."""

    @property
    def others(self) -> Sequence[Step]:
        """What is open below the one the line is named by."""
        # Where the plan's own step comes first, every deadline is below it.
        rest = self.steps if self.plan_first else self.steps[1:]
        return [step for step in rest if step.state is State.AABEN]


def lines(
    connection: sa.Connection,
    who: Asker,
    heads: Iterable[DayHead],
    scope: Scope,
    kind: Kind,
    *,
    page: int = 1,
    per_page: int = PER_PAGE,
    put_off: bool = False,
) -> Sequence[Line]:
    """Return one page of lines.

    :param put_off: those that are away until a later day, instead of the others.
    """
    chosen = [
        head for head in heads if head.is_in(scope) and head.is_of(kind) and head.put_off is put_off
    ]
    shown = chosen[(page - 1) * per_page : page * per_page]
    first = _first(connection, who, [head for head in shown if head.law])
    # A deadline may have been met since the heads were read.
    shown = [head for head in shown if head.bundle in first or not head.law]
    steps = _steps(connection, list(first.values()))
    found = [
        _line(head, first[head.bundle], steps[head.bundle])
        if head.law
        else _plan_line(head, head.plan)
        if head.plan
        else _own_line(head)
        for head in shown
    ]
    return _told_apart(connection, found)


def _told_apart(connection: sa.Connection, found: Sequence[Line]) -> Sequence[Line]:
    """Return the lines; those about a child nobody knows with what the underretning says."""
    nameless = _present(line.underretning for line in found if line.child_name in NAMELESS)
    if not nameless:
        return found
    concern = (
        sa.select(sa.func.min(aarsager.c.code))
        .where(aarsager.c.underretning_id == underretninger.c.id)
        .scalar_subquery()
    )
    rows = connection.execute(
        sa.select(
            underretninger.c.id, underretninger.c.notifier_organisation, concern.label("concern")
        ).where(underretninger.c.id.in_(nameless))
    )
    said = {row.id: (row.notifier_organisation or "", row.concern or "") for row in rows}
    return [
        replace(line, organisation=said[line.underretning][0], concern=said[line.underretning][1])
        if line.underretning in said
        else line
        for line in found
    ]


def stuck(
    connection: sa.Connection, who: Asker, *, slower_than: datetime
) -> Sequence[outbox.Waiting]:
    """Return what could not be delivered on this asker's own cases and underretninger.

    What nobody has is everybody's in its unit: it must be seen by somebody.
    """
    waiting = outbox.stuck(connection, slower_than=slower_than)
    if not waiting:
        return ()
    mine = set(
        connection.scalars(
            sa.union_all(
                *(
                    sa.select(table.c.id).where(
                        table.c.id.in_(_present(getattr(row, name) for row in waiting)),
                        sa.or_(
                            table.c.responsible == who.key,
                            table.c.responsible.is_(None) & (table.c.unit == who.unit),
                        ),
                        visible(who, Act.SEARCH),
                    )
                    for name, table, visible in (
                        ("sag", sager, visible_sager),
                        ("underretning", underretninger, visible_underretninger),
                    )
                )
            )
        )
    )
    return [row for row in waiting if {row.sag, row.underretning} & mine]


def _first(
    connection: sa.Connection, who: Asker, heads: Sequence[DayHead]
) -> Mapping[str, sa.Row[*tuple[Any, ...]]]:
    """Return the open deadline each line is named by, with what is told of it."""
    if not heads:
        return {}
    undated = {head.bundle for head in heads if head.due is None}
    rows = connection.execute(
        sa.select(
            frister.c.bundle,
            frister.c.due,
            frister.c.severity,
            frister.c.sag_id,
            frister.c.underretning_id,
            frister.c.person_id,
            frister.c.subject_id,
            frister.c.responsible,
            underretninger.c.underretter,
            underretninger.c.henvendelse,
            underretninger.c.state.label("underretning_state"),
            personer.c.name,
            personer.c.born,
            personer.c.due_date,
        )
        .select_from(SUBJECTS.outerjoin(personer, personer.c.id == frister.c.person_id))
        .where(
            LINE,
            frister.c.bundle.in_([head.bundle for head in heads]),
            sa.or_(own(who), teams(who)),
            may_see(who),
        )
        .order_by(
            last_where(frister.c.due.is_(None)).desc(), frister.c.due.desc(), frister.c.rule.desc()
        )
    )
    # The most urgent comes last, and stays.
    found: dict[str, sa.Row[*tuple[Any, ...]]] = {}
    for row in rows:
        there = found.get(row.bundle)
        if there is None or row.bundle not in undated or _is_now(row) or not _is_now(there):
            found[row.bundle] = row
    return found


def _is_now(row: sa.Row[*tuple[Any, ...]]) -> bool:
    """Tell whether the law asks for it without giving it a date."""
    return row.due is None and row.severity in STATUTORY


def _line(head: DayHead, first: sa.Row[*tuple[Any, ...]], steps: Sequence[Step]) -> Line:
    return Line(
        bundle=head.bundle,
        group=head.group,
        due=head.due,
        sag=first.sag_id,
        underretning=first.underretning_id,
        underretter=first.underretter,
        application=first.henvendelse == Henvendelse.ANSOEGNING,
        assessed=first.underretning_state == "vurderet",
        child=first.person_id,
        child_name=first.name,
        born=first.born,
        termin=first.due_date,
        responsible=first.responsible,
        steps=_in_order(steps, head),
        kommune=first.subject_id == KOMMUNE,
        plan=head.plan,
        plan_first=head.plan_first,
        sent_on=head.sent_on,
        whose=head.whose_name,
    )


def _in_order(steps: Sequence[Step], head: DayHead) -> Sequence[Step]:
    """Return the steps with the one first that the line stands there for."""
    if head.due is not None:
        return steps
    return sorted(
        steps,
        key=lambda step: (step.state != State.AABEN, step.due is not None, not step.statutory),
    )


def _plan_line(head: DayHead, plan: PlanLine) -> Line:
    return Line(
        bundle=head.bundle,
        group=head.group,
        due=head.due,
        sag=plan.sag,
        underretning=plan.underretning,
        underretter=None,
        assessed=True,
        child=plan.child,
        child_name=plan.child_name,
        born=plan.born,
        termin=plan.termin,
        responsible=plan.responsible,
        steps=(),
        plan=plan,
        plan_first=True,
    )


def _own_line(head: DayHead) -> Line:
    first = head.own[0]
    return Line(
        bundle=head.bundle,
        group=head.group,
        due=head.due,
        sag=first.sag,
        underretning=None,
        underretter=None,
        assessed=True,
        child=first.child,
        child_name=first.child_name,
        born=None,
        termin=None,
        responsible=first.whom.employee or first.whom.unit,
        steps=(),
        own=head.own,
    )


def _steps(
    connection: sa.Connection, heads: Sequence[sa.Row[*tuple[Any, ...]]]
) -> Mapping[str, Sequence[Step]]:
    """Return the deadlines of each line, those of what is already closed left out."""
    bundles = {row.bundle for row in heads}
    reports = [KOMMUNE] if any(row.subject_id == KOMMUNE for row in heads) else []
    found: dict[str, list[sa.Row[*tuple[Any, ...]]]] = {bundle: [] for bundle in bundles}
    if not bundles:
        return {}
    rows = connection.execute(
        sa.select(frister)
        .where(
            sa.or_(
                frister.c.person_id.in_(_present(row.person_id for row in heads)),
                frister.c.underretning_id.in_(_present(row.underretning_id for row in heads)),
                frister.c.sag_id.in_(_present(row.sag_id for row in heads)),
                # Of the municipality's reports only what is to be done, not every year's.
                sa.and_(frister.c.subject_id.in_(reports), frister.c.state == State.AABEN),
            ),
            frister.c.bundle.in_(sorted(bundles)),
            frister.c.kind.in_(sorted(LINES)),
            frister.c.state.in_(STANDING),
        )
        .order_by(last_where(frister.c.due.is_(None)), frister.c.due, frister.c.rule)
    )
    for row in rows:
        found[row.bundle].append(row)
    return {bundle: list(_running(rows)) for bundle, rows in found.items()}


def _running(rows: Sequence[sa.Row[*tuple[Any, ...]]]) -> Iterable[Step]:
    """Yield the open ones first, then those met on the same underretning or case."""
    open_on = {
        (row.underretning_id, row.underretning_id or row.sag_id)
        for row in rows
        if row.state == State.AABEN
    }
    for row in sorted(rows, key=lambda row: row.state != State.AABEN):
        if (row.underretning_id, row.underretning_id or row.sag_id) in open_on:
            yield Step(
                row.rule,
                row.rule_version,
                State(row.state),
                row.due,
                statutory=row.severity in STATUTORY,
            )


def _present(numbers: Iterable[UUID | None]) -> list[UUID]:
    return sorted({number for number in numbers if number is not None})
