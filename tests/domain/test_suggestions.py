"""What is filled in beforehand is what a person would have filled in, and never more."""

from datetime import date

import pytest

from dubu_plugin.domain.suggestions import Suggestions, suggested
from dubu_plugin.domain.underretning import Henvendelse, Orienteret, Overgreb, Pligt, usual_duty

ON = date(2026, 3, 2)

ALMA = (
    "Prøvestrup Skole underretter om Alma Testvad, 3. b. Alma har siden november haft et stigende "
    "fravær, i februar 21 pct., heraf 18 pct. ulovligt. Hun kommer ofte 20–40 minutter for sent, "
    'er træt og har flere gange ikke haft madpakke. Hun har fortalt klasselæreren, at hun "passer '
    'på Viggo og mor". Vi har holdt to møder med mor, som græder og fortæller, at hun er '
    "deprimeret og alene. Vi er ikke bekendt med vold. Mor er orienteret om underretningen i dag."
)
FREJA = (
    "Freja, 23 år, er gravid i uge 16 med første barn. Hun fortæller, at hun selv var anbragt som "
    "barn, at hun røg hash dagligt indtil for seks uger siden, og at hun bor skiftevis hos en "
    "veninde og sin mor. Kæresten Oliver bor ustabilt. Freja er orienteret og ønsker hjælp."
)


def about(text: str, **more: str) -> Suggestions:
    return suggested(text, on=ON, **more)


def test_the_schools_underretning_is_filled_in_as_the_caseworker_would() -> None:
    found = about(
        ALMA,
        subject="Underretning fra Prøvestrup Skole",
        sender_name="Prøvestrup Skole, Lise Testborg",
        sender_address="lise@proevestrup-skole.example",
    )
    assert found.henvendelse is Henvendelse.UNDERRETNING
    assert found.underretter == "2"
    assert found.pligt is Pligt.FAGPERSON
    assert found.professional is True
    assert set(found.concerns) == {"3", "17", "14"}
    assert found.overgreb is Overgreb.NEJ
    assert found.orienteret is Orienteret.JA
    assert found.notifier_name == "Lise Testborg"
    assert found.notifier_organisation == "Prøvestrup Skole"


def test_the_midwifes_underretning_too() -> None:
    found = about(
        FREJA, sender_name="Jordemoder Anne Prøvestrøm", sender_address="a@sygehus.example"
    )
    assert found.underretter == "4"
    assert set(found.concerns) == {"9", "11", "15"}


@pytest.mark.parametrize(
    ("name", "address", "text", "code"),
    [
        ("Børnehaven Prøveblomsten", "leder@b.example", "", "3"),
        ("", "skole@proevestrup.kommune.example", "", "2"),
        ("Politiet", "x@politi.example", "", "6"),
        ("Jytte Testlyng", "j@post.example", "Jeg er nabo til Anton", "13"),
        ("Borgerservice", "b@proevestrup.kommune.example", "", "1"),
        ("Sundhedsplejen", "s@proevestrup.example", "", "5"),
        ("Prøvestrup Krisecenter", "v@krisecenter.example", "", "10"),
        ("Poul Testgran", "poul@gammelpost.example", "Jeg har set en dreng", None),
    ],
)
def test_who_writes_is_told_from_sender_and_words(
    name: str, address: str, text: str, code: str | None
) -> None:
    assert about(text, sender_name=name, sender_address=address).underretter == code


def test_a_private_person_acts_under_the_duty_of_all() -> None:
    assert about("Jeg er nabo til Anton").pligt is Pligt.ALLE
    assert about("noget").pligt is None


def test_an_underretning_from_another_municipality_is_one() -> None:
    found = about("Vi underretter efter barnets lov § 132 om Malthe.", sender_name="Skolen")
    assert found.henvendelse is Henvendelse.MELLEMKOMMUNAL
    assert found.pligt is Pligt.MELLEMKOMMUNAL
    assert found.underretter == "1"


def test_a_forwarded_mail_is_from_who_wrote_it_first() -> None:
    found = about(
        "Se her\n\n— Videresendt mail —\nFra: Børnehaven Prøveblomsten leder@b.example\nEmne: x",
        subject="VS: Underretning",
        sender_name="Borgerservice",
        sender_address="borgerservice@proevestrup.example",
    )
    assert found.notifier_address == "leder@b.example"
    assert found.underretter == "3"


def test_an_application_is_one_only_where_nothing_says_underretning() -> None:
    plain = about("Jeg søger tabt arbejdsfortjeneste.", subject="Ansøgning om merudgifter")
    assert plain.henvendelse is Henvendelse.ANSOEGNING
    mixed = about("Vi vil også underrette om drengen.", subject="Ansøgning om merudgifter")
    assert mixed.henvendelse is Henvendelse.UNDERRETNING
    assert about("Jeg ansøger om hjælp til Alma.").henvendelse is Henvendelse.UNDERRETNING


def test_an_anonymous_form_gives_nobody_away() -> None:
    found = about(
        "Underretter: Ønsker at være anonym",
        sender_name="Selvbetjening",
        sender_address="ingen-svar@selvbetjening.example",
    )
    assert found.anonymous
    assert found.underretter == "8"
    assert (found.notifier_name, found.notifier_address) == ("", "")


def test_somebody_we_can_answer_is_not_anonymous_by_a_word() -> None:
    found = about("Jeg vil gerne være anonym", sender_name="A", sender_address="a@post.example")
    assert not found.anonymous


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Vi er ikke bekendt med vold i hjemmet", set()),
        ("Der er ingen misbrug eller alkohol", set()),
        ("Der er vold i hjemmet.", {"13"}),
        ("Far bliver fuld, han drikker hver dag", {"9"}),
        ("Hun har fuld tillid til os", set()),
        ("Han er uden madpakke", {"14"}),
        ("Faren slår ham", {"18"}),
    ],
)
def test_a_concern_that_is_denied_is_not_suggested(text: str, codes: set[str]) -> None:
    assert set(about(text).concerns) == codes


def test_suspected_abuse_is_told_by_whom() -> None:
    assert about("Hun bliver slået af sin far").overgreb is Overgreb.FORAELDRE
    assert about("Der er tale om overgreb fra en ældre dreng").overgreb is Overgreb.ANDRE


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Mor er orienteret om underretningen.", Orienteret.JA),
        ("Forældrene er ikke orienteret.", Orienteret.NEJ),
        ("Forældrene er ikke orienteret, fordi far slår hende.", Orienteret.NEJ_OVERGREB),
        ("Vi har set hende.", Orienteret.UOPLYST),
    ],
)
def test_whether_the_family_knows_is_read(text: str, answer: Orienteret) -> None:
    assert about(text).orienteret is answer


def test_a_code_out_of_use_is_not_suggested() -> None:
    old = suggested("Der er social kontrol", on=date(2020, 1, 1))
    assert "aeres" not in old.concerns


@pytest.mark.parametrize(
    "text",
    [
        "En dreng ved navn Søren Testrup på 15 år blive slået hver aften.",
        "Han bliver hver aften slået.",
        "Hun blev slået i går.",
        "Far banker ham.",
        "Mor slår sin søn.",
        "Børnene får tæsk.",
    ],
)
def test_blows_are_heard_however_they_are_told(text: str) -> None:
    assert "18" in about(text).concerns


@pytest.mark.parametrize(
    "text", ["Han bliver ikke slået.", "Hun bliver aldrig nogensinde slået.", "Bilen er slået op."]
)
def test_no_blows_are_heard_where_there_are_none(text: str) -> None:
    assert "18" not in about(text).concerns


@pytest.mark.parametrize(
    ("sender", "name", "organisation"),
    [
        ("Jordemoder Anne Prøvestrøm", "Anne Prøvestrøm", ""),
        ("Prøvestrup Skole, klasselærer Lise Testborg", "Lise Testborg", "Prøvestrup Skole"),
        ("Sundhedsplejerske Ida Sofie Prøve", "Ida Sofie Prøve", ""),
        ("Lægehuset Prøvestrup", "", "Lægehuset Prøvestrup"),
        ("Tandlæge", "", "Tandlæge"),
    ],
)
def test_a_letter_is_addressed_to_the_person_and_not_to_what_they_do(
    sender: str, name: str, organisation: str
) -> None:
    found = suggested("x", sender_name=sender, on=ON)
    assert (found.notifier_name, found.notifier_organisation) == (name, organisation)
    assert found.professional


KRISECENTER = (
    "Vi underretter om Anton Testgran. Han og mor flyttede ind på krisecentret i går, efter at far "
    "havde slået mor.\n\nVenlig hilsen\nMette Prøveskov, socialrådgiver\nPrøvestrup Krisecenter"
)


@pytest.mark.parametrize("name", ["Prøvestrup Krisecenter", "Testhus for kvinder", ""])
def test_a_professional_at_a_shelter_is_never_taken_for_a_private_person(name: str) -> None:
    found = about(KRISECENTER, sender_name=name)
    assert found.pligt is Pligt.FAGPERSON
    assert found.professional is True


def test_the_shelters_letter_greets_who_signed_it() -> None:
    found = about(KRISECENTER, sender_name="Prøvestrup Krisecenter", sender_address="v@k.example")
    assert found.notifier_name == "Mette Prøveskov"
    assert found.notifier_organisation == "Prøvestrup Krisecenter"


@pytest.mark.parametrize(
    "end",
    ["Mvh Lise Testborg", "Med venlig hilsen\nLærer Lise Testborg", "Vh.\nLise Testborg, 3. b"],
)
def test_who_signed_is_found_however_they_greet(end: str) -> None:
    found = about(f"Alma kommer for sent.\n{end}", sender_name="Prøvestrup Skole")
    assert found.notifier_name == "Lise Testborg"


def test_an_association_alone_says_nothing_of_the_duty() -> None:
    assert about("Jeg er frivillig", sender_name="Prøveforeningen").pligt is None


def test_a_professional_who_names_a_grandmother_is_left_open_rather_than_private() -> None:
    found = about("Mormor ringer til os om Anton.\nVenlig hilsen\nMette Prøveskov, psykolog")
    assert found.underretter is None
    assert found.pligt is None


@pytest.mark.parametrize(
    ("code", "duty"),
    [("2", "133"), ("4", "133"), ("3", "133"), ("10", "133"), ("13", "135"), ("12", "135"),
     ("8", "135"), ("1", "132"), ("11", None), ("99", None), (None, None)],
)  # fmt: skip
def test_each_type_of_notifier_suggests_its_usual_duty(code: str | None, duty: str | None) -> None:
    assert usual_duty(code) == duty
