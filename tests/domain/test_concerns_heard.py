"""Concerns in ordinary underretninger: what is told is suggested, what is denied is not."""

from datetime import date

import pytest

from dubu_plugin.domain.suggestions import suggested
from dubu_plugin.domain.underretning import Overgreb

ON = date(2026, 3, 2)


def concerns(text: str) -> set[str]:
    return set(suggested(text, on=ON).concerns)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hun er udsat for vold fra mor.", "18"),
        ("Han har været udsat for fysisk vold af sin far.", "18"),
        ("Drengen fortæller om psykisk vold hjemme fra stedfar.", "18"),
        ("Far er voldelig over for børnene.", "18"),
        ("Mor tager hårdt fat i ham og ryster ham.", "18"),
        ("Far sparker ham, når han er vred.", "18"),
        ("Han bliver låst inde på sit værelse af stedmor.", "18"),
        ("Begge er slået hjemme.", "18"),
        ("Han blev slået i hovedet med en bog.", "18"),
        ("Han har blå mærker på armene.", "18"),
        ("Stedfar rører ved hende om natten.", "18"),
        ("Far rører hende, hvor hun ikke vil have det.", "18"),
        ("Onkel rører ved hende om natten.", "7"),
        ("Hendes fætter har krænket hende seksuelt.", "7"),
        ("Hun er blevet voldtaget af en jævnaldrende.", "7"),
        ("Mor drikker hver dag.", "9"),
        ("Der flyder med hash og piller.", "9"),
        ("Forældrene er påvirkede, når de henter.", "9"),
        ("Far truer mor og slår hende.", "13"),
        ("Der er vold i hjemmet mellem de voksne.", "13"),
        ("Far er voldelig over for mor.", "13"),
        ("Hun skærer i sig selv.", "4"),
        ("Han siger, at han ikke vil leve mere.", "6"),
        ("Han kommer ikke i skole.", "3"),
        ("Han har ingen madpakke med.", "14"),
        ("Han får ikke mad derhjemme.", "14"),
        ("De er sat ud af lejligheden.", "15"),
        ("Mor er indlagt på psykiatrisk afdeling.", "17"),
        ("Hun må ikke have kærester på grund af familiens ære og social kontrol.", "aeres"),
        ("Han ryger hash hver weekend, og den unge drikker.", "1"),
        ("Vi er ikke i tvivl: mor drikker.", "9"),
        ("Det er ikke kun vold i hjemmet.", "13"),
    ],
)
def test_what_is_told_is_suggested(text: str, code: str) -> None:
    assert code in concerns(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Vi er IKKE bekymret for vold eller misbrug.", "9"),
        ("Vi er ikke bekymrede for vold, misbrug eller omsorgssvigt.", "9"),
        ("Vi er ikke bekymrede for vold, misbrug eller omsorgssvigt.", "8"),
        ("Der er ingen tegn på vold eller alkohol.", "9"),
        ("Der har aldrig været vold i hjemmet eller hash.", "13"),
        ("Der har aldrig været vold i hjemmet eller hash.", "9"),
        ("Mor drikker ikke.", "9"),
        ("Far slår ham ikke.", "18"),
        ("Han har ikke blå mærker.", "18"),
        ("Hverken mor eller far drikker.", "9"),
        ("Vi har ikke mistanke om, at far slår ham.", "18"),
        ("Der er ikke noget, der tyder på misbrug.", "9"),
        ("Mor afviser, at der er vold i hjemmet.", "13"),
        ("Vold? Nej.", "13"),
        ("Intet kendskab til misbrug.", "9"),
        ("Han har ikke været udsat for vold fra mor.", "18"),
    ],
)
def test_what_is_denied_is_not(text: str, code: str) -> None:
    assert code not in concerns(text)


def test_a_denial_ends_where_something_else_is_told() -> None:
    assert "9" in concerns("Vi ser ikke vold, men mor drikker.")
    assert "9" in concerns("Han er ikke bange. Mor drikker hver dag.")
    assert "18" in concerns("Han vil ikke hjem, fordi far slår ham.")


def test_by_whom_is_told_from_who_did_it() -> None:
    assert suggested("Stedfar rører ved hende", on=ON).overgreb is Overgreb.FORAELDRE
    assert suggested("Onkel rører ved hende", on=ON).overgreb is Overgreb.ANDRE
    assert suggested("Hun er udsat for vold fra mor", on=ON).overgreb is Overgreb.FORAELDRE
