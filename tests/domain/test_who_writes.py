"""Who writes is told from who sends and signs: a private person is never told what came of it."""

from datetime import date

import pytest

from dubu_plugin.domain.suggestions import Suggestions, suggested
from dubu_plugin.domain.underretning import Pligt

ON = date(2026, 11, 22)


def about(text: str, **more: str) -> Suggestions:
    return suggested(text, on=ON, **more)


@pytest.mark.parametrize(
    "text",
    [
        "Kære kommune\nJeg er ekskone til Brian. Han slår Otto.\nMvh Jytte Prøveberg",
        "Til Prøvestrup Kommune\nJeg vil gerne underrette om min nabos børn.\nMvh Jens Test",
        "Hej. Jeg har ringet til kommunen før. Børnene går alene rundt om natten.\nHilsen Jens",
        "Hej. Drengen går ikke i skole. Jeg er bekymret. Hilsen Jens Test",
        "Pigen sulter, og lægen har ikke gjort noget. Mvh Jens Test",
        "Kære børne- og familieforvaltning. Min ekskone slår vores søn. Hilsen Jens Test",
        "Jeg er mor til en pige på Prøvestrup Skole. Hun bliver slået.\nMvh\nJens Test",
        "Jeg er vred på skolen og på sygehuset.\nMvh\nJens Test",
        "Skolen underretter ikke, men det burde den. Mvh Jens Test",
        "Vi er bekymrede for en dreng i børnehaven.\nKærlig hilsen\nJens og Ida",
    ],
)
@pytest.mark.parametrize("address", ["jens@gmail.example", "", "jens@testhjem.example"])
def test_a_private_person_who_names_an_office_is_no_professional(text: str, address: str) -> None:
    found = about(text, subject="Underretning", sender_name="Jens Test", sender_address=address)
    assert (found.underretter, found.pligt, found.professional) == (None, None, None)


def test_a_grandmother_who_fears_the_police_do_nothing_is_family() -> None:
    text = "Jeg er bange for, at politiet ikke gør noget. Han bliver slået. Hilsen mormor Grete"
    found = about(text, sender_name="Grete Test", sender_address="g@gmail.example")
    assert (found.underretter, found.pligt) == ("13", Pligt.ALLE)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Jeg er lærer på Prøvestrup Skole og er bekymret for Otto.", "2"),
        ("Vi arbejder i Børnehaven Testblomsten. Otto sulter.", "3"),
        ("Otto sulter.\n\nMed venlig hilsen\nLise Testborg\nlærer\nPrøvestrup Skole", "2"),
        ("Prøvestrup Skole underretter om Otto.", "2"),
        ("Underretning fra Børnehuset, Testhuset\nArbejdssted: Prøvestrup Dagpleje", "3"),
        ("Jeg skriver som frivillig i natteravnene.", "10"),
        ("Jeg er sundhedsplejerske og var på besøg.", "5"),
    ],
)
def test_who_says_where_they_work_is_at_work(text: str, code: str) -> None:
    assert about(text).underretter == code


def test_a_teacher_who_writes_from_home_and_signs_with_the_school_is_a_professional() -> None:
    text = "Otto sulter.\nMed venlig hilsen\nLise Testborg\nPrøvestrup Skole"
    found = about(text, sender_name="Lise", sender_address="lise@gmail.example")
    assert (found.underretter, found.pligt) == ("2", Pligt.FAGPERSON)


@pytest.mark.parametrize(
    "text",
    [
        "Jeg er mormor. Jeg er sygeplejerske på hospitalet. Datterens mand slår børnene.",
        "Jeg er lærer på en anden skole, men skriver som nabo. Børnene bliver slået.",
        "Jeg er pædagog i en børnehave. Jeg henvender mig som privatperson om Otto.",
        "Jeg arbejder på sygehuset. Otto bliver slået.\nKærlig hilsen mormor Grete",
    ],
)
def test_kin_and_neighbours_are_that_whatever_they_work_as(text: str) -> None:
    found = about(text, sender_name="Grete Test", sender_address="g@gmail.example")
    assert (found.underretter, found.pligt, found.professional) == ("13", Pligt.ALLE, False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Vi er bekendt med, at Otto er hos mormor. Jeg er lærer på Prøvestrup Skole.", "2"),
        ("Jeg er lærer på Prøvestrup Skole. Otto er hos mormor og er ked af det.", "2"),
        ("Jeg er plejemor for Otto, og jeg er moster til ham.", "9"),
    ],
)
def test_a_professional_who_names_the_grandmother_is_one_still(text: str, code: str) -> None:
    assert about(text, sender_name="Lise").underretter == code


@pytest.mark.parametrize(
    "text",
    [
        "Jeg er mor til Emil, sendt fra arbejdet. Hans far slår ham.",
        "Jeg er far til Otto og lærer på skolen. Hans mor slår ham.",
        "Jeg er Emils mor. Hans far slår ham.",
        "Jeg er hans mor, og jeg er bange.",
        "Vi er forældre til Emil. Han sulter.",
        "Jeg er stedfar til Emil. Han sulter.",
        "Jeg er søster til ham. Han sulter.",
        "Emil sulter.\nKærlig hilsen Emils far",
        "Emils mor her. Jeg er sygeplejerske. Hans far slår ham.",
        "Hej, det er Emils mor. Jeg er sygeplejerske. Hans far slår ham.",
        "Her skriver Emils far. Jeg er lærer. Han bliver slået.",
        "Det er Emils mormor, der skriver. Jeg er læge.",
        "Emils far skriver her. Jeg er læge. Moren slår.",
        "Jeg hedder Ida Test og er Emils mor. Jeg er pædagog.",
        "Som mor til Emil vil jeg gerne underrette. Jeg er pædagog.",
        "Jeg skriver som Emils far. Jeg er lærer på skolen.",
        "Mor til Emil her. Jeg er lærer.",
        "Jeg er lærer på skolen og Emils mor.",
    ],
)
def test_the_childs_nearest_who_write_from_work_are_family(text: str) -> None:
    found = about(text, sender_name="Kontoret", sender_address="kontor@proeveskolen.example")
    assert (found.underretter, found.pligt, found.professional) == ("13", Pligt.ALLE, False)


def test_a_desk_at_a_school_makes_nobody_a_teacher_of_their_own_son() -> None:
    text = "Min søn Emil bliver slået af sin far."
    found = about(text, sender_name="Kontoret", sender_address="kontor@proeveskolen.example")
    assert (found.underretter, found.pligt, found.professional) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Jeg er mor til to og lærer på skolen. Emil bliver slået.",
        "Jeg er mor til en elev i klassen. Emil sulter.",
        "Jeg er lærer på skolen. Moren skrev: »Jeg er mor til Emil, og jeg kan ikke mere.«",
        "Jeg er lærer på skolen. Min søn går i samme klasse. Emil sulter.",
        "Emil sulter. Hans mor er syg.",
        "Jeg er hans lærer. Emils mor her på skolen er bekymret.",
        "Det er Emils mor, der slår ham. Jeg er lærer på skolen.",
        "Emils mor skriver her til skolen, at hun slår ham. Jeg er lærer.",
        "Jeg er bekymret og Emils mor er syg. Jeg er lærer på skolen.",
    ],
)
def test_a_teacher_who_names_a_mother_is_a_teacher_still(text: str) -> None:
    found = about(text, sender_name="Kontoret", sender_address="kontor@proeveskolen.example")
    assert (found.underretter, found.professional) == ("2", True)


def test_a_father_who_writes_from_home_of_what_the_school_has_sent_is_no_school() -> None:
    text = "Der kom en underretning fra Prøveskolen. Min søn Emil er ked af det."
    found = about(text, sender_name="Jens Test", sender_address="jens@gmail.example")
    assert (found.underretter, found.pligt) == (None, None)


@pytest.mark.parametrize(
    "wish",
    [
        "Jeg ønsker at være anonym.",
        "Anonym underretning.",
        "Jeg skriver helt anonymt.",
        "Jeg vil ikke have mit navn frem.",
        "Mit navn må ikke stå nogen steder.",
    ],
)
def test_who_would_rather_not_be_known_is_asked_what_duty_they_have(wish: str) -> None:
    text = f"{wish} Jeg arbejder på hans skole. Emil bliver slået."
    found = about(text, sender_name="Ida Test", sender_address="ida@proeveskolen.example")
    assert (found.pligt, found.professional) == (None, None)
