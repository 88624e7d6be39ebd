"""Courses of a case under the rules as they are delivered: each opens, moves and ends its own."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import frister, personer
from dubu_plugin.usecases.frist.recompute import recompute

NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)


class Ground(Protocol):
    def person(self, name: str = ...) -> UUID: ...
    def sag(self, child: UUID, **values: Any) -> UUID: ...


class Course:
    """A case on which things happen."""

    def __init__(self, store: Store, ground: Ground) -> None:
        self.store = store
        self.child = ground.person()
        self.sag = ground.sag(self.child, responsible="karen", unit="nord")

    def born(self, day: date) -> None:
        with self.store.write(actor="karen", now=NOW) as work:
            work.connection.execute(
                sa.update(personer).where(personer.c.id == self.child).values(born=day)
            )

    def happen(self, what: H, after: int = 0, **data: Any) -> None:
        at = NOW + timedelta(days=after)
        with self.store.write(actor="karen", now=at) as work:
            work.happened(what, occurred_at=at, sag=self.sag, person=self.child, data=data)

    def of(self, code: str) -> list[tuple[str, date | None]]:
        """Return where each deadline of a rule has got to, and its day."""
        asked = sa.select(frister).where(frister.c.rule == code).order_by(frister.c.anchor_at)
        with self.store.read() as connection:
            rows = connection.execute(asked).all()
        return [(row.state, row.due and danish_day(row.due)) for row in rows]

    def open_codes(self) -> set[str]:
        asked = sa.select(frister.c.rule).where(frister.c.state == "aaben")
        with self.store.read() as connection:
            return set(connection.scalars(asked))


@pytest.fixture
def course(store: Store, ground: Ground) -> Course:
    return Course(store, ground)


def test_bl_20_an_undersoegelse_runs_from_when_the_municipality_knew(course: Course) -> None:
    course.happen(H.UNDERSOEGELSE_BESLUTTET, undersoegelse="barnet", kendskab="2026-05-15")
    assert course.of("BFU-4M") == [("aaben", date(2026, 9, 15))]
    assert course.of("BFU-2M") == []
    course.happen(H.UNDERSOEGELSE_AFSLUTTET, 60)
    assert course.of("BFU-4M") == [("opfyldt", date(2026, 9, 15))]


def test_bl_20_a_missed_undersoegelse_asks_for_a_foreloebig_vurdering(course: Course) -> None:
    course.happen(H.UNDERSOEGELSE_BESLUTTET, undersoegelse="barnet")
    course.happen(H.FRIST_OVERSKREDET, 122, frist="BFU-4M")
    assert course.of("BFU-FORL") == [("aaben", date(2026, 10, 1))]
    course.happen(H.FORELOEBIG_VURDERING_SKREVET, 122)
    assert course.of("BFU-FORL")[0][0] == "opfyldt"
    assert course.of("BFU-4M")[0][0] == "aaben"


def test_bl_20_stk_3_a_foreloebig_vurdering_has_the_undersoegelse_finished_on_the_day_it_says(
    course: Course,
) -> None:
    course.happen(H.UNDERSOEGELSE_BESLUTTET, undersoegelse="barnet")
    course.happen(H.FORELOEBIG_VURDERING_SKREVET, 122, ventes_faerdig="2026-11-01")
    assert course.of("BFU-SNAREST") == [("aaben", date(2026, 11, 1))]
    course.happen(H.FORELOEBIG_VURDERING_SKREVET, 140, ventes_faerdig="2026-11-20")
    assert ("aaben", date(2026, 11, 20)) in course.of("BFU-SNAREST")
    assert [state for state, _ in course.of("BFU-SNAREST")].count("aaben") == 1
    course.happen(H.UNDERSOEGELSE_AFSLUTTET, 150)
    assert "opfyldt" in [state for state, _ in course.of("BFU-SNAREST")]
    assert "aaben" not in [state for state, _ in course.of("BFU-SNAREST")]


def test_another_missed_deadline_asks_for_no_foreloebig_vurdering(course: Course) -> None:
    course.happen(H.FRIST_OVERSKREDET, frist="TILSYN-2")
    assert course.of("BFU-FORL") == []


def test_bl_95_the_first_follow_up_is_at_the_earliest_of_two(course: Course) -> None:
    course.happen(H.INDSATS_IVAERKSAT)
    assert course.of("OPF-1") == [("aaben", date(2026, 9, 1))]
    course.happen(H.UNDERSOEGELSE_AFSLUTTET, 30)
    assert ("aaben", date(2026, 7, 1)) in course.of("OPF-1")


def test_bl_95_then_the_case_has_its_own_rhythm(course: Course) -> None:
    course.happen(H.INDSATS_IVAERKSAT)
    course.happen(H.OPFOELGNING_AFHOLDT, 80, naeste_opfoelgning="2026-12-01")
    assert course.of("OPF-1")[0][0] == "opfyldt"
    assert course.of("OPF-N") == [("aaben", date(2026, 12, 1))]
    course.happen(H.OPFOELGNING_PLANLAGT, 90, naeste_opfoelgning="2026-11-01")
    assert [one for one in course.of("OPF-N") if one[0] == "aaben"] == [
        ("aaben", date(2026, 11, 1))
    ]
    course.happen(H.OPFOELGNING_AFHOLDT, 150, naeste_opfoelgning="2027-03-01")
    assert [one for one in course.of("OPF-N") if one[0] == "aaben"] == [("aaben", date(2027, 3, 1))]


def test_bl_156_visits_follow_each_other_until_the_child_comes_home(course: Course) -> None:
    course.happen(H.ANBRINGELSE_IVAERKSAT, grund="andet")
    course.happen(H.TILSYNSBESOEG_FOERT, 100)
    assert [state for state, _ in course.of("TILSYN-2")] == ["opfyldt", "aaben"]
    course.happen(H.BARN_HJEMGIVET, 200)
    assert [state for state, _ in course.of("TILSYN-2")] == ["opfyldt", "bortfaldet"]


def test_bl_50_a_new_decision_meets_the_last_and_starts_the_next(course: Course) -> None:
    course.happen(H.UDVALGSAFGOERELSE_TRUFFET, angaar="anbringelse", genbehandling="et_aar")
    course.happen(H.UDVALGSAFGOERELSE_TRUFFET, 300, angaar="anbringelse", genbehandling="to_aar")
    assert [state for state, _ in course.of("GENB-1")] == ["opfyldt"]
    assert course.of("GENB-2") == [("aaben", date(2029, 3, 28))]


def test_bl_108_a_youth_decided_on_after_16_has_three_months_from_there(course: Course) -> None:
    course.born(date(2009, 3, 10))
    course.happen(H.AFGOERELSE_TRUFFET, grundlag="stoette", plan=True, afgoerelse=str(uuid4()))
    assert course.of("UNGEPLAN") == [("aaben", date(2026, 9, 1))]
    assert course.of("PLAN-3M") == []  # a barnets plan is for those under 16


def test_bl_91_a_child_has_its_plan_now_and_its_ungeplan_at_16(course: Course) -> None:
    course.born(date(2012, 3, 10))
    course.happen(H.AFGOERELSE_TRUFFET, grundlag="stoette", plan=True)
    assert course.of("PLAN-3M") == [("aaben", date(2026, 9, 1))]
    assert course.of("UNGEPLAN") == [("aaben", date(2028, 6, 10))]


def test_bl_3_the_ages_of_10_and_15_are_met_each_by_its_own(course: Course) -> None:
    course.born(date(2017, 8, 1))
    course.happen(H.INDSATS_IVAERKSAT)
    course.happen(H.PARTSSTATUS_GENNEMGAAET, 30)
    assert course.of("PART-10") == [("opfyldt", date(2027, 8, 1))]
    assert course.of("PART-15") == [("aaben", date(2032, 8, 1))]


def test_bl_143_a_provisional_decision_starts_both_clocks(course: Course) -> None:
    course.happen(H.FORELOEBIG_AFGOERELSE_IVAERKSAT)
    assert {"AKUT-24T", "AKUT-7D"} <= course.open_codes()
    course.happen(H.FORELOEBIG_AFGOERELSE_MEDDELT)
    course.happen(H.FORELOEBIG_AFGOERELSE_GODKENDT, 3)
    assert course.open_codes() & {"AKUT-24T", "AKUT-7D", "AKUT-1M"} == {"AKUT-1M"}


def test_fvl_17_aktindsigt_stops_the_time_to_complain(course: Course) -> None:
    decision = str(uuid4())
    course.happen(H.AFGOERELSE_MEDDELT, afgoerelse=decision, forsendelse="digital")
    assert course.of("KLAGE-4U") == [("aaben", date(2026, 6, 29))]
    course.happen(H.AKTINDSIGT_ANMODET, 25, afgoerelse=decision, aktindsigt="part")
    course.happen(H.AKTINDSIGT_BESVARET, 30, afgoerelse=decision)
    assert course.of("KLAGE-4U")[-1] == ("aaben", date(2026, 7, 15))
    assert course.of("AKT-7")[0][0] == "opfyldt"


def test_a_case_with_nothing_but_a_case_has_no_lines(course: Course) -> None:
    course.happen(H.SAG_OPRETTET)
    assert course.open_codes() == set()


def test_bl_38_an_order_runs_a_year_and_what_is_added_half_a_year(course: Course) -> None:
    course.happen(H.PAALAEG_BESLUTTET)
    assert course.of("FORPAAL") == [("aaben", date(2027, 6, 1))]
    course.happen(H.PAALAEG_FORLAENGET, 360)
    assert [state for state, _ in course.of("FORPAAL")] == ["opfyldt"]
    assert course.of("FORPAAL-6M") == [("aaben", date(2027, 11, 27))]
    course.happen(H.PAALAEG_FORLAENGET, 500)
    assert [state for state, _ in course.of("FORPAAL-6M")] == ["opfyldt", "aaben"]
    course.happen(H.PAALAEG_OPHOERT, 600)
    assert "aaben" not in {state for state, _ in course.of("FORPAAL-6M")}


def test_bl_130_stk_3_a_case_the_board_rejected_starts_the_seven_days_too(course: Course) -> None:
    course.happen(H.SAG_AFVIST_AF_NAEVNET)
    assert course.of("NETV-7D") == [("aaben", date(2026, 6, 8))]
    course.happen(H.NETVAERKSSAMRAAD_INDKALDT, 3)
    assert course.of("NETV-7D") == [("opfyldt", date(2026, 6, 8))]


def test_bl_79_a_plan_is_revised_only_where_the_parents_have_one(course: Course) -> None:
    course.happen(H.ANBRINGELSE_IVAERKSAT, grund="andet", foraeldreplan=False)
    assert course.of("FORPLAN-REV") == []
    course.happen(H.ANBRINGELSE_IVAERKSAT, 1, grund="andet", foraeldreplan=True)
    assert course.of("FORPLAN-REV") == [("aaben", date(2026, 9, 2))]


def test_bl_213_a_placement_of_2023_keeps_its_year_when_rules_are_counted_again(
    course: Course,
) -> None:
    """A decision under serviceloven stays as it was, and counting again does not move it."""
    decided = datetime(2023, 11, 15, 9, tzinfo=UTC)
    with course.store.write(actor="karen", now=NOW) as work:
        work.happened(H.UDVALGSAFGOERELSE_TRUFFET, occurred_at=decided, sag=course.sag,
                      person=course.child, data={"angaar": "anbringelse",
                            "genbehandling": "to_aar"})  # fmt: skip
    assert course.of("GENB-2") == [("aaben", date(2025, 11, 15))]
    recompute(course.store, NOW, everything=True)
    assert course.of("GENB-2") == [("aaben", date(2025, 11, 15))]
    with course.store.read() as connection:
        version = connection.scalar(
            sa.select(frister.c.rule_version).where(frister.c.rule == "GENB-2")
        )
    assert version == date(2022, 1, 24)
