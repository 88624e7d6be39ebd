"""What runs on a child's cases and is decided there says what its decisions may presuppose."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.forudsat import Forudsat as F
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.afgoerelse.situation import situation
from dubu_plugin.store.tables import afgoerelser, indsatser, skrifter
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.town import Town, build

NOW: Final = datetime(2026, 6, 11, 8, 42, tzinfo=UTC)
TODAY: Final = date(2026, 6, 11)
PLACES: Final = frozenset({"anbringelse_samtykke", "anbringelse_uden"})


class Life:
    """A child, its two cases, and what has happened."""

    def __init__(self, town: Town, born: date = date(2016, 12, 3)) -> None:
        self.town, self.born = town, born
        self.child = town.person("Alma Testvad", born=born)
        self.sag, self.other = town.sag(self.child), town.sag(self.child)

    def happen(self, what: H, days: int = 0, sag: UUID | None = None, **data: Any) -> None:
        self.town.happened(
            what, sag=sag or self.sag, person=self.child, data=data,
            occurred_at=NOW + timedelta(days=days),
        )  # fmt: skip

    def decide(self, matter: str, on: date | None = None, outcome: str = "medhold") -> None:
        number = uuid4()
        self.town.insert(
            skrifter, id=number, sag_id=self.sag, person_id=self.child, kind="afgoerelse",
            version=1, state="udkast", begun_at=NOW, begun_by=KAREN,
        )  # fmt: skip
        state = "truffet" if on else "forberedes"
        self.town.insert(
            afgoerelser, skrift_id=number, sag_id=self.sag, matter=matter, at_once=False,
            version=1, state=state, decided_on=on, outcome=outcome if on else None,
        )  # fmt: skip

    def is_there(self, day: date = TODAY) -> frozenset[F]:
        with self.town.product.store.read() as connection:
            return situation(connection, self.child, born=self.born, day=day, placements=PLACES)


@pytest.fixture
def town(url: str, tmp_path: Path) -> Iterator[Town]:
    """A town on each of the databases."""
    town = build(tmp_path, NOW, database=url)
    yield town
    town.product.store.close()


@pytest.fixture
def life(town: Town) -> Life:
    return Life(town)


def test_nothing_is_there_for_a_child_nothing_has_happened_to(life: Life) -> None:
    assert life.is_there() == frozenset()


def test_a_placement_is_there_while_it_runs_on_whichever_case(life: Life) -> None:
    life.happen(H.ANBRINGELSE_IVAERKSAT, -10, life.other, anbringelse="a")
    assert life.is_there() == {
        F.ANBRAGT, F.ANBRINGELSE, F.STOETTE, F.I_GANG, F.DOEGNOPHOLD, F.FOER_18,
        F.FOER_18_ELLER_KONTAKT,
    }  # fmt: skip
    life.happen(H.BARN_HJEMGIVET, -1, life.other, anbringelse="a")
    assert life.is_there() == frozenset()


@pytest.mark.parametrize("matter", ["anbringelse_samtykke", "anbringelse_uden", "foreloebig"])
def test_a_placement_that_is_prepared_is_one_to_come(life: Life, matter: str) -> None:
    life.decide(matter)
    assert life.is_there() == {F.ANBRINGELSE, F.STOETTE}


def test_a_placement_that_is_decided_is_to_come_until_it_begins(life: Life) -> None:
    life.decide("anbringelse_samtykke", TODAY - timedelta(days=30))
    assert F.ANBRINGELSE in life.is_there()
    life.happen(H.ANBRINGELSE_IVAERKSAT, -20, anbringelse="a")
    life.happen(H.BARN_HJEMGIVET, -1, anbringelse="a")
    assert F.ANBRINGELSE not in life.is_there(), "it has been, and is over"


def test_a_placement_decided_while_the_child_lived_there_is_over_when_it_is_home(
    life: Life,
) -> None:
    life.happen(H.ANBRINGELSE_IVAERKSAT, -40, anbringelse="a")
    life.decide("anbringelse_uden", TODAY - timedelta(days=30))
    life.happen(H.BARN_HJEMGIVET, -1, anbringelse="a")
    assert F.ANBRINGELSE not in life.is_there()


def test_a_refusal_places_nobody(life: Life) -> None:
    life.decide("anbringelse_samtykke", TODAY, "afslag")
    assert life.is_there() == frozenset()


def test_a_placement_that_is_planned_is_to_come(life: Life) -> None:
    life.town.insert(
        indsatser, id=uuid4(), sag_id=life.sag, person_id=life.child, code="anbringelse_uden",
        law="BL § 47", decision_law="BL § 47", place="almen_plejefamilie", place_hidden=False,
        unit="doegn", starts_on=TODAY, state="planlagt", made_at=NOW, made_by=KAREN, version=1,
    )  # fmt: skip
    assert life.is_there() == {F.ANBRINGELSE, F.STOETTE}


def test_paragraf_100_going_home_is_decided_also_before_the_next_placement_begins(
    life: Life,
) -> None:
    life.happen(H.ANBRINGELSE_IVAERKSAT, -10, anbringelse="a")
    life.town.insert(
        indsatser, id=uuid4(), sag_id=life.sag, person_id=life.child, code="anbringelse_uden",
        law="BL § 47", decision_law="BL § 47", place="almen_plejefamilie", place_hidden=False,
        unit="doegn", starts_on=TODAY, state="planlagt", made_at=NOW, made_by=KAREN, version=1,
    )  # fmt: skip
    life.happen(H.ANBRINGELSE_OPHOERT, -2, anbringelse="a", grund_kode="ophoer_anden_indsats")
    assert F.ANBRAGT in life.is_there()
    life.happen(H.BARN_HJEMGIVET, -1, anbringelse="a")
    assert F.ANBRAGT not in life.is_there()


@pytest.mark.parametrize("how", ["kode", "afgoerelse", "udvalg"])
def test_paragraf_50_who_was_placed_by_the_committee_is_seen_three_ways(
    life: Life, how: str
) -> None:
    code: dict[str, Any] = {"kode": "anbringelse_uden"} if how == "kode" else {}
    life.happen(H.ANBRINGELSE_IVAERKSAT, -10, anbringelse="a", **code)
    if how == "afgoerelse":
        life.decide("anbringelse_uden", TODAY - timedelta(days=20))
    if how == "udvalg":
        life.happen(H.UDVALGSAFGOERELSE_TRUFFET, -20, angaar="anbringelse")
    assert F.UDEN_SAMTYKKE in life.is_there()


@pytest.mark.parametrize("how", ["kode", "afgoerelse"])
def test_paragraf_67_who_is_placed_for_good_is_seen_two_ways(life: Life, how: str) -> None:
    code: dict[str, Any] = {"kode": "anbringelse_viderefoert"} if how == "kode" else {}
    life.happen(H.ANBRINGELSE_IVAERKSAT, -10, anbringelse="a", **code)
    assert (F.PERMANENT in life.is_there()) is (how == "kode")
    if how == "afgoerelse":
        life.decide("permanent", TODAY - timedelta(days=5))
    assert F.PERMANENT in life.is_there()


def test_paragraf_50_a_decision_on_samvaer_places_nobody_without_consent(life: Life) -> None:
    life.happen(H.ANBRINGELSE_IVAERKSAT, -10, anbringelse="a", kode="anbringelse_samtykke")
    life.happen(H.UDVALGSAFGOERELSE_TRUFFET, -5, angaar="samvaer")
    assert F.UDEN_SAMTYKKE not in life.is_there()


@pytest.mark.parametrize(("days", "long"), [(-3 * 365 - 1, True), (-3 * 365, False)])
def test_paragraf_67_three_years_are_counted_to_the_day(life: Life, days: int, long: bool) -> None:
    life.happen(H.ANBRINGELSE_IVAERKSAT, days, anbringelse="a")
    assert (F.TRE_AAR in life.is_there()) is long


def test_paragraf_67_a_child_that_moved_has_been_placed_all_the_while(life: Life) -> None:
    life.happen(H.ANBRINGELSE_IVAERKSAT, -1500, anbringelse="a")
    life.happen(H.ANBRINGELSE_OPHOERT, -100, anbringelse="a")
    life.happen(H.ANBRINGELSE_IVAERKSAT, -99, anbringelse="b")
    assert F.TRE_AAR in life.is_there()


def test_paragraf_143_the_chairmans_decision_waits_until_the_committee_has_seen_it(
    life: Life,
) -> None:
    life.happen(H.FORELOEBIG_AFGOERELSE_IVAERKSAT, -5)
    life.happen(H.FORELOEBIG_AFGOERELSE_IVAERKSAT, -4)
    life.happen(H.FORELOEBIG_AFGOERELSE_GODKENDT, -2)
    assert F.FORELOEBIG in life.is_there(), "one of two"
    life.happen(H.FORELOEBIG_AFGOERELSE_BORTFALDET, -1)
    assert F.FORELOEBIG not in life.is_there()


def test_paragraf_42_a_private_foster_family_is_there_until_it_ends(life: Life) -> None:
    life.happen(H.PRIVAT_PLEJE_BEGYNDT, -5)
    assert life.is_there() == {F.PRIVAT_PLEJE}
    life.happen(H.PRIVAT_PLEJE_OPHOERT, -1)
    assert life.is_there() == frozenset()


@pytest.mark.parametrize(
    ("code", "matter", "what"),
    [
        ("tabt_arbejdsfortjeneste", "tabt", F.TABT),
        ("saerligt_klubtilbud", "saerlige_tilbud", F.PLADS),
    ],
)
def test_what_is_given_can_be_taken_away(life: Life, code: str, matter: str, what: F) -> None:
    assert what not in life.is_there()
    life.happen(H.INDSATS_IVAERKSAT, -5, indsats="i", kode=code)
    assert what in life.is_there()
    life.happen(H.INDSATS_OPHOERT, -1, indsats="i")
    assert what not in life.is_there()
    life.decide(matter, TODAY)
    assert what in life.is_there()


class TestFromEighteen:
    """What was there until the eighteenth birthday."""

    @pytest.fixture
    def young(self, town: Town) -> Life:
        return Life(town, born=date(2008, 6, 1))

    def test_paragraf_114_a_placement_that_ended_with_the_eighteenth_year(
        self, young: Life
    ) -> None:
        young.happen(H.ANBRINGELSE_IVAERKSAT, -900, anbringelse="a")
        young.happen(H.ANBRINGELSE_OPHOERT, -11, anbringelse="a")  # 31 May, its last day
        assert young.is_there() == {F.FOER_18, F.FOER_18_ELLER_KONTAKT}

    def test_paragraf_114_one_that_ended_months_before_is_none(self, young: Life) -> None:
        young.happen(H.ANBRINGELSE_IVAERKSAT, -900, anbringelse="a")
        young.happen(H.BARN_HJEMGIVET, -100, anbringelse="a")
        assert young.is_there() == frozenset()

    def test_paragraf_114_stk_2_a_contact_person_is_enough(self, young: Life) -> None:
        young.happen(H.INDSATS_IVAERKSAT, -900, indsats="i", kode="kontaktperson")
        young.happen(H.INDSATS_OPHOERT, -11, indsats="i")
        assert young.is_there() == {F.FOER_18_ELLER_KONTAKT}

    def test_paragraf_114_a_stay_that_runs_can_end(self, young: Life) -> None:
        young.happen(H.INDSATS_IVAERKSAT, -5, indsats="i", kode="ung_doegnophold")
        assert F.DOEGNOPHOLD in young.is_there()
