"""The child is found where number and name agree; else likely ones are shown with the family."""

from dataclasses import replace
from uuid import uuid4

import pytest

from dubu_plugin.domain.match import ChildState
from dubu_plugin.ports.journal_errors import CaseClosed
from dubu_plugin.ports.journal_objects import NewCase, Op, Party, PartyKind
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.family import personer
from dubu_plugin.store.keys import op_key
from dubu_plugin.store.tables import (
    candidates,
    conflicts,
    employees,
    known_cases,
    sager,
    ties,
)
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import NOW, Reception
from dubu_plugin.usecases.underretning.child_choice import ChildByCpr
from dubu_plugin.usecases.underretning.choose_child import choose_child

TEXT = "Vi underretter om Alma Testvad, CPR 031216-4990. Stort fravær."


def host_case(reception: Reception, *, subject: str = "27.24.00", closed: bool = False) -> str:
    """Have the host hold a case on Alma."""
    alma = reception.persons.people["person-1"]
    party = Party(PartyKind.PERSON, alma.name, cpr=alma.cpr)
    key = op_key(uuid4(), "case")
    case = reception.journal.create_case(
        NewCase("Alma Testvad", "anders", party, subject_code=subject), Op(key, "anders")
    )
    if closed:
        reception.journal.close_case(case.ref)
    return case.ref.key


def test_number_and_name_that_agree_find_the_child_and_open_its_case(reception: Reception) -> None:
    about = reception.about(reception.registered(made_post.eml(TEXT)))
    assert about.child_state is ChildState.FOUND
    assert about.sag_id is not None
    sag = reception.rows(sager)[0]
    assert sag.number is not None
    assert reception.happened(about.id) == ["underretning_modtaget", "barn_fundet"]
    assert [one.meta.title for one in reception.documents()] == [
        "Underretning fra skolen, 2. marts 2026"
    ]
    assert set(reception.told()) == {
        "match_child",
        "find_case",
        "open_case",
        "add_parties",
        "file_document",
    }
    assert {state for states in reception.told().values() for state in states} == {"udfoert"}


def test_the_original_is_filed_untouched_with_a_note(reception: Reception) -> None:
    raw = made_post.eml(TEXT, attachments=[("bilag.txt", "text/plain", b"Bilag")])
    reception.registered(raw)
    document = reception.documents()[0]
    files = reception.journal.files(document.ref)
    assert {file.name for file in files} == {"mail.eml", "bilag.txt"}
    original = next(file for file in files if file.name == "mail.eml")
    with reception.journal.open_file(original.ref) as content:
        assert content.read() == raw
    folder = next(iter(reception.journal.folders.values()))
    assert folder.notes[0].title == "Underretning modtaget"
    assert "Skole" in folder.notes[0].body
    assert "Alma" not in folder.notes[0].body


def test_a_dangerous_file_is_not_put_into_the_journal_inside_the_mail_either(
    reception: Reception,
) -> None:
    program = ("x.exe", "application/x-dosexec", made_post.PROGRAM)
    raw = made_post.eml(TEXT, attachments=[program, ("bilag.txt", "text/plain", b"Bilag")])
    reception.registered(raw)
    files = reception.journal.files(reception.documents()[0].ref)
    assert {file.name for file in files} == {"Tekst.txt", "bilag.txt"}
    for file in files:
        with reception.journal.open_file(file.ref) as content:
            assert made_post.PROGRAM[:64] not in content.read()
    note = next(iter(reception.journal.folders.values())).notes[0].body
    assert "x.exe (kan være skadelig)" in note
    assert "mail.eml (rummer noget, der kan være skadeligt)" in note
    assert "Originalen ligger på sagen" not in note


def test_a_program_that_is_called_a_letter_stays_out_of_the_journal(reception: Reception) -> None:
    number = reception.registered(made_post.PROGRAM, "mail.eml")
    choice = ChildByCpr("031216-4990", "Alma Testvad")
    choose_child(number, choice, version=reception.about(number).version, **reception.by())
    reception.deliver()
    files = reception.journal.files(reception.documents()[0].ref)
    assert [file.name for file in files] == ["Tekst.txt"]
    folder = next(iter(reception.journal.folders.values()))
    assert "mail.eml (kan være skadelig)" in folder.notes[0].body


def test_a_name_alone_is_never_chosen(reception: Reception) -> None:
    about = reception.about(
        reception.registered(made_post.eml("Vi underretter om Alma Testvad, Prøvegade 7."))
    )
    assert about.child_state is ChildState.SUGGESTED
    assert about.child_id is None
    assert about.sag_id is None
    rows = reception.rows(candidates, underretning_id=about.id)
    assert [row.reasons for row in rows] == ["navn,adresse"]
    assert reception.rows(sager) == []


def test_two_children_are_for_a_person_to_choose_between(reception: Reception) -> None:
    text = "Alma Testvad, 031216-4990, og Viggo Prøvesen, 021221-4991, er alene hjemme."
    about = reception.about(reception.registered(made_post.eml(text)))
    assert about.child_state is ChildState.SUGGESTED
    assert len(reception.rows(candidates, underretning_id=about.id)) == 2


def test_a_parents_number_shows_the_children(reception: Reception) -> None:
    text = "Sanne Testvad, 230388-1990, drikker. Barnet hedder Alma."
    about = reception.about(reception.registered(made_post.eml(text)))
    assert about.child_id is None
    reasons = {row.reasons for row in reception.rows(candidates, underretning_id=about.id)}
    assert any("foraelder" in one for one in reasons)


def test_an_expectant_mother_is_suggested_and_never_taken_for_the_child(
    reception: Reception,
) -> None:
    text = "Den gravides navn Freja Prøvelund\nCPR 170203-4990\ntermin 28-09-2026"
    about = reception.about(reception.registered(made_post.eml(text)))
    assert about.child_state is ChildState.SUGGESTED
    assert "gravid" in reception.rows(candidates, underretning_id=about.id)[0].reasons


def test_nobody_named_is_nobody_found(reception: Reception) -> None:
    about = reception.about(reception.registered(made_post.eml("En dreng står ved bussen.")))
    assert about.child_state is ChildState.UNKNOWN
    assert about.matched_at is not None


def test_the_family_is_kept_so_that_no_page_asks_for_it(reception: Reception) -> None:
    about = reception.about(reception.registered(made_post.eml(TEXT)))
    assert about.child_id is not None
    with reception.product.store.read() as connection:
        family = personer.family_of(connection, about.child_id)
    assert {(one.person.name, one.tie) for one in family} == {
        ("Sanne Testvad", Tie.MOTHER),
        ("Michael Prøvesen", Tie.FATHER),
        ("Viggo Prøvesen", Tie.SIBLING),
    }


def test_a_half_sibling_is_found_through_the_parent(reception: Reception) -> None:
    half = reception.person("Storm Prøvesen", "030411-4993")
    reception.related("person-4", half, Tie.CHILD, Tie.FATHER)
    about = reception.about(reception.registered(made_post.eml(TEXT)))
    rows = reception.rows(ties, person_id=about.child_id, tie="soeskende")
    assert len(rows) == 2


def test_the_adults_other_cases_are_kept(reception: Reception) -> None:
    sanne = reception.persons.people["person-3"]
    party = Party(PartyKind.PERSON, sanne.name, cpr=sanne.cpr)
    new = NewCase("Sanne Testvad", "anders", party, subject_code="27.24.00")
    reception.journal.create_case(new, Op(op_key(uuid4(), "x"), "anders"))
    reception.registered(made_post.eml(TEXT))
    assert [row.title for row in reception.rows(known_cases)] == ["Sanne Testvad"]
    assert [row.primary for row in reception.rows(known_cases)] == [True]


def test_a_running_case_in_the_host_is_joined_and_no_second_one_opened(
    reception: Reception,
) -> None:
    key = host_case(reception)
    about = reception.about(reception.registered(made_post.eml(TEXT)))
    assert [row.host_key for row in reception.rows(sager)] == [key]
    assert len(reception.journal.folders) == 1
    assert about.responsible == "anders", "the case's own caseworker is told"
    assert len(reception.documents()) == 1


@pytest.mark.parametrize("how", ["closed", "of another kind"])
def test_a_case_that_is_none_of_ours_is_left_alone(reception: Reception, how: str) -> None:
    if how == "closed":
        host_case(reception, closed=True)
    else:
        host_case(reception, subject="27.69.00")
    reception.registered(made_post.eml(TEXT))
    assert len(reception.journal.folders) == 2


def test_a_second_underretning_joins_the_childs_case(reception: Reception) -> None:
    first = reception.about(reception.registered(made_post.eml(TEXT)))
    other = reception.about(
        reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<2@x>"))
    )
    assert other.sag_id == first.sag_id
    assert len(reception.journal.folders) == 1
    assert len(reception.documents()) == 2


def test_a_closed_case_is_reopened_here_and_in_the_host(reception: Reception) -> None:
    first = reception.about(reception.registered(made_post.eml(TEXT)))
    sag = reception.rows(sager)[0]
    reception.journal.close_case(next(iter(reception.journal.folders.values())).case.ref)
    with reception.product.store.write(actor="anders", now=NOW) as work:
        from dubu_plugin.store.sag import sager as cases

        cases.change(work.connection, sag.id, phase="closed", step="afsluttet", closed_at=NOW)
    other = reception.about(
        reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<2@x>"))
    )
    assert other.sag_id == first.sag_id
    after = reception.rows(sager)[0]
    assert (after.phase, after.step, after.closed_at) == ("active", "modtaget", None)
    assert "sag_genaabnet" in reception.happened(other.id)
    assert len(reception.journal.folders) == 1
    assert len(reception.documents()) == 2


def test_a_case_closed_in_the_host_alone_is_reopened_there(reception: Reception) -> None:
    reception.registered(made_post.eml(TEXT))
    reception.journal.close_case(next(iter(reception.journal.folders.values())).case.ref)
    reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<2@x>"))
    assert len(reception.documents()) == 2
    assert "afvist" not in {state for states in reception.told().values() for state in states}


def test_a_host_that_keeps_its_closed_cases_shut_gets_a_new_one(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reception.about(reception.registered(made_post.eml(TEXT)))
    before = reception.rows(sager)[0].host_key
    reception.journal.close_case(next(iter(reception.journal.folders.values())).case.ref)

    def shut(*_: object, **__: object) -> None:
        raise CaseClosed("fake", "set_phase")

    monkeypatch.setattr(reception.journal, "set_phase", shut)
    other = reception.about(
        reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<2@x>"))
    )
    assert other.sag_id == first.sag_id, "with us it is the same case"
    assert reception.rows(sager)[0].host_key != before
    assert len(reception.journal.folders) == 2
    assert len(reception.documents()) == 2


def test_an_employee_cannot_open_what_is_about_their_family(reception: Reception) -> None:
    with reception.product.store.write(actor="system", now=NOW) as work:
        work.connection.execute(
            employees.update().where(employees.c.key == "mette").values(person_key="person-5")
        )
    about = reception.about(reception.registered(made_post.eml(TEXT)))
    rows = {(row.employee, row.person_id) for row in reception.rows(conflicts)}
    assert ("mette", about.child_id) in rows, "the father's mother is the child's grandmother"


def test_a_protected_address_never_lands_among_the_reasons(reception: Reception) -> None:
    people = reception.persons.people
    people["person-1"] = replace(people["person-1"], protected_address=True)
    text = "Vi underretter om Alma Testvad, Prøvegade 7."
    about = reception.about(reception.registered(made_post.eml(text)))
    assert [row.reasons for row in reception.rows(candidates, underretning_id=about.id)] == ["navn"]


def test_the_host_down_for_an_hour_delays_and_loses_nothing(reception: Reception) -> None:
    reception.journal.down = True
    receipt = reception.receive(made_post.eml(TEXT))
    reception.deliver()
    assert receipt.underretning is not None
    assert reception.told() == {"match_child": ["planlagt"]}
    assert reception.about(receipt.underretning).child_state is ChildState.UNKNOWN
    reception.journal.down = False
    reception.town.now = NOW.replace(hour=14)
    reception.deliver()
    assert reception.about(receipt.underretning).child_state is ChildState.FOUND
    assert len(reception.documents()) == 1


def test_a_person_who_was_quicker_is_not_overruled(reception: Reception) -> None:
    from dubu_plugin.usecases.underretning.child_choice import UnknownChild
    from dubu_plugin.usecases.underretning.choose_child import choose_child

    receipt = reception.receive(made_post.eml(TEXT))
    assert receipt.underretning is not None
    chosen = choose_child(
        receipt.underretning,
        UnknownChild("dreng"),
        version=1,
        product=reception.product,
        asker=reception.asker(),
        now=NOW,
    )
    reception.deliver()
    assert reception.about(receipt.underretning).child_id == chosen.child


def test_an_application_about_a_disability_gets_a_case_of_its_own(reception: Reception) -> None:
    first = reception.about(reception.registered(made_post.eml(TEXT)))
    asked = "Jeg søger tabt arbejdsfortjeneste til Alma Testvad, CPR 031216-4990."
    other = reception.about(
        reception.registered(made_post.eml(asked, subject="Ansøgning", message_id="<2@x>"))
    )
    assert other.sag_id != first.sag_id
    assert {row.area for row in reception.rows(sager)} == {"udsatte_boern", "boernehandicap"}
    third = reception.about(
        reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<3@x>"))
    )
    assert third.sag_id == first.sag_id


def test_an_application_is_filed_as_from_the_one_who_applies(reception: Reception) -> None:
    asked = "Jeg søger tabt arbejdsfortjeneste til Alma Testvad, CPR 031216-4990."
    reception.registered(made_post.eml(asked, subject="Ansøgning"))
    reception.deliver()
    [document] = reception.documents()
    assert document.meta.title == "Ansøgning, 2. marts 2026"
    assert document.meta.party == "Ansøger, Prøvestrup Skole"
