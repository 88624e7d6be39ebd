"""Saying which child it is, two people saving at once, what is put right, and who may."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.cpr import NotACpr
from dubu_plugin.domain.intake import InTheFuture
from dubu_plugin.domain.match import ChildState
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.domain.vurdering import NotComplete
from dubu_plugin.errors import CaseworkError
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import known_family, personer
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.tables import (
    frister,
    haendelser,
    read_log,
    vurderinger,
)
from dubu_plugin.store.tables import sager as sager_table
from dubu_plugin.testing import made_post
from dubu_plugin.testing.fake_ports import FIE
from dubu_plugin.testing.reception import GOOD, NOW, TEXT, Reception
from dubu_plugin.usecases.underretning.assess import (
    NotAnUnderretning,
)
from dubu_plugin.usecases.underretning.child_choice import (
    ChildByCpr,
    DueMissing,
    DueTooFar,
    GrownUpChosen,
    KnownChild,
    NameMissing,
    OwnFamily,
    UnbornChild,
    UnknownChild,
)
from dubu_plugin.usecases.underretning.choose_child import choose_child
from dubu_plugin.usecases.underretning.correct import Corrections, NotInUse
from dubu_plugin.usecases.underretning.saved_by_another import SavedByAnother


@pytest.fixture
def alma(reception: Reception) -> UUID:
    return reception.registered(made_post.eml(TEXT))


# -- the child -------------------------------------------------------------------------------------


@pytest.fixture
def nobody(reception: Reception) -> UUID:
    return reception.registered(made_post.eml("En dreng står alene ved bussen hver dag."))


def test_without_a_child_it_is_not_an_assessment(reception: Reception, nobody: UUID) -> None:
    with pytest.raises(NotComplete) as no:
        reception.save(nobody)
    assert [one.field for one in no.value.problems] == ["barn"]


def test_an_unknown_child_gets_a_case_without_a_number(reception: Reception, nobody: UUID) -> None:
    done = reception.save(nobody, child=UnknownChild("dreng, 5-6 år"), kvittering=True)
    reception.deliver()
    about = reception.about(nobody)
    assert about.child_state is ChildState.UNKNOWN
    assert about.sag_id == done.sag
    sag = reception.rows(sager_table)[0]
    assert sag.title == "Ukendt barn (dreng, 5-6 år)"
    assert sag.host_key is not None
    assert reception.deadlines(nobody)["UND-KVIT"] == "opfyldt"


def test_an_unborn_child_is_registered_on_its_mother(reception: Reception) -> None:
    text = "Den gravides navn Freja Prøvelund\nCPR 170203-4990\ntermin 28-09-2026"
    underretning = reception.registered(made_post.eml(text))
    choice = UnbornChild(date(2026, 9, 28), mother_cpr="170203-4990")
    reception.save(underretning, child=choice)
    reception.deliver()
    about = reception.about(underretning)
    assert about.child_state is ChildState.UNBORN
    folder = next(iter(reception.journal.folders.values()))
    party = folder.case.primary_party
    assert party is not None
    assert party.cpr is not None
    assert party.cpr.digits == "1702034990"
    with reception.product.store.read() as connection:
        assert about.child_id is not None
        child = personer.by_id(connection, about.child_id)
        family = personer.family_of(connection, about.child_id)
    assert child is not None
    assert (child.name, child.due_date) == ("Ufødt barn af Freja Prøvelund", date(2026, 9, 28))
    assert {one.person.name for one in family} == {"Freja Prøvelund", "Helle Prøvelund"}


def test_a_second_underretning_on_the_unborn_child_joins_its_case(reception: Reception) -> None:
    choice = UnbornChild(date(2026, 9, 28), mother_cpr="170203-4990", mother_name="Freja Prøvelund")
    one = reception.registered(made_post.eml("Freja er gravid."))
    first = reception.save(one, child=choice)
    other = reception.registered(made_post.eml("Freja igen.", message_id="<2@x>"))
    later = replace(choice, due=date(2026, 10, 1))
    assert reception.save(other, child=later).sag == first.sag


@pytest.mark.parametrize(
    ("choice", "error"),
    [
        (ChildByCpr("311399-1234", "Alma"), NotACpr),
        (ChildByCpr("12345", "Alma"), NotACpr),
        (ChildByCpr("140919-4990", ""), NameMissing),
        (UnbornChild(None, mother_cpr="170203-4990"), DueMissing),
        (UnbornChild(date(2029, 1, 2), mother_cpr="170203-4990"), DueTooFar),
        (UnbornChild(date(2020, 1, 2), mother_cpr="170203-4990"), DueTooFar),
        (UnbornChild(date(2026, 9, 28), mother_cpr="999999-0000"), NotACpr),
        (KnownChild(UUID(int=7)), NotYours),
    ],
)
def test_a_choice_that_lacks_something_says_what(
    reception: Reception, nobody: UUID, choice: Any, error: type[CaseworkError]
) -> None:
    with pytest.raises(error) as no:
        reception.save(nobody, child=choice)
    assert no.value.for_people().endswith(".")
    assert reception.about(nobody).child_id is None


def test_a_number_that_fails_the_check_is_a_warning_and_no_more(
    reception: Reception, nobody: UUID
) -> None:
    done = reception.save(nobody, child=ChildByCpr("140919-4990", "Selma Testkilde"))
    assert len(done.warnings) == 1
    assert "modulus 11" in done.warnings[0]
    assert "4990" not in done.warnings[0]


def test_a_typed_number_the_address_book_knows_becomes_that_person(
    reception: Reception, nobody: UUID
) -> None:
    reception.save(nobody, child=ChildByCpr("021221 4991", "V. Prøvesen"))
    reception.deliver()
    about = reception.about(nobody)
    assert about.child_id is not None
    with reception.product.store.read() as connection:
        child = personer.by_id(connection, about.child_id)
    assert child is not None
    assert child.name == "Viggo Prøvesen"


def test_no_case_is_opened_on_a_grown_up(reception: Reception, nobody: UUID) -> None:
    with pytest.raises(GrownUpChosen) as no:
        reception.save(nobody, child=ChildByCpr("230388-1990", "Sanne Testvad"))
    assert "»Et ufødt barn«" in no.value.for_people()
    assert reception.rows(sager_table) == []


def test_nobody_assesses_their_own_family(reception: Reception, alma: UUID) -> None:
    child = reception.about(alma).child_id
    assert child is not None
    reception.town.block("karen", child)
    other = reception.registered(made_post.eml("En dreng.", message_id="<2@x>"))
    with pytest.raises(OwnFamily):
        reception.save(other, child=KnownChild(child))
    with pytest.raises(NotYours):
        reception.save(alma)


def test_the_wrong_child_can_be_put_right_and_the_wrong_case_is_told(
    reception: Reception, alma: UUID
) -> None:
    first = reception.about(alma).sag_id
    chosen = choose_child(
        alma,
        ChildByCpr("021221-4991", "Viggo Prøvesen"),
        version=reception.about(alma).version,
        product=reception.product,
        asker=reception.asker(),
        now=NOW,
    )
    reception.deliver()
    assert chosen.sag != first
    assert len(reception.documents()) == 2
    notes = [note.title for folder in reception.journal.folders.values() for note in folder.notes]
    assert "Underretning flyttet" in notes
    assert {row.person_id for row in reception.rows(frister)} == {chosen.child}


# -- two at once, corrections, doors ---------------------------------------------------------------


def test_the_second_to_save_sees_what_the_first_wrote_and_loses_nothing(
    reception: Reception, alma: UUID
) -> None:
    version = reception.about(alma).version
    reception.save(alma, version=version, by="karen")
    with pytest.raises(SavedByAnother) as no:
        reception.save(alma, replace(GOOD, reason="Min tekst."), version=version, by="mette")
    theirs = no.value.theirs
    assert theirs.by == "karen"
    assert theirs.vurdering is not None
    assert theirs.vurdering.reason == GOOD.reason
    assert theirs.concerns == {"3", "14"}
    assert "Alma" not in f"{no.value} {no.value!r} {theirs!r}"
    assert "står her stadig" in no.value.for_people()
    reception.save(alma, replace(GOOD, reason="Begge."), version=theirs.underretning.version)
    assert [row.version for row in reception.rows(vurderinger)] == [1, 2]


def test_the_match_that_comes_while_somebody_types_is_no_conflict(reception: Reception) -> None:
    receipt = reception.receive(made_post.eml(TEXT))
    assert receipt.underretning is not None
    version = reception.about(receipt.underretning).version
    reception.deliver()
    reception.save(receipt.underretning, version=version)


def test_a_wrong_moment_of_receipt_is_put_right_and_moves_the_clocks(
    reception: Reception, alma: UUID
) -> None:
    right = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
    reception.save(alma, corrections=Corrections(received_at=right))
    assert reception.about(alma).received_at == right
    rows = [row for row in reception.rows(frister, rule="UND-24T") if row.state != "afloest"]
    assert [row.due for row in rows] == [right + timedelta(hours=24)]


def test_a_moment_of_receipt_in_the_future_is_refused(reception: Reception, alma: UUID) -> None:
    with pytest.raises(InTheFuture):
        reception.save(alma, corrections=Corrections(received_at=NOW + timedelta(hours=1)))
    assert reception.rows(vurderinger) == []


def test_a_type_of_notifier_out_of_use_is_refused(reception: Reception, alma: UUID) -> None:
    with pytest.raises(NotInUse):
        reception.save(alma, corrections=Corrections(underretter="7"))


def test_an_application_is_not_assessed_within_24_hours(reception: Reception) -> None:
    underretning = reception.registered(
        made_post.eml("Jeg søger.", subject="Ansøgning"), henvendelse=Henvendelse.ANSOEGNING
    )
    with pytest.raises(NotAnUnderretning):
        reception.save(underretning)


def test_who_may_not_assess_is_refused_and_it_is_logged(reception: Reception, alma: UUID) -> None:
    with pytest.raises(NotYours):
        reception.save(alma, by=FIE)
    rows = reception.rows(read_log, employee=FIE)
    assert [(row.act, row.allowed) for row in rows] == [("vurder", False)]
    with pytest.raises(NotYours):
        reception.save(uuid4(), version=1)


def test_no_name_or_number_reaches_the_chain(reception: Reception, alma: UUID) -> None:
    reception.save(alma, kvittering=True, child=ChildByCpr("021221-4991", "Viggo Prøvesen"))
    reception.deliver()
    everything = " ".join(row.data for row in reception.rows(haendelser))
    for secret in ("Alma", "Viggo", "Testvad", "4990", "4991", "farmor", "skole@"):
        assert secret not in everything


def test_a_case_that_began_with_an_application_says_so_until_an_underretning_comes(
    reception: Reception,
) -> None:
    child = ChildByCpr("021221-4991", "Viggo Prøvesen")
    asked = reception.registered(
        made_post.eml("Vi søger.", subject="Ansøgning"), henvendelse=Henvendelse.ANSOEGNING
    )
    choose_child(
        asked, child, version=reception.about(asked).version, product=reception.product,
        asker=reception.asker(), now=NOW,
    )  # fmt: skip
    assert [row.step for row in reception.rows(sager_table)] == ["ansoegt"]
    came = reception.registered(made_post.eml("En dreng er alene.", message_id="<2@x>"))
    choose_child(
        came, child, version=reception.about(came).version, product=reception.product,
        asker=reception.asker(), now=NOW,
    )  # fmt: skip
    assert [row.step for row in reception.rows(sager_table)] == ["modtaget"]
    reception.save(came)
    assert [row.step for row in reception.rows(sager_table)] == ["screening"]


def test_the_children_she_has_are_told_of_the_one_she_expects(reception: Reception) -> None:
    freja = next(k for k, one in reception.persons.people.items() if one.name.startswith("Freja"))
    child = reception.person("Storm Prøvelund", "030411-4993")
    reception.related(freja, child, Tie.CHILD, Tie.MOTHER)
    underretning = reception.registered(made_post.eml("Freja er gravid.", message_id="<1@x>"))
    choice = UnbornChild(date(2026, 9, 28), mother_cpr="170203-4990", mother_name="Freja Prøvelund")
    done = reception.save(underretning, child=choice)
    reception.deliver()
    with reception.product.store.write(actor="proeve", now=reception.now) as work:
        storm = personer.keep(work.connection, reception.persons.people[child], now=reception.now)
        family = known_family.family(
            work.connection, reception.asker(), storm, but=UUID(int=0),
            since=reception.now - timedelta(days=365),
        )  # fmt: skip
        assert [one.id for one in family.earlier] == [underretning]
        assert {one.sag for one in family.own_cases} == {done.sag}
        panel = sag_panel.family(work.connection, reception.asker(), storm)
        # The address book is asked of the sibling again, and has never heard of the unborn child.
        personer.keep_ties(work.connection, storm, [])
        again = personer.family_of(work.connection, storm)
    expected = "Ufødt barn af Freja Prøvelund"
    assert (expected, done.sag) in {(one.name, one.sag) for one in panel}
    assert [(one.person.name, one.tie) for one in again] == [(expected, Tie.SIBLING)]
