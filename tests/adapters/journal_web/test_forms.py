"""Every form says in Danish what is missing, keeps what was typed, and saves once."""

import re
from datetime import date
from uuid import uuid4

import pytest

from dubu_journal import cases, documents, notes, parties, reminders
from dubu_journal.host import Host

from ..conftest import Clock, Municipality
from .conftest import Browse, Browser

WHEN = {"dato": "2026-10-26", "dato_tid": "08.30"}
PERSON = {"slags": "person", "navn": "Viggo Testvad", "cpr": ""}

WRONG = [
    ("/sager/ny", {**PERSON, "titel": ""}, "Skriv en titel"),
    ("/sager/ny", {**PERSON, "titel": "T", "emne": ""}, "Vælg eller skriv et KLE-emne"),
    ("/sager/ny", {**PERSON, "titel": "T", "emne": "99.99.99"}, "Emnet findes ikke i KLE-listen"),
    (
        "/sager/ny",
        {**PERSON, "titel": "T", "emne": "27.24.00", "facet": "?"},
        "Facetten er et bogstav",
    ),
    ("/sager/ny", {**PERSON, "titel": "T" * 451, "emne": "27.24.00"}, "Skriv højst 450 tegn"),
    ("/sager/ny", {**PERSON, "titel": "T", "navn": ""}, "Skriv et navn, eller et nummer"),
    ("/sager/ny", {**PERSON, "titel": "T", "cpr": "310299-1234"}, "begynde med en dato"),
    ("/sager/ny", {**PERSON, "titel": "T", "cpr": "0101-1"}, "skal have ti cifre"),
    ("/sager/ny", {"titel": "T", "slags": "company", "cvr": "12345678"}, "otte cifre"),
    ("/sager/ny", {"titel": "T", "slags": "noget"}, "Vælg, om det er en person"),
    (
        "/sager/1/journal",
        {"titel": "", "tekst": "Min tekst", **WHEN},
        "Skriv, hvad notatet handler om",
    ),
    ("/sager/1/journal", {"titel": "Mit emne", "tekst": "", **WHEN}, "Skriv notatet."),
    ("/sager/1/journal", {"titel": "E", "tekst": "T", "dato": "31-02-2026"}, "fx 24-12-2026"),
    (
        "/sager/1/journal",
        {"titel": "E", "tekst": "T", "dato": "26-10-2026", "dato_tid": "25"},
        "fx 14.30",
    ),
    (
        "/sager/1/journal",
        {"titel": "E", "tekst": "T", "dato": "01-01-2030"},
        "kan ikke være sket endnu",
    ),
    ("/sager/1/journal", {"titel": "E", "tekst": "T" * 200_001, **WHEN}, "Teksten er for lang"),
    ("/sager/1/erindringer", {"titel": "", "dato": "2026-11-01"}, "Skriv, hvad du vil huskes på"),
    ("/sager/1/erindringer", {"titel": "T", "dato": "2026-10-01"}, "Datoen er gået"),
    ("/sager/1/erindringer", {"titel": "T", "dato": "2026-11-01", "ansvarlig": "x"}, "Vælg, hvem"),
    ("/sager/1/kalender", {"titel": "", "dato": "2026-11-01"}, "Skriv, hvad aftalen er"),
    (
        "/sager/1/kalender",
        {"titel": "T", "dato": "2026-11-01", "fra": "10"},
        "hvornår aftalen slutter",
    ),
    (
        "/kalender",
        {"titel": "T", "dato": "2026-11-01", "fra": "10", "til": "9"},
        "skal slutte efter",
    ),
    ("/sager/1/parter/ny", {"slags": "person", "navn": ""}, "Skriv et navn"),
    ("/sager/1/parter/ny", {"slags": "person", "cpr": "120815-9998"}, "er ikke i adressebogen"),
    ("/sager/1/parter/ny", {"kontakt": "999999"}, "findes ikke mere i adressebogen"),
    ("/sager/1/parter/ny", {"knap": "soeg", "soeg": ""}, "Skriv et navn, et CPR-nummer"),
    ("/sager/1/ret", {"knap": "gem", "titel": ""}, "Skriv en titel."),
    ("/sager/1/ret", {"knap": "gem", "titel": "T", "status": "x"}, "Vælg en status"),
    ("/sager/1/ret", {"knap": "medarbejder", "medarbejder": ""}, "Vælg en medarbejder."),
    ("/sager/1/dokumenter/nyt", {"titel": "", "retning": "in"}, "Skriv dokumentets titel"),
    ("/sager/1/dokumenter/nyt", {"titel": "T", "retning": "in"}, "Vælg en fil."),
    ("/adressebog/ny", {"slags": "person", "navn": ""}, "Skriv navnet."),
    ("/adressebog/ny", {"slags": "person", "navn": "N", "email": "x"}, "navn@eksempel.dk"),
    ("/adressebog/ny", {"slags": "person", "navn": "N", "cpr": "031216-0001"}, "allerede en med"),
    ("/adressebog/1/ret", {"navn": ""}, "Skriv navnet."),
    ("/adressebog", {"soeg": ""}, "Skriv et navn, et CPR-nummer"),
    ("/soeg", {"soeg": "a"}, "Skriv mindst to bogstaver"),
    ("/log-ind", {"bruger": ""}, "Vælg, hvem du er"),
]


@pytest.mark.parametrize(("path", "form", "sentence"), WRONG)
def test_a_form_says_what_is_missing_and_keeps_the_rest(
    path: str, form: dict[str, str], sentence: str, karen: Browser
) -> None:
    answer = karen.post(path, form)
    assert answer.status_code == 422
    assert sentence in answer.text
    written = {
        name: text for name, text in form.items() if name in {"titel", "tekst", "navn", "cpr"}
    }
    for text in written.values():
        assert text[:400] in answer.text


def test_a_new_case_is_about_somebody(karen: Browser, host: Host) -> None:
    form = {**PERSON, "titel": "Testvad, Viggo", "emne": "27.24.00 Særlig støtte", "facet": "g01"}
    answer = karen.post("/sager/ny", form)
    assert "Sagen er oprettet." in answer.text
    with host.database.reading() as connection:
        case = cases.get(connection, int(answer.url.path.split("/")[-1]))
        assert (case.number, case.responsible, case.unit) == (
            "27.24.00-G01-4-26",
            "karen",
            "familie",
        )
        assert [p.contact.name for p in parties.of_case(connection, case.id)] == ["Viggo Testvad"]


def test_somebody_in_the_address_book_is_not_put_there_again(karen: Browser, host: Host) -> None:
    form = {
        **PERSON,
        "titel": "Endnu en sag",
        "emne": "27.24.00",
        "facet": "G01",
        "cpr": "0312160001",
    }
    answer = karen.post("/sager/ny", form)
    with host.database.reading() as connection:
        on_case = parties.of_case(connection, int(answer.url.path.split("/")[-1]))
        assert [party.contact.name for party in on_case] == ["Alma Testvad"]


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/sager/ny", {**PERSON, "titel": "T", "emne": "27.24.00", "facet": "G01"}),
        ("/sager/1/journal", {"titel": "E", "tekst": "T", **WHEN}),
        (
            "/sager/1/erindringer",
            {"titel": "T", "dato": "2026-11-01", "ansvarlig": "karen", "slags": "Frist"},
        ),
        ("/sager/1/kalender", {"titel": "T", "dato": "2026-11-01", "fra": "10", "til": "11.30"}),
        ("/sager/1/parter/ny", {"slags": "other", "navn": "Bedstemor"}),
        ("/adressebog/ny", {"slags": "other", "navn": "Bedstemor"}),
    ],
)
def test_a_double_click_saves_once(
    path: str, form: dict[str, str], karen: Browser, host: Host
) -> None:
    shown = karen.get(path).text
    key = re.search(r'name="noegle" value="([^"]+)"', shown)
    assert key is not None
    first, second = (karen.post(path, {**form, "noegle": key[1]}) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert first.url == second.url
    again = karen.post(path, {**form, "noegle": str(uuid4()), "titel": "En anden"})
    assert again.status_code == 200


def test_a_note_is_written_at_the_danish_time_it_happened(karen: Browser, host: Host) -> None:
    form = {"titel": "Samtale", "tekst": "Æøå 😀", "dato": "24-10-2026", "dato_tid": "14.05"}
    answer = karen.post("/sager/1/journal", form)
    assert "24-10-2026 kl. 14.05" in answer.text
    with host.database.reading() as connection:
        note = notes.of_case(connection, 1, limit=1)[0]
    assert (note.body, note.occurred_at.hour, note.created_by) == ("Æøå 😀", 12, "karen")


def test_a_closed_case_takes_no_note_and_the_text_stays(
    karen: Browser, host: Host, clock: Clock
) -> None:
    with host.database.writing() as connection:
        cases.set_status(connection, 1, cases.CLOSED, "", clock.now)
    answer = karen.post("/sager/1/journal", {"titel": "E", "tekst": "Det jeg skrev", **WHEN})
    assert answer.status_code == 422
    assert "Sagen er afsluttet. Genåbn den" in answer.text
    assert "Det jeg skrev" in answer.text


def test_two_people_change_a_case_and_the_second_sees_it(karen: Browser, browse: Browse) -> None:
    form = {
        "knap": "gem",
        "titel": "Karens titel",
        "ansvarlig": "karen",
        "enhed": "familie",
        "status": "aktiv",
        "udgave": "1",
    }
    assert "Sagen er ændret." in karen.post("/sager/1/ret", form).text
    late = browse("lone").post("/sager/1/ret", {**form, "titel": "Lones titel"})
    assert late.status_code == 422
    assert "En anden har ændret sagen imens" in late.text
    assert "Karens titel" in late.text
    assert "Lones titel" in late.text
    again = re.search(r'name="udgave" value="(\d+)"', late.text)
    assert again is not None
    saved = browse("lone").post(
        "/sager/1/ret", {**form, "titel": "Lones titel", "udgave": again[1]}
    )
    assert "Lones titel" in saved.text


def test_whoever_gives_a_case_away_is_not_shown_a_closed_door(karen: Browser) -> None:
    form = {
        "knap": "gem",
        "titel": "T",
        "ansvarlig": "peter",
        "enhed": "modtagelse",
        "status": "aktiv",
        "udgave": "1",
    }
    answer = karen.post("/sager/1/ret", form)
    assert (answer.url.path, answer.status_code) == ("/sager", 200)


def test_a_case_is_closed_and_opened_again(karen: Browser, host: Host) -> None:
    form = {"knap": "gem", "titel": "T", "ansvarlig": "karen", "enhed": "familie"}
    karen.post(
        "/sager/1/ret", {**form, "status": "afsluttet", "bemaerkning": "Slut", "udgave": "1"}
    )
    with host.database.reading() as connection:
        closed = cases.get(connection, 1)
    assert (closed.status, closed.title, closed.status_comment) == ("afsluttet", "T", "Slut")
    karen.post("/sager/1/ret", {**form, "status": "aktiv", "udgave": str(closed.version)})
    with host.database.reading() as connection:
        assert cases.get(connection, 1).status == "aktiv"


def test_a_member_is_put_on_a_case_and_taken_off(
    karen: Browser, browse: Browse, host: Host
) -> None:
    karen.post("/sager/3/ret", {"knap": "medarbejder", "medarbejder": "mads"})
    assert browse("mads").get("/sager/3").status_code == 200
    karen.post("/sager/3/ret", {"knap": "medarbejder", "medarbejder": "mads", "fjern": "mads"})
    assert browse("mads").get("/sager/3").status_code == 404


def test_a_party_is_added_from_the_book_and_taken_off(
    karen: Browser, municipality: Municipality
) -> None:
    found = karen.post("/sager/1/parter/ny", {"knap": "soeg", "soeg": "Prøvestrup Skole"})
    school = str(municipality.contacts["Prøvestrup Skole"])
    assert f'name="kontakt" value="{school}"' in found.text
    listed = karen.post("/sager/1/parter/ny", {"kontakt": school, "rolle": "Skole"})
    assert "Prøvestrup Skole" in listed.text
    assert "Prøvestrup Skole" not in karen.post("/sager/1/parter", {"fjern": school}).text


def test_the_one_a_case_is_about_cannot_be_taken_off(karen: Browser, host: Host) -> None:
    karen.post("/sager/1/parter", {"fjern": "1"})
    with host.database.reading() as connection:
        assert parties.of_case(connection, 1)[0].contact.name == "Alma Testvad"


def test_a_reminder_is_set_and_ticked_off(karen: Browser, host: Host) -> None:
    form = {"titel": "Husk mælk", "dato": "2026-11-01", "ansvarlig": "karen", "slags": "Erindring"}
    assert "Husk mælk" in karen.post("/sager/1/erindringer", form).text
    with host.database.reading() as connection:
        there = next(r for r in reminders.of_case(connection, 1) if r.title == "Husk mælk")
    assert there.due.isoformat() == "2026-11-01T22:59:00+00:00"
    karen.post("/sager/1/erindringer", {"udfoert": str(there.id)})
    with host.database.reading() as connection:
        assert reminders.get(connection, there.id).completed_by == "karen"


def test_a_reminder_of_another_case_is_not_there(karen: Browser, host: Host) -> None:
    with host.database.reading() as connection:
        other = reminders.of_case(connection, 1)[0].id
    assert karen.post("/sager/2/erindringer", {"udfoert": str(other)}).status_code == 404


def test_an_entry_without_a_time_is_for_the_whole_day(karen: Browser) -> None:
    assert "Hele dagen" in karen.post("/kalender", {"titel": "Fri", "dato": "28-10-2026"}).text


def test_a_protected_address_survives_a_change_of_the_rest(
    karen: Browser, municipality: Municipality, host: Host
) -> None:
    mother = municipality.contacts["Mette Testvad"]
    form = {"navn": "Mette Prøvevad", "beskyttet_adresse": "ja", "telefon": "1", "udgave": "1"}
    assert "Mette Prøvevad" in karen.post(f"/adressebog/{mother}/ret", form).text
    with host.database.reading() as connection:
        kept = parties.of_case(connection, 1)[1].contact
    assert (kept.address, kept.protected_address) == ("Hemmelig Sti 9, 9999 Prøvestrup", True)
    bare = {"navn": "Mette Prøvevad", "udgave": "2"}
    assert karen.post(f"/adressebog/{mother}/ret", bare).status_code == 422


def test_a_form_that_is_no_form_is_refused_in_words(karen: Browser) -> None:
    answer = karen.post(
        "/sager/1/journal",
        content=b"not a form",
        headers={"Content-Type": "multipart/form-data"},
    )
    assert answer.status_code == 400
    assert "Formularen kunne ikke læses" in answer.text


def test_a_document_is_filed_with_its_files(karen: Browser, host: Host) -> None:
    form = {
        "titel": "To filer",
        "retning": "in",
        "dato": "23-10-2026",
        "delforloeb": " Undersøgelse ",
    }
    files = [
        ("filer", ("../../etc/brev æøå.txt", b"en", "text/html")),
        ("filer", ("tom.pdf", b"", "application/pdf")),
    ]
    answer = karen.post("/sager/1/dokumenter/nyt", form, files=files)
    assert "Dokumentet er journaliseret." in answer.text
    with host.database.reading() as connection:
        document = documents.get(connection, int(answer.url.path.split("/")[-1]))
        kept = documents.files(connection, document.id)
    assert (document.filed, document.document_date) == (True, date(2026, 10, 23))
    assert [(f.name, f.media_type, f.size) for f in kept] == [
        ("brev æøå.txt", "text/plain", 2),
        ("tom.pdf", "application/pdf", 0),
    ]
    assert "Undersøgelse" in karen.get("/sager/1/dokumenter").text
