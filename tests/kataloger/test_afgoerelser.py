"""The catalogue of decisions says what the law says of each, and refuses what does not fit."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from dubu_plugin.domain.access import Act
from dubu_plugin.domain.afgoerelser import Lasts, Matter, Matters, act_of
from dubu_plugin.domain.forudsat import Forudsat
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import DecidedBy, PlanDuty
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.kataloger import afgoerelseskatalog, indsatskatalog
from dubu_plugin.kataloger.afgoerelseskatalog import Chosen
from dubu_plugin.kataloger.indsatsfile import CatalogueError

SHELF = Path(str(files("dubu_templates"))) / "kataloger"
TODAY = date(2026, 6, 11)
INDSATSER = indsatskatalog.load([SHELF / "indsatser.toml"])


@pytest.fixture(scope="module")
def ours() -> Matters:
    return afgoerelseskatalog.load(SHELF / "afgoerelser.toml", INDSATSER)


def get(matters: Matters, code: str) -> Matter:
    found = matters.get(code, TODAY)
    assert found is not None
    return found


def test_paragraf_3_the_list_is_the_laws(ours: Matters) -> None:
    parties = {one.paragraph for one in ours.rows if one.child_party and one.law.startswith("BL")}
    in_the_list = {"§ 32", "§ 33", "§ 39", "§ 46", "§ 52", "§ 97", "§ 100", "§ 104", "§ 114",
                   "§ 115", "§ 116", "§ 120"}  # fmt: skip
    assert in_the_list <= parties
    committees = {one.paragraph for one in ours.rows if one.decided_by is not
                  DecidedBy.KOMMUNALBESTYRELSEN}  # fmt: skip
    # § 37 gives what § 32 lists, § 98 is a decision by § 97, and § 99 ends what § 32 and § 46 gave.
    assert parties - in_the_list - committees == {"§ 37", "§ 99"}
    for code in ("undersoegelse", "oekonomi", "foraeldrepaalaeg", "kompensation"):
        assert not get(ours, code).child_party


def test_paragraf_142_the_committee_decides_what_its_list_says_with_four_votes(
    ours: Matters,
) -> None:
    found = {one.paragraph for one in ours.rows if one.is_committees and one.on}
    assert found == {"§ 23", "§ 40", "§ 42", "§ 47", "§ 49", "§ 50", "§ 61", "§ 62", "§ 63",
                     "§ 67", "§ 98", "§ 105", "§ 143"}  # fmt: skip
    votes = {one.paragraph: one.votes for one in ours.rows if one.is_committees}
    assert {paragraph for paragraph, number in votes.items() if number != 4} == {"§ 42"}


def test_rsl_72_what_a_complaint_keeps_waiting(ours: Matters) -> None:
    assert {one.code for one in ours.rows if one.suspensive} == {
        "anbringelsessted", "hjemgivelse", "ung_ophoer", "ung_ophoer_120",
    }  # fmt: skip


def test_what_the_committee_decides_in_one_catalogue_it_decides_in_the_other(
    ours: Matters,
) -> None:
    for matter in ours.rows:
        for code in matter.indsatser:
            indsats = INDSATSER.indsats(code, TODAY)
            assert indsats is not None
            if matter.is_chairs and code != "anbringelse_akut":
                assert code in get(ours, matter.provisional).indsatser, (matter.code, code)
                continue
            assert indsats.decided_by is matter.decided_by, (matter.code, code)
            if indsats.plan is PlanDuty.SKAL_FOER:
                assert matter.plan_first, matter.code


def test_paragraf_143_stk_1_the_chairman_decides_what_the_paragraph_names(ours: Matters) -> None:
    chairs = {one.provisional: one for one in ours.rows if one.is_chairs}
    laws = {get(ours, code).law for code in chairs}
    assert laws == {f"BL § {one}" for one in (23, 40, 42, 47, 61, 62, 63, 67, 98, 105)} | {
        "VAL § 11", "VAL § 15",
    }  # fmt: skip
    for code, one in chairs.items():
        committees = get(ours, code)
        assert committees.is_committees, code
        assert one.haendelse is H.FORELOEBIG_AFGOERELSE_IVAERKSAT, code
        assert (one.ages, one.presupposes, one.on) == (
            committees.ages, committees.presupposes, committees.on,
        ), code  # fmt: skip
        assert one.law.endswith(committees.law.removeprefix("BL § ")), code
        assert one.paragraph == "§ 143", code
    assert {code: one.lasts for code, one in chairs.items() if one.lasts is not Lasts.MAANED} == {
        "undersoegelse_uden": Lasts.UNDERSOEGELSE, "privat_pleje": Lasts.NY_AFGOERELSE,
    }  # fmt: skip


def test_what_each_decision_presupposes_is_what_its_paragraph_says(ours: Matters) -> None:
    found = {
        one.code: dict(one.presupposes)
        for one in ours.rows
        if one.presupposes and not one.is_chairs
    }
    placed = {code for code, what in found.items() if Forudsat.ANBRAGT in what}
    assert placed == {"permanent", "under_anbringelse", "aendret_sted", "aendret_sted_uden",
                      "hjemgivelse", "brev_og_telefon", "tilbageholdelse"}  # fmt: skip
    may_come = {code for code, what in found.items() if Forudsat.ANBRINGELSE in what}
    assert may_come == {
        "anbringelsessted", "stoetteperson_barn", "venskabsfamilie", "delvis_lukket", "sikret",
        "saerligt_sikret", "stoetteperson_foraeldre", "stoette_foraeldre", "samvaer",
        "samvaer_stoettet", "samvaer_suspenderet", "samvaer_afbrudt",
    }  # fmt: skip
    assert {code: [*what] for code, what in found.items() if code not in placed | may_come} == {
        "transport": [Forudsat.STOETTE], "opretholdelse": [Forudsat.UDEN_SAMTYKKE],
        "ophoer": [Forudsat.I_GANG], "foreloebig_godkendt": [Forudsat.FORELOEBIG],
        "privat_pleje": [Forudsat.PRIVAT_PLEJE], "frakendelse_82": [Forudsat.PLADS],
        "traening_ophoer": [Forudsat.TRAENING], "kompensation_ophoer": [Forudsat.KOMPENSATION],
        "ledsagelse_ophoer": [Forudsat.LEDSAGELSE], "sel_90_ophoer": [Forudsat.HJAELP_90],
        "tabt_ophoer": [Forudsat.TABT], "ung_ophoer": [Forudsat.DOEGNOPHOLD],
        "ung_ophoer_120": [Forudsat.DOEGNOPHOLD], "ungestoette_115": [Forudsat.FOER_18],
        "ungestoette_120": [Forudsat.FOER_18],
        "ungestoette": [Forudsat.FOER_18_ELLER_KONTAKT],
        "ungestoette_116": [Forudsat.FOER_18_ELLER_KONTAKT],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "ages"),
    [
        ("boernepaalaeg", (10, 17)), ("delvis_lukket", (12, 17)), ("sikret", (12, 17)),
        ("saerligt_sikret", (12, 17)), ("ledsagelse", (12, 17)), ("permanent", (3, 17)),
        # § 111: decided half a year before; § 116: what was ended or refused is taken up again.
        ("ungestoette", (17, 22)), ("ungestoette_115", (17, 22)), ("ungestoette_120", (17, 22)),
        ("ung_ophoer", (17, 22)), ("ungestoette_116", (18, 22)),
    ],
)  # fmt: skip
def test_a_decision_is_for_the_ages_its_paragraph_says(
    ours: Matters, code: str, ages: tuple[int, int]
) -> None:
    assert get(ours, code).ages == ages


def test_every_indsats_under_barnets_lov_can_be_decided(ours: Matters) -> None:
    decided = {code for one in ours.rows for code in one.indsatser}
    left = {one.code for one in INDSATSER.indsatser
            if one.in_force(TODAY) and one.law.startswith("BL")} - decided  # fmt: skip
    no_decision = {"konsulentbistand", "samtalegruppe", "familieplanlaegning", "anden_forebyggelse",
                   "adfaerdsvanskeligheder", "handicap_raadgivning", "familievejleder",
                   "ung_tilbage", "koordinator", "netvaerkssamraad"}  # fmt: skip
    assert left == no_decision


def test_the_level_of_a_row_says_who_decides(ours: Matters) -> None:
    assert act_of(get(ours, "transport")) is Act.WRITE
    assert act_of(get(ours, "stoette")) is Act.APPROVE
    assert act_of(get(ours, "foreloebig")) is Act.APPROVE


def test_nothing_is_decided_by_barnets_lov_before_2024(ours: Matters) -> None:
    assert ours.open(date(2023, 12, 31), 9) == []
    assert {one.paragraph for one in ours.open(TODAY, None)} == {"§ 26", "§ 32", "§ 49"}


def test_what_has_not_been_read_is_off(ours: Matters) -> None:
    assert [one.code for one in ours.rows if one.on and not one.sure] == []


ROW = """[[afgoerelse]]
code = "ny"
title = "Ny"
law = "BL § 32"
valid_from = 2024-01-01
confidence = "sikker"
area = "stoette"
ages = "0-17"
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ROW.replace('ages = "0-17"\n', ""), "ages"),
        (ROW + 'indsatser = ["findes_ikke"]\n', "findes_ikke"),
        (ROW + "votes = 4\n", "votes"),
        (ROW + 'presupposes = { noget = "§ 1" }\n', "noget"),
        (ROW + 'period = "§ 100"\nend_date = "§ 105"\n', "period"),
        (ROW.replace('"stoette"', '"noget"'), "noget"),
        (ROW + 'longest = "8 weeks"\n', "longest"),
        (ROW + 'basis = "noget"\n', "noget"),
        (ROW + 'haendelse = "noget"\n', "noget"),
        (ROW + ROW, "to gange"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "afgoerelser.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as no:
        afgoerelseskatalog.load(file, INDSATSER)
    assert said in str(no.value)


def chosen(**codes: set[str]) -> Matters:
    given = Chosen(**{name: frozenset(found) for name, found in codes.items()})
    return afgoerelseskatalog.load(SHELF / "afgoerelser.toml", INDSATSER, given)


def test_the_municipality_chooses_who_decides_and_what_is_used() -> None:
    ours = chosen(raadgiver={"oekonomi", "stoette"}, leder={"transport"}, off={"ledsagelse"},
                  on={"tilbageholdelse"})  # fmt: skip
    assert act_of(get(ours, "stoette")) is Act.WRITE
    assert act_of(get(ours, "transport")) is Act.APPROVE
    codes = {one.code for one in ours.open(TODAY, 13)}
    assert ("ledsagelse" in codes, "tilbageholdelse" in codes) == (False, True)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ({"on": {"findes_ikke"}}, "findes_ikke"),
        ({"on": {"stoette"}, "off": {"stoette"}}, "begge veje"),
        ({"raadgiver": {"anbringelse_uden"}}, "efter loven"),
    ],
)
def test_what_cannot_be_chosen_is_told_at_the_start(codes: dict[str, set[str]], said: str) -> None:
    with pytest.raises(ConfigurationError) as no:
        chosen(**codes)
    assert said in str(no.value)
