"""What Min dag shows: open deadlines gathered to one line a child and bundle, most urgent first.

`dubu_plugin.store.min_dag.due_heads` counts and sorts them; here one page of them is filled in,
so that the cost follows what is shown.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.frister.rule import LINES
from dubu_plugin.frister.urgency import Group
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.aktivitet.plan_lines import PlanLine
from dubu_plugin.store.deadlines import KOMMUNE, STANDING, State
from dubu_plugin.store.family.personer import UNKNOWN_CHILD
from dubu_plugin.store.min_dag import untaken
from dubu_plugin.store.min_dag.day_heads import DayHead
from dubu_plugin.store.min_dag.due_heads import Kind, Scope
from dubu_plugin.store.min_dag.due_query import OPEN, STATUTORY, SUBJECTS, may_see, own, teams
from dubu_plugin.store.min_dag.due_steps import Step, in_order, running
from dubu_plugin.store.min_dag.erindringer import Erindring
from dubu_plugin.store.prepared import Prepared
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.tables import aarsager, frister, personer, underretninger

PER_PAGE: Final = 25
FOLD: Final = 50
"""So many of what nobody has taken are named in its fold; the filter has them all."""
NAMELESS: Final = (None, UNKNOWN_CHILD)

_Row = sa.Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Untaken:
    """What nobody in a unit has taken: how much there is, and what is named of it."""

    unit: str
    underretninger: int
    """How many wait for their assessment, a child each."""
    others: int
    """How many cases there is something else to do on, each counted once."""
    lines: int
    """How many lines that is: a case can have several."""
    first: Sequence["Line"]
    """The most urgent of them, each as it would stand for itself."""

    @property
    def more(self) -> int:
        """How many there are beside those that are named."""
        return self.lines - len(self.first)

    @classmethod
    def of(
        cls, unit: str, bundles: Collection[str], waiting: Collection[str], first: Sequence["Line"]
    ) -> "Untaken":
        """Return how much some lines are.

        :param bundles: the lines, each with the child it is about.
        :param waiting: those with an underretning that waits for its assessment.
        """
        children = {one.partition(":")[2] for one in bundles if one not in waiting}
        return cls(unit, len(waiting), len(children), len(bundles), first)


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
    untaken: Untaken | None = None
    """It is the one line for what nobody in a unit has taken."""
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
    chosen = untaken.shown(heads, scope, kind, put_off=put_off)
    here = chosen[(page - 1) * per_page : page * per_page]
    each = [one for head in here for one in (head.gathered[:FOLD] if head.gathered else (head,))]
    rows = _rows(connection, who, [head for head in each if head.law])
    first = _first(rows, {head.bundle for head in each if head.due is None})
    found = [
        _line(head, first[head.bundle], running(rows[head.bundle]))
        if head.law
        else _plan_line(head, head.plan)
        if head.plan
        else _own_line(head)
        for head in each
        # A deadline may have been met since the heads were read.
        if head.bundle in first or not head.law
    ]
    drawn = {line.bundle: line for line in found}
    return [
        _gathered(head, drawn) if head.gathered else drawn[head.bundle]
        for head in here
        if head.gathered or head.bundle in drawn
    ]


def _gathered(head: DayHead, drawn: Mapping[str, Line]) -> Line:
    """Return the one line for what nobody in a unit has taken."""
    return Line(
        bundle=head.bundle,
        group=head.group,
        due=head.due,
        sag=None,
        underretning=None,
        underretter=None,
        assessed=True,
        child=None,
        child_name=None,
        born=None,
        termin=None,
        responsible=None,
        steps=(),
        untaken=Untaken.of(
            head.unit,
            [one.bundle for one in head.gathered],
            {one.bundle for one in head.gathered if one.assess},
            [drawn[one.bundle] for one in head.gathered if one.bundle in drawn],
        ),
    )


def _rows(
    connection: sa.Connection, who: Asker, heads: Sequence[DayHead]
) -> Mapping[str, Sequence[_Row]]:
    """Return the deadlines each line is made of, the first date first, and what is told of them.

    Those of what is already closed are left out.
    """
    found: dict[str, list[_Row]] = {head.bundle: [] for head in heads}
    if found:
        for row in _ROWS.rows(connection, who, bundles=sorted(found)):
            found[row.bundle].append(row)
    return found


def _statement(who: Asker) -> sa.Select[*tuple[Any, ...]]:
    concern = sa.select(sa.func.min(aarsager.c.code)).where(
        aarsager.c.underretning_id == frister.c.underretning_id
    )
    here = frister.c.bundle.in_(sa.bindparam("bundles", type_=sa.Unicode(64), expanding=True))
    # What is met is in no index of bundles; it is found by what the open ones hang on.
    subjects = (frister.c.underretning_id, frister.c.sag_id, frister.c.person_id)
    open_here = sa.select(*subjects).where(OPEN, here).cte("open_here")
    hangs_on = sa.or_(
        sa.and_(OPEN, here),
        *(_beside(open_here, column, subjects[:place]) for place, column in enumerate(subjects)),
    )
    names_it = sa.and_(OPEN, sa.or_(own(who), teams(who)), may_see(who))
    return (
        sa.select(
            frister.c.bundle,
            frister.c.rule,
            frister.c.rule_version,
            frister.c.state,
            frister.c.due,
            frister.c.severity,
            # Who has got the underretning need not have the case, and is not led there.
            sa.case((visible_sager(who, Act.SEARCH), frister.c.sag_id)).label("sag_id"),
            frister.c.underretning_id,
            frister.c.person_id,
            frister.c.subject_id,
            frister.c.responsible,
            sa.case((names_it, 1), else_=0).label("names_it"),
            sa.case((frister.c.exceeded_reason.is_not(None), 1), else_=0).label("explained"),
            underretninger.c.underretter,
            underretninger.c.henvendelse,
            underretninger.c.notifier_organisation,
            concern.scalar_subquery().label("concern"),
            underretninger.c.state.label("underretning_state"),
            personer.c.name,
            personer.c.born,
            personer.c.due_date,
        )
        .select_from(SUBJECTS.outerjoin(personer, personer.c.id == frister.c.person_id))
        .where(here, hangs_on, frister.c.kind.in_(sorted(LINES)), frister.c.state.in_(STANDING))
        .order_by(last_where(frister.c.due.is_(None)), frister.c.due, frister.c.rule)
    )


def _beside(
    open_here: sa.CTE, column: sa.Column[UUID], nearer: Sequence[sa.Column[UUID]]
) -> sa.ColumnElement[bool]:
    """Return the condition that a deadline hangs on the same as an open one, and on nothing nearer.

    A child has many deadlines that are of neither the case nor the underretning of a line.
    """
    # Spelt so that no database begins with all that hang on none.
    nothing = sa.case((sa.and_(sa.true(), *(one.is_(None) for one in nearer)), 1), else_=0) == 1
    its = open_here.c[column.name]
    on_nothing = (open_here.c[one.name].is_(None) for one in nearer)
    same = sa.select(its).where(its.is_not(None), *on_nothing)
    return sa.and_(column.in_(same), nothing)


def _first(rows: Mapping[str, Sequence[_Row]], undated: Set[str]) -> Mapping[str, _Row]:
    """Return the open deadline each line is named by."""
    found: dict[str, _Row] = {}
    for bundle, some in rows.items():
        naming = [row for row in some if row.names_it]
        if naming:
            found[bundle] = min(naming, key=_wait) if bundle in undated else naming[0]
    return found


def _wait(row: _Row) -> int:
    """Return what comes first where no date does: what the law asks for without giving it one."""
    if row.due is not None:
        return 2
    return 0 if row.severity in STATUTORY else 1


def _line(head: DayHead, first: _Row, steps: Sequence[Step]) -> Line:
    return Line(
        bundle=head.bundle,
        group=head.group,
        due=head.due,
        sag=first.sag_id,
        underretning=first.underretning_id,
        underretter=first.underretter,
        organisation=(first.name in NAMELESS and first.notifier_organisation) or "",
        concern=(first.name in NAMELESS and first.concern) or "",
        application=first.henvendelse == Henvendelse.ANSOEGNING,
        assessed=first.underretning_state == "vurderet",
        child=first.person_id,
        child_name=first.name,
        born=first.born,
        termin=first.due_date,
        responsible=first.responsible,
        steps=in_order(steps, head),
        kommune=first.subject_id == KOMMUNE,
        plan=head.plan,
        plan_first=head.plan_first,
        sent_on=head.sent_on,
        whose=head.whose_name,
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


_ROWS: Final = Prepared(_statement)
