"""The host is told who has a case whenever that is decided here: each place that must tell it."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.ports.journal_objects import NewCase, Op, Party, PartyKind
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import TEXT, Reception, build_reception
from dubu_plugin.usecases.underretning.hand_over import Receiver, hand_over


@pytest.fixture
def reception(tmp_path: Path) -> Iterator[Reception]:
    built = build_reception(tmp_path)
    yield built
    built.product.store.close()


def test_a_colleague_who_is_given_an_underretning_has_the_case_in_the_host_too(
    reception: Reception,
) -> None:
    number = reception.registered(made_post.eml(TEXT))
    (folder,) = reception.journal.folders.values()
    assert folder.case.responsible != "mette"
    hand_over(number, Receiver(employee="mette"), **reception.by())
    reception.deliver()
    assert folder.case.responsible == "mette"


def test_an_application_that_is_given_to_a_unit_is_the_units_in_the_host_too(
    reception: Reception,
) -> None:
    text = "Jeg søger til Alma Testvad, 031216-4990."
    number = reception.registered(made_post.eml(text, subject="Ansøgning"))
    assert reception.about(number).henvendelse is Henvendelse.ANSOEGNING
    hand_over(number, Receiver(unit="nord"), **reception.by())
    reception.deliver()
    (folder,) = reception.journal.folders.values()
    assert folder.case.unit == "nord"


def test_a_case_the_host_had_already_gets_the_parents_it_lacks(reception: Reception) -> None:
    alma = next(one for one in reception.persons.people.values() if one.name == "Alma Testvad")
    party = Party(PartyKind.PERSON, alma.name, cpr=alma.cpr)
    new = NewCase("Testvad, Alma", "anders", party, subject_code="27.24.00")
    reception.journal.create_case(new, Op(uuid4(), "anders"))
    reception.registered(made_post.eml(TEXT))
    (folder,) = reception.journal.folders.values()
    assert {one.name for one in folder.parties} == {
        "Alma Testvad",
        "Sanne Testvad",
        "Michael Prøvesen",
    }
