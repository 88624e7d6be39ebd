"""The host opens a case for the child, with somebody responsible for it."""

from uuid import uuid4

import sqlalchemy as sa

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.store.tables import employees, sager
from dubu_plugin.testing.installation import Installation


def test_the_case_is_the_childs_and_is_known_by_its_number(it: Installation) -> None:
    sag = it.sag()
    it.tell(sag, "open_case")
    it.deliver()
    (folder,) = it.journal.folders.values()
    assert folder.case.title == "Alma Testvad – særlig støtte"
    assert (folder.case.subject_code, folder.case.facet) == ("27.24.00", "G01")
    assert (folder.case.responsible, folder.case.unit) == ("anne", "boern-nord")
    assert [party.cpr for party in folder.parties] == [Cpr("0312164994")]
    with it.store.read() as connection:
        row = connection.execute(sa.select(sager).where(sager.c.id == sag)).one()
    assert (row.host_key, row.number) == (folder.case.ref.key, folder.case.ref.number)


def test_a_child_without_a_number_gets_a_case_too(it: Installation) -> None:
    it.tell(it.sag(cpr=None), "open_case")
    it.deliver()
    (folder,) = it.journal.folders.values()
    assert [party.name for party in folder.parties] == ["Alma Testvad"]
    assert "ensure_party" not in it.journal.calls


def test_a_case_nobody_is_named_for_is_the_leaders(it: Installation) -> None:
    it.tell(it.sag(responsible=None), "open_case")
    it.deliver()
    (folder,) = it.journal.folders.values()
    assert folder.case.responsible == "bo"


def test_a_unit_with_nobody_in_it_waits_for_a_person(it: Installation) -> None:
    with it.store.write(actor="system", now=it.now) as work:
        work.connection.execute(sa.delete(employees))
    key = it.tell(it.sag(responsible=None), "open_case")
    it.deliver()
    assert it.row(key).error == "dubu:open_case:Refused:ingen_ansvarlig"


def test_a_case_that_is_not_there_waits_for_a_person(it: Installation) -> None:
    key = it.tell(uuid4(), "open_case")
    it.deliver()
    assert it.row(key).error == "dubu:open_case:Refused:ingen_sag"


def test_a_case_the_host_has_is_not_opened_again(it: Installation) -> None:
    sag = it.sag()
    it.tell(sag, "open_case")
    it.tell(sag, "open_case")
    it.deliver()
    assert len(it.journal.folders) == 1
    assert it.happenings() == ["sag_oprettet"]
