"""Plans begin, go on and end by what happens, in the transaction it is recorded in."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.aktivitet import aktiviteter, plan_versions
from dubu_plugin.store.aktivitet.aktiviteter import CasePlan
from dubu_plugin.store.aktivitet.plan_lines import PlanLine, lines_of_case, plan_lines
from dubu_plugin.store.database import Store
from dubu_plugin.store.min_dag.due_heads import Scope
from dubu_plugin.store.tables import aktiviteter as steps
from dubu_plugin.store.tables import aktivitetsplaner, underretninger

RECEIVED = datetime(2026, 5, 1, 13, 30, tzinfo=UTC)
"""Friday 1 May 2026 at 15.30 in Denmark."""

KAREN = Asker("karen", frozenset({Role.CASEWORKER}), "modtagelse")
ANDERS = Asker("anders", frozenset({Role.CASEWORKER}), "nord")


class Ground(Protocol):
    def person(self, name: str = ...) -> UUID: ...
    def underretning(self, **values: Any) -> UUID: ...
    def sag(self, child: UUID, **values: Any) -> UUID: ...


@pytest.fixture
def plans(rules: RuleBook) -> PlanBook:
    shelf = Path(str(files("dubu_templates")))
    types = shelf / "kataloger" / "aktiviteter.toml"
    return PlanBook.load([types, shelf / "aktivitetsplaner"], rules)


@pytest.fixture
def store(url: str, rules: RuleBook, plans: PlanBook) -> Iterator[Store]:
    store = Store.connect(url, rules, patience=10, plans=plans)
    yield store
    store.close()


def happen(store: Store, what: H, underretning: UUID | None = None, **more: Any) -> None:
    more.setdefault("occurred_at", RECEIVED)
    with store.write(actor="karen", now=RECEIVED + timedelta(minutes=5)) as work:
        work.happened(what, underretning=underretning, **more)


def on(store: Store, underretning: UUID) -> Mapping[str, str]:
    with store.read() as connection:
        rows = connection.execute(
            sa.select(aktivitetsplaner.c.plan, aktivitetsplaner.c.state).where(
                aktivitetsplaner.c.underretning_id == underretning
            )
        )
        return {row.plan: row.state for row in rows}


def step_states(store: Store, plan: str) -> Mapping[str, str]:
    with store.read() as connection:
        rows = connection.execute(
            sa.select(steps.c.step, steps.c.state)
            .join(aktivitetsplaner, aktivitetsplaner.c.id == steps.c.plan_id)
            .where(aktivitetsplaner.c.plan == plan)
        )
        return {row.step: row.state for row in rows}


def lines(store: Store, who: Asker = KAREN, scope: Scope = Scope.MINE) -> list[PlanLine]:
    with store.read() as connection:
        return list(plan_lines(connection, who, scope))


def on_case(store: Store, sag: UUID) -> list[CasePlan]:
    with store.read() as connection:
        return list(aktiviteter.plans_of_case(connection, sag))


@pytest.fixture
def received(store: Store, ground: Ground) -> UUID:
    it = ground.underretning(unit="modtagelse", responsible="karen")
    happen(store, H.UNDERRETNING_MODTAGET, it, data={"professional": True})
    return it


def test_a_received_underretning_has_one_line_with_progress(store: Store, received: UUID) -> None:
    (line,) = lines(store)
    assert (line.title, line.done, line.total) == ("Underretning", 1, 7)
    assert (line.next_title, line.next_frist) == ("24-timers vurdering", "UND-24T")
    assert line.bundle == f"underretning:{received}"
    # Five hverdage: the family is told by Friday 8 May.
    assert line.due == datetime(2026, 5, 8, 21, 59, 59, tzinfo=UTC)


def test_a_step_is_done_by_what_happens(store: Store, received: UUID) -> None:
    happen(store, H.KVITTERING_SENDT, received)
    assert step_states(store, "P1")["A03"] == "udfoert"
    (line,) = lines(store)
    assert (line.done, line.total) == (2, 7)


def test_a_step_whose_date_is_a_deadline_has_no_date_of_its_own(
    store: Store, received: UUID
) -> None:
    with store.read() as connection:
        rows = connection.execute(sa.select(steps).where(steps.c.frist.is_not(None))).all()
    assert {row.frist for row in rows} == {"UND-24T", "UND-KVIT", "UND-ORIENT"}
    assert [row.due for row in rows] == [None, None, None]


def test_where_every_date_is_a_deadline_the_plan_adds_no_line(store: Store, ground: Ground) -> None:
    it = ground.underretning(unit="modtagelse", responsible="karen")
    happen(store, H.UNDERRETNING_MODTAGET, it, data={"professional": True, "indsats": True})
    assert on(store, it) == {"P3": "i_gang"}
    (line,) = lines(store)
    assert (line.due, line.adds_line) == (None, False)


def test_the_same_plan_is_not_applied_twice(store: Store, received: UUID) -> None:
    happen(store, H.UNDERRETNING_MODTAGET, received, data={"professional": True})
    assert len(lines(store)) == 1


def test_a_more_fitting_plan_takes_over_with_what_is_done(store: Store, received: UUID) -> None:
    happen(store, H.KVITTERING_SENDT, received)
    happen(store, H.BARN_VALGT, received, data={"indsats": True})
    assert on(store, received) == {"P1": "afloest", "P3": "i_gang"}
    assert step_states(store, "P3")["A03"] == "udfoert"


def test_what_was_believed_and_is_not_so_gives_the_first_plan_back(
    store: Store, received: UUID
) -> None:
    happen(store, H.UNDERRETNING_VURDERET, received, data={"overgreb": "andre"})
    assert on(store, received) == {"P1": "afloest", "P2": "i_gang"}
    happen(store, H.KVITTERING_SENDT, received)
    happen(store, H.VURDERING_RETTET, received, data={"overgreb": "nej"})
    assert on(store, received) == {"P1": "i_gang", "P2": "bortfaldet"}
    assert step_states(store, "P1")["A03"] == "udfoert"


def test_a_plan_falls_when_its_underretning_is_something_else(store: Store, received: UUID) -> None:
    happen(store, H.HENVENDELSE_OMREGISTRERET, received, data={"til": "ansoegning"})
    assert on(store, received) == {"P1": "bortfaldet"}
    assert set(step_states(store, "P1").values()) == {"udfoert", "bortfaldet"}
    assert lines(store) == []


def test_a_corrected_receipt_counts_the_plans_own_days_again(store: Store, received: UUID) -> None:
    happen(store, H.MODTAGELSE_RETTET, received, occurred_at=RECEIVED - timedelta(days=2))
    (line,) = lines(store)
    assert line.due == datetime(2026, 5, 6, 21, 59, 59, tzinfo=UTC)


def test_an_assessment_that_leads_to_nothing_leaves_no_screening(
    store: Store, received: UUID
) -> None:
    happen(store, H.UNDERRETNING_VURDERET, received, data={"naeste": "intet"})
    states = step_states(store, "P1")
    assert (states["B01"], states["C01"]) == ("bortfaldet", "bortfaldet")


def test_a_plan_with_only_optional_steps_left_is_finished(store: Store, received: UUID) -> None:
    happen(store, H.UNDERRETNING_VURDERET, received, data={"naeste": "intet"})
    assert on(store, received) == {"P1": "i_gang"}
    happen(store, H.KVITTERING_SENDT, received)
    assert on(store, received) == {"P1": "faerdig"}
    assert lines(store) == []


def test_an_optional_step_whose_deadline_runs_holds_the_plan(store: Store, received: UUID) -> None:
    happen(store, H.UNDERRETNING_VURDERET, received, data={"naeste": "intet", "professional": True})
    happen(store, H.KVITTERING_SENDT, received)
    assert on(store, received) == {"P1": "i_gang"}
    happen(store, H.UNDERRETTER_ORIENTERET, received)
    assert on(store, received) == {"P1": "faerdig"}


def test_a_plan_follows_its_underretning_to_the_child_and_to_who_gets_it(
    store: Store, ground: Ground, received: UUID
) -> None:
    child = ground.person()
    sag = ground.sag(child, responsible="anders", unit="nord")
    with store.write(actor="karen", now=RECEIVED) as work:
        work.connection.execute(
            sa.update(underretninger)
            .where(underretninger.c.id == received)
            .values(child_id=child, sag_id=sag, responsible="anders", unit="nord")
        )
        work.happened(H.BARN_VALGT, underretning=received, sag=sag, person=child, data={})
    assert lines(store, KAREN) == []
    (line,) = lines(store, ANDERS)
    assert (line.child, line.sag, line.bundle) == (child, sag, f"underretning:{child}")


def test_a_case_tells_of_its_plans_when_the_deadline_of_the_next_step_is(
    store: Store, ground: Ground, received: UUID
) -> None:
    sag = ground.sag(ground.person(), responsible="anders", unit="nord")
    with store.write(actor="karen", now=RECEIVED) as work:
        work.connection.execute(
            sa.update(underretninger).where(underretninger.c.id == received).values(sag_id=sag)
        )
        work.happened(H.BARN_VALGT, underretning=received, sag=sag, data={})
    with store.read() as connection:
        (line,) = lines_of_case(connection, sag)
    assert (line.title, line.next_title) == ("Underretning", "24-timers vurdering")
    assert line.next_due == RECEIVED + timedelta(hours=24)
    assert (line.started_at, line.underretter) == (RECEIVED, None)
    assert line.received_at is not None


def test_a_closed_case_has_no_running_plan(store: Store, ground: Ground) -> None:
    sag = ground.sag(ground.person(), responsible="karen", unit="modtagelse")
    happen(store, H.UNDERSOEGELSE_BESLUTTET, sag=sag, data={"undersoegelse": "barnet"})
    assert [plan.code for plan in on_case(store, sag)] == ["P5"]
    happen(store, H.SAG_LUKKET, sag=sag)
    assert [plan.state for plan in on_case(store, sag)] == ["bortfaldet"]


def test_what_comes_again_is_there_when_it_is_done(store: Store, ground: Ground) -> None:
    sag = ground.sag(ground.person(), responsible="karen", unit="modtagelse")
    happen(store, H.ANBRINGELSE_IVAERKSAT, sag=sag)
    happen(store, H.TILSYNSBESOEG_FOERT, sag=sag, occurred_at=RECEIVED + timedelta(days=90))
    (plan,) = on_case(store, sag)
    assert (plan.code, plan.state) == ("P13", "i_gang")
    assert [step.state for step in plan.steps] == ["udfoert", "aaben"]


def test_a_date_that_waits_for_another_step_comes_with_it(store: Store, ground: Ground) -> None:
    sag = ground.sag(ground.person(), responsible="karen", unit="modtagelse")
    happen(store, H.UNDERSOEGELSE_BESLUTTET, sag=sag, data={"undersoegelse": "barnet"})
    happen(store, H.UNDERSOEGELSE_AFSLUTTET, sag=sag, occurred_at=RECEIVED + timedelta(days=30))
    (plan,) = on_case(store, sag)
    # Five hverdage after Sunday 31 May.
    hearing = next(step for step in plan.steps if step.key == "D02")
    assert hearing.due == datetime(2026, 6, 5, 21, 59, 59, tzinfo=UTC)


def test_a_case_keeps_the_version_it_was_given(
    store: Store, plans: PlanBook, received: UUID, ground: Ground
) -> None:
    row = plans.rows["P1"]
    changed = row.model_copy(update={"title": "Underretning i vores kommune"})
    with store.write(actor="adam", now=RECEIVED) as work:
        plan_versions.keep(work.connection, changed, own=True, now=RECEIVED, by="adam")
        plan_versions.use(work.connection, "P1", changed.version)
    other = ground.underretning(unit="modtagelse", responsible="karen")
    happen(store, H.UNDERRETNING_MODTAGET, other, data={"professional": True})
    happen(store, H.KVITTERING_SENDT, received)
    found = {line.underretning: (line.title, line.done) for line in lines(store)}
    assert found == {
        received: ("Underretning", 2),
        other: ("Underretning i vores kommune", 1),
    }


def test_nobody_sees_the_plans_of_what_is_not_theirs(store: Store, received: UUID) -> None:
    assert lines(store, ANDERS) == []
    assert lines(store, ANDERS, Scope.TEAM) == []
    assert len(lines(store, KAREN, Scope.TEAM)) == 1


def test_the_lines_of_a_person_are_one_query(store: Store, received: UUID) -> None:
    said: list[str] = []

    def listen(*told: Any) -> None:
        said.append(str(told[2]))

    with store.read() as connection:
        sa.event.listen(connection, "before_cursor_execute", listen)
        plan_lines(connection, KAREN)
    assert len([one for one in said if one.lstrip().upper().startswith("SELECT")]) == 1


def test_what_was_on_the_way_to_an_undersoegelse_lapses_when_it_is_approved(
    store: Store, ground: Ground
) -> None:
    """A statement that is still asked for months afterwards is noise; what the law asks stands."""
    sag = ground.sag(ground.person(), responsible="karen", unit="modtagelse")
    happen(store, H.UNDERSOEGELSE_BESLUTTET, sag=sag, data={"undersoegelse": "barnet"})
    happen(store, H.UNDERSOEGELSE_AFSLUTTET, sag=sag)
    states = step_states(store, "P5")
    lapsed = {step for step, state in states.items() if state == "bortfaldet"}
    assert lapsed == {"C06", "B06", "B07", "B08", "B09", "C02", "MIDTVEJS", "DAG-105"}
    assert {step for step, state in states.items() if state == "aaben"} == {
        "C01", "B13", "D02", "D04",
    }  # fmt: skip
    (line,) = [one for one in lines(store) if one.title == "Børnefaglig undersøgelse"]
    assert line.next_title == "Partshøring"
    assert (line.done, line.total) == (2, 6), "the one that is optional too"
    for what in (H.BARNETS_HOLDNING_INDHENTET, H.PARTSHOERING_SENDT, H.AFGOERELSE_TRUFFET):
        happen(store, what, sag=sag)
    (plan,) = on_case(store, sag)
    assert plan.state == "faerdig"
