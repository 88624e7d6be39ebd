"""The catalogue allows what the law of the day allows, and nothing else."""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from dubu_plugin.domain.indsatser import (
    Catalogue,
    Consent,
    DecidedBy,
    Indsats,
    IndsatsGroup,
    PlanDuty,
    ReasonKind,
)
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.kataloger.indsatsfile import CatalogueError
from dubu_plugin.kataloger.indsatskatalog import Switched, load

FILE = Path(str(files("dubu_templates"))) / "kataloger" / "indsatser.toml"

OLD, NEW = date(2023, 12, 31), date(2024, 1, 1)
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def ours() -> Catalogue:
    return load([FILE])


def law(catalogue: Catalogue, code: str, day: date) -> str:
    found = catalogue.indsats(code, day)
    assert found is not None
    return found.law


def get(catalogue: Catalogue, code: str) -> Indsats:
    found = catalogue.indsats(code, TODAY)
    assert found is not None
    return found


# -- the law of the day ----------------------------------------------------------------------------


def test_an_indsats_stands_under_serviceloven_until_2023_and_barnets_lov_from_2024(
    ours: Catalogue,
) -> None:
    assert law(ours, "familiebehandling", OLD) == "SEL § 52 stk. 3 nr. 3"
    assert law(ours, "familiebehandling", NEW) == "BL § 32 stk. 1 nr. 5"
    assert law(ours, "anbringelse_uden", OLD) == "SEL § 58"
    assert law(ours, "anbringelse_uden", NEW) == "BL § 47"


def test_no_day_has_two_laws_for_one_indsats(ours: Catalogue) -> None:
    for age in (None, *range(23)):
        for day in (OLD, NEW, TODAY):
            found = [(one.indsats.code, one.place) for one in ours.allowed(day, age)]
            assert len(found) == len(set(found))
            before = day < NEW
            laws = {one.indsats.law.split()[0] for one in ours.allowed(day, age)}
            assert laws <= ({"SEL", "LUK"} if before else {"BL", "LUK"})


def test_stoetteophold_was_called_aflastning(ours: Catalogue) -> None:
    before, now = ours.indsats("stoetteophold", OLD), ours.indsats("stoetteophold", NEW)
    assert before is not None
    assert now is not None
    assert (before.title, now.title) == ("Aflastning", "Støtteophold")


def test_section_32_has_its_eight_numbers(ours: Catalogue) -> None:
    laws = {one.indsats.law for one in ours.allowed(TODAY, 10)}
    assert {f"BL § 32 stk. 1 nr. {number}" for number in range(1, 9)} <= laws
    assert {f"BL § 30 stk. 1 nr. {number}" for number in range(1, 5)} <= laws


def test_section_43_has_its_seven_kinds_of_place(ours: Catalogue) -> None:
    laws = {place.law.split(" og ")[0] for place in ours.places if place.in_force(TODAY)}
    assert laws == {f"BL § 43 stk. 1 nr. {number}" for number in range(1, 8)}
    codes = {place.code: place.dst for place in ours.places if place.in_force(TODAY)}
    assert codes["netvaerksplejefamilie"] == "1"
    assert codes["almen_plejefamilie"] == "23"
    assert codes["opholdssted"] == "27"


# -- where and when --------------------------------------------------------------------------------


def test_stoetteophold_is_at_a_family_or_a_home_and_not_at_a_boarding_school(
    ours: Catalogue,
) -> None:
    assert ours.allows(TODAY, 9, "stoetteophold", "netvaerksplejefamilie")
    assert not ours.allows(TODAY, 9, "stoetteophold", "kostskole")
    assert not ours.allows(TODAY, 9, "stoetteophold")
    assert ours.allows(TODAY, 9, "familiebehandling")


def test_familieanbringelse_is_not_at_a_network_family(ours: Catalogue) -> None:
    assert not ours.allows(TODAY, 9, "familieanbringelse", "netvaerksplejefamilie")
    assert ours.allows(TODAY, 9, "familieanbringelse", "almen_plejefamilie")


def test_a_locked_place_takes_its_own_decision(ours: Catalogue) -> None:
    assert not ours.allows(TODAY, 14, "anbringelse_samtykke", "sikret")
    assert ours.allows(TODAY, 14, "anbringelse_sikret", "sikret")
    assert not ours.allows(TODAY, 14, "anbringelse_sikret", "opholdssted")


@pytest.mark.parametrize(
    ("code", "place", "inside", "outside"),
    [
        ("ledsagelse", "", 12, 11),
        ("ledsagelse", "", 17, 18),
        ("boernepaalaeg", "", 10, 9),
        ("anbringelse_sikret", "sikret", 12, 11),
        ("anbringelse_samtykke", "opholdssted", 17, 18),
        ("ung_anden_stoette", "", 18, 17),
        ("ung_anden_stoette", "", 22, 23),
        ("familiebehandling", "", None, 18),
        ("anbringelse_ufoedt", "opholdssted", None, 0),
    ],
)
def test_an_indsats_has_its_ages(
    ours: Catalogue, code: str, place: str, inside: int | None, outside: int | None
) -> None:
    assert ours.allows(TODAY, inside, code, place)
    assert not ours.allows(TODAY, outside, code, place)


def test_for_an_unborn_child_only_the_five_of_section_32_stk_5_and_a_placement(
    ours: Catalogue,
) -> None:
    codes = {one.indsats.law for one in ours.allowed(TODAY, None)}
    assert codes == {f"BL § 32 stk. 1 nr. {number}" for number in (2, 3, 5, 6, 8)} | {"BL § 47"}


# -- who ------------------------------------------------------------------------------------------


def test_without_consent_the_committee_decides_and_the_plan_is_there_before(
    ours: Catalogue,
) -> None:
    for code in ("anbringelse_uden", "anbringelse_ufoedt"):
        found = get(ours, code)
        assert found.decided_by is DecidedBy.UDVALGET
        assert found.plan is PlanDuty.SKAL_FOER
        assert not found.consents
    for code in ("anbringelse_delvis_lukket", "anbringelse_sikret", "anbringelse_viderefoert"):
        assert get(ours, code).decided_by is DecidedBy.UDVALGET
    assert get(ours, "anbringelse_akut").decided_by is DecidedBy.FORMANDEN


def test_with_consent_the_municipality_decides_and_a_plan_is_made(ours: Catalogue) -> None:
    found = get(ours, "anbringelse_samtykke")
    assert (found.decided_by, found.plan) == (DecidedBy.KOMMUNALBESTYRELSEN, PlanDuty.SKAL)
    assert found.dst == "101"


def test_the_young_person_consents_from_fifteen(ours: Catalogue) -> None:
    found = get(ours, "anbringelse_samtykke")
    assert found.consents_at(14) == {Consent.FORAELDREMYNDIGHED}
    assert found.consents_at(15) == {Consent.FORAELDREMYNDIGHED, Consent.UNG_15}


def test_before_birth_the_coming_parents_consent(ours: Catalogue) -> None:
    found = get(ours, "familiebehandling")
    assert found.consents_at(None) == {Consent.KOMMENDE_FORAELDRE}
    assert found.consents_at(0) == {Consent.FORAELDREMYNDIGHED}


def test_from_eighteen_the_young_person_alone_consents(ours: Catalogue) -> None:
    assert get(ours, "ung_anden_stoette").consents_at(18) == {Consent.UNG}


def test_what_is_decided_under_another_paragraph_says_so(ours: Catalogue) -> None:
    found = get(ours, "kontaktperson_uden")
    assert (found.law, found.decision_law) == ("BL § 32 stk. 1 nr. 3", "BL § 37")
    assert found.consents_at(16) == frozenset()
    assert get(ours, "kontaktperson").decision_law == "BL § 32 stk. 1 nr. 3"


def test_a_position_on_a_plan_is_taken_for_every_indsats_of_section_32(ours: Catalogue) -> None:
    for one in ours.allowed(TODAY, 10):
        if one.indsats.law.startswith("BL § 32 "):
            assert one.indsats.plan is PlanDuty.TAGES_STILLING, one.indsats.code


# -- reasons, and what is not sure ----------------------------------------------------------------


@pytest.mark.parametrize("kind", ReasonKind)
def test_there_are_reasons_for_everything_that_happens_to_an_indsats(
    ours: Catalogue, kind: ReasonKind
) -> None:
    found = ours.reasons(kind, TODAY, IndsatsGroup.ANBRINGELSE)
    assert len(found) >= 7
    assert found[-1].title == "Andet"


def test_a_child_at_home_does_not_go_home(ours: Catalogue) -> None:
    def codes(group: IndsatsGroup) -> set[str]:
        return {one.code for one in ours.reasons(ReasonKind.OPHOER, TODAY, group)}

    assert "ophoer_hjemgivet" in codes(IndsatsGroup.ANBRINGELSE)
    assert "ophoer_hjemgivet" not in codes(IndsatsGroup.STOETTENDE)


def test_what_has_not_been_read_says_so(ours: Catalogue) -> None:
    rows = [*ours.indsatser, *ours.places, *ours.all_reasons]
    for row in rows:
        assert row.sure == (row.confidence == "sikker")
    assert not any(row.sure for row in ours.all_reasons)
    assert not any(row.sure for row in rows if row.law.startswith(("SEL", "LUK")))


def test_a_row_is_switched_off_and_is_still_known_on_old_cases() -> None:
    catalogue = load([FILE], Switched(off=frozenset({"venskabsfamilie", "aendring_andet"})))
    assert not catalogue.allows(TODAY, 9, "venskabsfamilie")
    assert catalogue.indsats("venskabsfamilie", TODAY) is not None
    codes = {one.code for one in catalogue.reasons(ReasonKind.AENDRING, TODAY)}
    assert "aendring_andet" not in codes


def test_what_is_switched_must_be_there() -> None:
    with pytest.raises(ConfigurationError, match="mars, som intet i kataloget hedder"):
        load([FILE], Switched(off=frozenset({"mars"})))
    with pytest.raises(ConfigurationError, match="både i »on« og »off«"):
        load([FILE], Switched(frozenset({"ledsagelse"}), frozenset({"ledsagelse"})))


# -- slips ----------------------------------------------------------------------------------------

SMALL = """\
[[sted]]
code = "hjem"
title = "Et hjem"
law = "BL § 43"
valid_from = 2024-01-01
confidence = "sikker"

[[indsats]]
code = "ophold"
title = "Et ophold"
group = "stoettende"
law = "BL § 32"
valid_from = 2024-01-01
unit = "døgn"
ages = "0-17"
places = ["hjem"]
confidence = "sikker"
on = false
"""

AGAIN = SMALL[SMALL.index("[[indsats]]") :]


def slips() -> Iterator[object]:
    def slip(name: str, before: str, after: str, reason: str, line: int) -> object:
        assert before in SMALL
        return pytest.param(SMALL.replace(before, after), reason, line, id=name)

    yield slip("unknown key", "unit =", "enhed =", "mangler", 8)
    yield slip("unknown name", "unit =", 'hus = "x"\nunit =', "»hus« kendes ikke", 14)
    yield slip("unknown place", '["hjem"]', '["mars"]', "stedet mars, som ikke findes", 8)
    yield slip("ages", '"0-17"', '"17-0"', "den yngste og den ældste", 15)
    yield slip("group", '"stoettende"', '"hygge"', "kender ikke »hygge«", 11)
    yield slip("nobody's age", 'ages = "0-17"\n', "", "skriv ages, unborn", 8)
    yield slip("place twice", '["hjem"]', '["hjem", "hjem"]', "det samme sted to gange", 8)
    yield slip("unsure why", '"døgn"', '"døgn"\ndst = "otte"', "»dst«", 15)
    yield pytest.param(f"{SMALL}\n{AGAIN}", "gælder samtidig med", 20, id="overlap")


@pytest.mark.parametrize(("text", "reason", "line"), [*slips()])
def test_a_slip_is_told_with_file_line_and_reason(
    tmp_path: Path, text: str, reason: str, line: int
) -> None:
    file = tmp_path / "indsatser.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as told:
        load([file])
    assert reason in told.value.reason
    assert (told.value.file, told.value.line) == (file, line)


def test_a_row_that_is_delivered_off_is_switched_on(tmp_path: Path) -> None:
    file = tmp_path / "indsatser.toml"
    file.write_text(SMALL, encoding="utf-8")
    assert load([file]).allowed(TODAY, 5) == []
    assert load([file], Switched(on=frozenset({"ophold"}))).allows(TODAY, 5, "ophold", "hjem")


def test_a_place_that_comes_later_does_not_serve_an_indsats_that_has_ended(tmp_path: Path) -> None:
    ended = NEW - timedelta(days=1)
    text = SMALL.replace(
        'law = "BL § 32"\nvalid_from = 2024-01-01',
        f'law = "SEL § 52"\nvalid_from = 2023-01-01\nvalid_to = {ended.isoformat()}',
    )
    file = tmp_path / "indsatser.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="på stedet hjem, som ikke findes på den tid"):
        load([file])
