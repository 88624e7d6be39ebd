"""A story is told by the acts people do, as far as its days have come."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store import chain
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.tables import aktiviteter, frister, letters, maal_status

from .stage import FIRST, Stage, staged

LATE = datetime(2027, 2, 8, 9, tzinfo=UTC)
LEGAL = {"SCR", "BFU-BESL", "BFU-4M", "PARTSH", "PLAN-3M", "OPF-1"}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    built = staged(tmp_path)
    yield built
    built.reception.product.store.close()


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
