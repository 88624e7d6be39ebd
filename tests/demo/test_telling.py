"""A story is told by the acts people do, as far as its days have come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dubu_plugin.demo.cast import Cast
from dubu_plugin.demo.telling import Telling, words
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store import chain, indsatser, personer, skrifter
from dubu_plugin.store.tables import aktiviteter, frister, letters, maal_status
from dubu_plugin.testing import reception as town
from dubu_plugin.testing.reception import TEXT, Reception, build_reception

FIRST = datetime(2026, 3, 2, 12, 40, tzinfo=UTC)
LATE = datetime(2027, 2, 8, 9, tzinfo=UTC)
LEGAL = {"SCR", "BFU-BESL", "BFU-4M", "PARTSH", "PLAN-3M", "OPF-1"}
NAMES = {
    "barn": "Alma", "mor": "Sanne", "far": "Michael", "soeskende": "Viggo", "farmor": "Birthe",
    "hun": "hun", "Hun": "Hun", "hende": "hende", "hendes": "hendes",
}  # fmt: skip


@dataclass
class Stage:
    """Alma's case, assessed, and who plays in it."""

    reception: Reception
    cast: Cast

    def told(self, until: datetime) -> int:
        story = Telling(self.reception.product, self.cast, words("stoette"))
        return story.tell(FIRST, until)

    def kinds(self) -> set[tuple[SkriftKind, SkriftState]]:
        with self.reception.product.store.read() as connection:
            return {(one.kind, one.state) for one in skrifter.of_sag(connection, self.cast.sag)}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    built = build_reception(tmp_path)
    number = built.registered(TEXT.encode(), "skole.txt")
    built.save(number)
    people = {}
    with built.product.store.read() as connection:
        for who, cpr in (("barn", town.ALMA), ("mor", town.SANNE), ("far", town.MICHAEL)):
            person = personer.by_cpr(connection, Cpr.parse(cpr))
            assert person is not None
            people[who] = person.id
    sag = built.about(number).sag_id
    assert sag is not None
    parents = {people["mor"]: "mor", people["far"]: "far"}
    cast = Cast(
        sag, people["barn"], parents, built.asker("karen"), "mette", built.asker("henrik"), NAMES
    )
    yield Stage(built, cast)
    built.product.store.close()


def test_told_to_its_end_every_duty_of_the_law_is_met_in_time(stage: Stage) -> None:
    stage.told(LATE)
    rows = [row for row in stage.reception.rows(frister) if row.rule in LEGAL]
    assert {row.rule for row in rows} == LEGAL
    assert {row.state for row in rows} == {"opfyldt"}
    assert not [row for row in rows if row.exceeded_at is not None]
    with stage.reception.product.store.read() as connection:
        assert chain.verify(connection)


def test_what_is_written_stands_and_the_goals_have_two_points(stage: Stage) -> None:
    stage.told(LATE)
    assert stage.kinds() == {
        (kind, SkriftState.GODKENDT)
        for kind in (
            SkriftKind.SCREENING, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, SkriftKind.AFGOERELSE,
            SkriftKind.BARNETS_PLAN, SkriftKind.OPFOELGNING,
        )
    }  # fmt: skip
    assert len(stage.reception.rows(maal_status)) == 8
    codes = {row.code for row in stage.reception.rows(letters)}
    assert {"samtykke", "boernefaglig_undersoegelse", "partshoering", "afgoerelse", "barnets_plan",
            "min_plan", "opfoelgning"} <= codes  # fmt: skip


def test_the_help_in_the_morning_ends_as_planned_and_serves_its_goal(stage: Stage) -> None:
    stage.told(LATE)
    with stage.reception.product.store.read() as connection:
        found = {one.code: one for one in indsatser.of_sag(connection, stage.cast.sag)}
        served = indsatser.serves(connection, [one.id for one in found.values()])
    assert found["stoette_i_hjemmet"].state is IndsatsState.OPHOERT
    assert found["familiebehandling"].runs
    assert [len(served[found[code].id]) for code in sorted(found)] == [2, 1]


def test_it_stops_where_its_days_have_not_come(stage: Stage) -> None:
    assert stage.told(FIRST + timedelta(days=60)) == 5
    assert stage.kinds() == {
        (SkriftKind.SCREENING, SkriftState.GODKENDT),
        (SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, SkriftState.UDKAST),
    }


def test_no_step_of_its_plans_is_left_behind(stage: Stage) -> None:
    stage.told(LATE)
    left = [
        row
        for row in stage.reception.rows(aktiviteter, state="aaben")
        if row.due is not None and row.due < LATE and row.frist is None
    ]
    assert left == []
