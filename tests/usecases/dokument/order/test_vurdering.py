from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.store.tables import personer, sager, vurderinger
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.letter_house import RECEIVED, LetterHouse
from dubu_plugin.usecases.dokument.order.vurdering import order_vurdering

ASSESSED = RECEIVED + timedelta(hours=4, minutes=26)


def written(house: LetterHouse, underretning: UUID | None = None, **answers: Any) -> dict[str, Any]:
    """Return the values of the document of an assessment with these answers."""
    vurdering = uuid4()
    house.town.insert(
        vurderinger,
        **{
            "id": vurdering,
            "underretning_id": underretning or house.underretning(concerns=["3", "14"]),
            "version": 1,
            "fare": "ikke_akut",
            "reason": "Alma er på skole.\nMor kan nås.",
            "next_step": "screening",
            "assessor": KAREN,
            "assessed_at": ASSESSED,
            "siblings": "",
            **answers,
        },
    )
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        letter = order_vurdering(
            work,
            vurdering,
            letters=house.product.letters,
            municipality=house.product.settings.municipality,
            author=KAREN,
        )
    return {
        name: value.replace("\xa0", " ") if isinstance(value, str) else value
        for name, value in house.kept(letter).items()
    }


def test_it_tells_whom_it_is_about_and_who_underrettede(house: LetterHouse) -> None:
    said = written(house)
    assert said["barn.navn"] == "Alma Testvad"
    assert said["barn.foedt"] == "født 3. december 2016 (9 år)"
    assert said["underretning.kilde"] == (
        "Skole eller andet uddannelsessted, Skoleleder Tove Demosen, Prøvestrup Skole"
    )
    assert said["underretning.pligt"] == "Fagperson (§ 133)"
    assert said["underretning.orienteret"] == "Ja"
    assert said["underretning.bekymringer"].split("\n") == [
        "Skole- og uddannelsesproblemer, fx fravær",
        "Utilstrækkelig omsorg",
    ]


def test_it_tells_what_was_decided_by_whom_and_when(house: LetterHouse) -> None:
    said = written(house, fare="akut", next_step="akut", acute_action="Farmor henter.")
    assert said["vurdering.fare"].startswith("Ja.")
    assert said["vurdering.begrundelse"] == "Alma er på skole.\nMor kan nås."
    assert said["vurdering.akut_indsats"] == "Farmor henter."
    assert said["vurdering.naeste_skridt"] == "Akut indsats"
    assert said["vurdering.vurderet_af"] == "Karen Demotoft, børne- og ungerådgiver"
    assert said["vurdering.vurderet"] == "mandag 2. marts 2026 kl. 13.40"


def test_it_tells_how_much_of_the_24_hours_was_used(house: LetterHouse) -> None:
    assert written(house)["vurdering.tid_brugt"] == "4 t. 26 min. af 24 timer"


def test_it_tells_when_the_24_hours_were_exceeded(house: LetterHouse) -> None:
    said = written(house, assessed_at=RECEIVED + timedelta(hours=25, minutes=2))
    assert said["vurdering.tid_brugt"] == "25 t. 2 min.: fristen på 24 timer er overskredet"


def test_the_whole_24_hours_may_be_used(house: LetterHouse) -> None:
    said = written(house, assessed_at=RECEIVED + timedelta(hours=24))
    assert said["vurdering.tid_brugt"] == "24 t. af 24 timer"


def test_a_correction_tells_when_it_was_first_made_and_when_it_was_put_right(
    house: LetterHouse,
) -> None:
    """The 24 hours are answered by the first; a word put right later makes nobody late."""
    number = house.underretning()
    written(house, number)
    late = ASSESSED + timedelta(days=14)
    said = written(house, number, version=2, assessor=HENRIK, assessed_at=late)
    assert said["vurdering.tid_brugt"] == "4 t. 26 min. af 24 timer"
    assert said["vurdering.vurderet_af"] == "Karen Demotoft, børne- og ungerådgiver"
    assert said["vurdering.vurderet"] == (
        "mandag 2. marts 2026 kl. 13.40. Rettet mandag 16. marts 2026 kl. 13.40 af "
        "Henrik Prøveholm, teamleder"
    )


def test_a_correction_tells_what_was_put_right_since_the_one_before_it(house: LetterHouse) -> None:
    number = house.underretning()
    written(house, number)
    later = ASSESSED + timedelta(hours=1)
    second = {"next_step": "boernefaglig_undersoegelse", "conversation": "holdt"}
    said = written(house, number, version=2, assessed_at=later, **second)
    assert said["vurdering.vurderet"].endswith(". Det, der er rettet: hvad gør vi nu, samtale.")
    third = {**second, "siblings": str(uuid4())}
    said = written(house, number, version=3, assessed_at=later, **third)
    assert said["vurdering.vurderet"].endswith(". Det, der er rettet: søskende.")


def test_it_names_the_person_who_had_not_handled_the_case(house: LetterHouse) -> None:
    said = written(house, fresh_eyes=HENRIK)["vurdering.ny_person"]
    assert said == "Henrik Prøveholm, teamleder, er spurgt og har ikke bekræftet endnu"
    own = written(house, fresh_eyes=KAREN)["vurdering.ny_person"]
    assert own == "Karen Demotoft, børne- og ungerådgiver"


def test_it_says_that_no_new_person_was_needed(house: LetterHouse) -> None:
    assert written(house)["vurdering.ny_person"].startswith("Ikke krævet")


def test_it_says_that_the_new_person_is_missing_where_support_runs(
    house: LetterHouse,
) -> None:
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        work.connection.execute(sa.update(sager).values(has_indsats=True))
    assert written(house)["vurdering.ny_person"] == "Mangler"


def test_it_tells_of_the_conversation_or_why_there_was_none(house: LetterHouse) -> None:
    held = written(house, conversation="holdt", conversation_at=ASSESSED)
    assert held["vurdering.samtale"] == "Holdt mandag 2. marts 2026 kl. 13.40."
    left_out = written(house, conversation="undladt", conversation_reason="Alma er 2 år.")
    assert left_out["vurdering.samtale"] == "Undladt (§ 137, stk. 4).\nAlma er 2 år."
    assert written(house, conversation="ikke_aktuel")["vurdering.samtale"].startswith("Ikke holdt.")


def test_it_lists_siblings_assessed_at_the_same_time(house: LetterHouse) -> None:
    assert written(house)["vurdering.soeskende"] == []
    [sibling] = written(house, siblings=str(house.sibling))["vurdering.soeskende"]
    assert sibling["navn"] == "Viggo Prøvesen"


def test_it_lists_all_that_was_known_as_it_was_assessed(house: LetterHouse) -> None:
    """Also what came after this one: whoever assesses has it on the same screen."""
    about = house.underretning(concerns=["3"])
    for days in (-800, -700, -30, 0):
        house.underretning(received_at=RECEIVED + timedelta(days=days, hours=2), sag=None)
    house.underretning(received_at=RECEIVED + timedelta(days=3), sag=None)
    listed = written(house, about)["vurdering.tidligere"]
    assert len(listed) == 3


def test_it_lists_what_came_about_child_and_siblings_in_24_months(house: LetterHouse) -> None:
    earlier = house.underretning(
        child=house.sibling, underretter="3", received_at=RECEIVED - timedelta(days=47), sag=None
    )
    house.town.assess(earlier, at=RECEIVED - timedelta(days=46), next_step="intet")
    house.underretning(received_at=RECEIVED - timedelta(days=3 * 366))
    house.underretning(child=house.town.person("Karla Demofremmed"), sag=None)
    [found] = written(house)["vurdering.tidligere"]
    assert found["om"] == "Viggo Prøvesen"
    assert found["modtaget"].replace("\xa0", " ") == "14. januar 2026"
    assert found["udfald"] == "Intet videre"


def test_it_can_be_about_a_child_nobody_knows(house: LetterHouse) -> None:
    said = written(house, house.underretning(child=None, pligt=None, underretter=None))
    assert said["barn.navn"] == "Ukendt barn"
    assert said["barn.foedt"] == "fødselsdato ikke oplyst"
    assert said["underretning.pligt"] == "Ikke oplyst"
    assert said["vurdering.tidligere"] == []


def test_it_can_be_about_a_child_who_is_not_born(house: LetterHouse) -> None:
    unborn = house.town.person("Ufødt barn Prøvelund", due_date=RECEIVED.date())
    said = written(house, house.underretning(child=unborn))
    assert said["barn.foedt"] == "termin 2. marts 2026"


def test_an_anonymous_notifier_is_not_named(house: LetterHouse) -> None:
    underretning = house.underretning(anonymous=True, underretter="8")
    assert written(house, underretning)["underretning.kilde"] == "Anonym"


def test_of_a_child_that_is_expected_it_names_the_paragraphs_of_expectant_parents(
    house: LetterHouse,
) -> None:
    unborn = uuid4()
    house.town.insert(
        personer, id=unborn, name="Ufødt barn af Freja Prøvelund", due_date=date(2026, 9, 28),
        mother_id=house.town.person("Freja Prøvelund"), protected_address=False, seen_at=RECEIVED,
    )  # fmt: skip
    underretning = house.underretning(child=unborn, sag=None)
    for version, (step, words) in enumerate(
        (
            ("screening", "Screening (§ 24)"),
            ("afdaekning", "Afdækning (§ 25)"),
            ("boernefaglig_undersoegelse", "Undersøgelse af kommende forældre (§ 26)"),
            ("intet", "Intet videre"),
        )
    ):
        said = written(house, underretning, next_step=step, version=version)
        assert said["vurdering.naeste_skridt"] == words
