"""The steps of plans in the database: laid, done, dated again, and counted up on the plan."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.aktiviteter.plan import Plan
from dubu_plugin.aktiviteter.plan import Step as Planned
from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.aktiviteter.states import PlanState, StepState
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.hverdage import Profile
from dubu_plugin.frister.counting import counted
from dubu_plugin.store.aktivitet import plan_versions
from dubu_plugin.store.aktivitet.plan_step_query import STEPS
from dubu_plugin.store.tables import aktiviteter, aktivitetsplaner


@dataclass(frozen=True, slots=True)
class Step:
    """A step on a case."""

    id: UUID
    plan_id: UUID
    key: str
    activity: str
    title: str
    due: datetime | None
    """Its own date, or that of the open deadline it names."""
    frist: str | None
    role: str
    letter: str | None
    optional: bool
    lovpligtig: bool
    state: StepState
    ended_at: datetime | None
    reason: str | None
    moved: bool
    position: int
    runs: bool
    """The deadline it names is open."""

    @property
    def holds(self) -> bool:
        """Whether the plan cannot end before it: it is to be done, or its deadline runs."""
        return self.is_open and (not self.optional or self.runs)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state is StepState.AABEN


Done = Mapping[Haendelse, tuple[UUID, datetime]]
"""What has happened already: which hændelse, and when."""


_BEGIN: Final = sa.insert(aktivitetsplaner)
_ADD: Final = sa.insert(aktiviteter)


def laid(
    connection: sa.Connection,
    book: PlanBook,
    plan: Plan,
    *,
    trigger: UUID,
    started_at: datetime,
    underretning: UUID | None,
    owner: Mapping[str, Any],
    done: Done,
    replaces: UUID | None,
    by: str,
    now: datetime,
) -> UUID:
    """Put a plan and its steps on a case, and return its number. The caller recounts it.

    :param owner: ``sag_id``, ``person_id``, ``responsible`` and ``unit``, as far as there are any.
    """
    row = plan_versions.row_in_use(connection, book, plan.code)
    if row is not None:
        plan_versions.keep(connection, row, own=False, now=now, by=by)
    number = uuid4()
    connection.execute(
        _BEGIN,
        {
            "id": number,
            "plan": plan.code,
            "version": plan.version,
            "title": plan.title,
            "bundle": plan.bundle,
            "underretning_id": underretning,
            "trigger_id": trigger,
            "started_at": started_at,
            "state": PlanState.I_GANG,
            "replaces": replaces,
            "done": 0,
            "total": len(plan.steps),
            **owner,
        },
    )
    ended = {
        step.key: next(found for what, found in done.items() if what in step.met_by)
        for step in plan.steps
        if step.met_by & done.keys()
    }
    times = {key: at for key, (_, at) in ended.items()}
    connection.execute(
        _ADD,
        [
            _row(number, place, step, plan.due(step, started_at, times), ended.get(step.key))
            for place, step in enumerate(plan.steps)
        ],
    )
    return number


def add_step(connection: sa.Connection, plan_id: UUID, step: Planned, due: datetime | None) -> UUID:
    """Put one more step last in a plan, and return its number. The caller recounts the plan."""
    last = connection.scalar(
        sa.select(sa.func.max(aktiviteter.c.position)).where(aktiviteter.c.plan_id == plan_id)
    )
    row = _row(plan_id, (last or 0) + 1, step, due, None) | {"moved": due is not None}
    connection.execute(sa.insert(aktiviteter).values(row))
    number: UUID = row["id"]
    return number


def mark_done(connection: sa.Connection, step: Step, *, at: datetime, by: UUID) -> None:
    """Mark a step done by a hændelse. Why it was once declined stays."""
    connection.execute(
        sa.update(aktiviteter)
        .where(aktiviteter.c.id == step.id)
        .values(state=StepState.UDFOERT, ended_at=at, ended_by=by)
    )


def drop(connection: sa.Connection, step: Step, *, at: datetime, by: UUID) -> None:
    """Let a step go that is not to be done after all."""
    connection.execute(
        sa.update(aktiviteter)
        .where(aktiviteter.c.id == step.id)
        .values(state=StepState.BORTFALDET, ended_at=at, ended_by=by)
    )


def again(
    connection: sa.Connection, plan: Plan, plan_id: UUID, step: Step, *, at: datetime
) -> None:
    """Let what follows from a step that was done come: its next turn, and dates that wait."""
    planned = plan.by_key.get(step.key)
    if planned is None:
        return
    if planned.again is not None:
        due = None if planned.frist else counted(at, planned.again, Profile.DUTY).due
        number = add_step(connection, plan_id, planned, due)
        connection.execute(
            sa.update(aktiviteter)
            .where(aktiviteter.c.id == number)
            .values(moved=False, position=step.position)
        )
    for other in plan.steps:
        if other.follows == step.key and other.after is not None:
            due = plan.due(other, at, {step.key: at})
            connection.execute(
                sa.update(aktiviteter)
                .where(_open(plan_id, other.key), sa.not_(aktiviteter.c.moved))
                .values(due=due)
            )


def redate(connection: sa.Connection, plan_id: UUID, plan: Plan, started_at: datetime) -> None:
    """Count a plan's days from another moment; what a person has dated stays."""
    connection.execute(
        sa.update(aktivitetsplaner)
        .where(aktivitetsplaner.c.id == plan_id)
        .values(started_at=started_at)
    )
    for step in plan.steps:
        due = plan.due(step, started_at)
        if due is not None and not step.follows:
            connection.execute(
                sa.update(aktiviteter)
                .where(_open(plan_id, step.key), sa.not_(aktiviteter.c.moved))
                .values(due=due)
            )


def steps_of(
    connection: sa.Connection,
    plans: Collection[UUID],
    states: Iterable[StepState] = tuple(StepState),
) -> Mapping[UUID, Sequence[Step]]:
    """Return the steps of some plans in their order, with the date of the deadline they name."""
    if not plans:
        return {}
    wanted = {"plans": sorted(plans), "states": [str(state) for state in states]}
    rows = connection.execute(STEPS, wanted)
    found: dict[UUID, list[Step]] = {}
    for row in rows:
        found.setdefault(row.plan_id, []).append(_step(row))
    return found


_ID: Final = aktivitetsplaner.c.id
_PLAN: Final = aktivitetsplaner.c.id == sa.bindparam("number", type_=_ID.type)
_STATES: Final = sa.select(_ID, aktivitetsplaner.c.state).where(
    _ID.in_(sa.bindparam("plans", expanding=True, type_=_ID.type))
)
_COUNTED: Final = sa.update(aktivitetsplaner).where(_PLAN)


def recount(connection: sa.Connection, plans: Collection[UUID], *, at: datetime, by: UUID) -> None:
    """Keep on the plan what its line shows, and end a plan that has nothing left to be done."""
    if not plans:
        return
    steps = steps_of(connection, plans)
    found = connection.execute(_STATES, {"plans": sorted(plans)})
    states: Mapping[UUID, str] = {row.id: row.state for row in found}
    for plan, state in states.items():
        if state == PlanState.AFLOEST:
            continue  # it is kept as it was: it may be given back
        running = state != PlanState.BORTFALDET
        here = steps.get(plan, ())
        left = [step for step in here if step.is_open]
        over = not running or not [step for step in left if step.holds]
        if over and left:
            _let_go(connection, plan, at=at, by=by)
            left = []
        values = _line(here, left)
        if running and over and state == PlanState.I_GANG:
            values |= {"state": PlanState.FAERDIG, "ended_at": at, "ended_by": by}
        connection.execute(_COUNTED, {"number": plan, **values})


def _line(here: Sequence[Step], left: Sequence[Step]) -> dict[str, Any]:
    first = min(
        left, key=lambda step: (step.due is None, step.due and step.due.timestamp(), step.position),
        default=None,
    )  # fmt: skip
    own = [step.due for step in left if step.due is not None and not step.frist]
    return {
        "done": len([step for step in here if step.state is StepState.UDFOERT]),
        "total": len([s for s in here if s.state in (StepState.UDFOERT, StepState.AABEN)]),
        "next_id": first and first.id,
        "due": min(own, default=None),
    }


def _let_go(connection: sa.Connection, plan: UUID, *, at: datetime, by: UUID) -> None:
    connection.execute(
        sa.update(aktiviteter)
        .where(aktiviteter.c.plan_id == plan, aktiviteter.c.state == StepState.AABEN)
        .values(state=StepState.BORTFALDET, ended_at=at, ended_by=by)
    )


def _open(plan_id: UUID, key: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        aktiviteter.c.plan_id == plan_id,
        aktiviteter.c.step == key,
        aktiviteter.c.state == StepState.AABEN,
    )


def _row(
    plan_id: UUID,
    position: int,
    step: Planned,
    due: datetime | None,
    ended: tuple[UUID, datetime] | None,
) -> dict[str, Any]:
    by, at = ended or (None, None)
    return {
        "id": uuid4(),
        "plan_id": plan_id,
        "position": position,
        "step": step.key,
        "activity": step.activity,
        "title": step.title,
        "due": due,
        "frist": step.frist or None,
        "role": step.role,
        "letter": step.letter or None,
        "optional": step.optional,
        "lovpligtig": step.lovpligtig,
        "state": StepState.UDFOERT if ended else StepState.AABEN,
        "ended_at": at,
        "ended_by": by,
        "moved": False,
    }


def _step(row: sa.Row[*tuple[Any, ...]]) -> Step:
    return Step(
        row.id,
        row.plan_id,
        row.step,
        row.activity,
        row.title,
        row.when,
        row.frist,
        row.role,
        row.letter,
        row.optional,
        row.lovpligtig,
        StepState(row.state),
        row.ended_at,
        row.reason,
        row.moved,
        row.position,
        bool(row.runs),
    )
