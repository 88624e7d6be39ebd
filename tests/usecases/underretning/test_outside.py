"""Who gets an underretning on another's case assesses it, and becomes nothing to the case by it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.access import Act, Relation, decide
from dubu_plugin.domain.underretning import NaesteSkridt, Pligt
from dubu_plugin.store import access
from dubu_plugin.store.sag.relations import SubjectKind
from dubu_plugin.store.tables import (
    erindringer,
    frister,
    genvurderinger,
    read_log,
    sager,
    sagsdeltagere,
)
from dubu_plugin.testing.reception import ALMA, GOOD, NOW, Reception
from dubu_plugin.usecases.underretning.child_choice import ChildByCpr
from dubu_plugin.usecases.underretning.hand_over import Receiver, hand_over, take_back
from dubu_plugin.usecases.underretning.register_call import Call, register_call

OUTSIDER = "anders"
"""A caseworker in another unit than the case's."""


@pytest.fixture(params=["open", "protected"])
def case(request: pytest.FixtureRequest, reception: Reception) -> UUID:
    """A closed case on Alma that nobody has, in the reception's unit."""
    return closed_case(reception, protected=request.param == "protected")


def closed_case(reception: Reception, **more: object) -> UUID:
    child = reception.town.person("Alma Testvad", cpr=ALMA)
    values = {"phase": "closed", "responsible": None, "handled_by": ["karen"], **more}
    return reception.town.sag(child, **values)  # type: ignore[arg-type]


def made_up(reception: Reception, by: str = OUTSIDER) -> UUID:
    """Register a call about Alma that nobody has made."""
    call = Call(
        form=uuid4(), received_at=NOW - timedelta(minutes=5), text="Nogen ringer om Alma.",
        underretter="13", pligt=Pligt.ALLE, child=ChildByCpr(ALMA),
    )  # fmt: skip
    number = register_call(call, **reception.by(by)).underretning
    assert number is not None
    return number


def may(reception: Reception, act: Act, number: UUID, kind: SubjectKind) -> bool:
    with reception.product.store.read() as connection:
        who = access.asker(connection, OUTSIDER)
        assert who is not None
        found = access.subject(connection, who, kind, number)
    assert found is not None
    return bool(decide(who, act, found))


def assert_outside(reception: Reception, case: UUID) -> None:
    assert not may(reception, Act.SEARCH, case, "sag")
    assert not reception.rows(sagsdeltagere, sag_id=case, employee=OUTSIDER, active=True)
    assert reception.rows(sager, id=case)[0].responsible != OUTSIDER


def test_a_made_up_call_opens_no_case(reception: Reception, case: UUID) -> None:
    number = made_up(reception)
    assert reception.about(number).sag_id == case
    assert_outside(reception, case)
    answers = replace(GOOD, next_step=NaesteSkridt.BFU)
    reception.save(number, answers, by=OUTSIDER)
    reception.deliver()
    assert_outside(reception, case)
    assert reception.about(number).state == "vurderet"


def test_it_is_assessed_in_time_by_who_got_it_and_put_right_by_them(
    reception: Reception, case: UUID
) -> None:
    number = made_up(reception)
    for act in (Act.READ, Act.REGISTER, Act.ASSESS, Act.WRITE):
        assert may(reception, act, number, "underretning"), act
    assert not may(reception, Act.REVEAL, number, "underretning")
    reception.save(number, by=OUTSIDER)
    assert reception.deadlines(number)["UND-24T"] == "opfyldt"
    reception.save(number, replace(GOOD, reason="Rettet."), by=OUTSIDER)
    assert_outside(reception, case)


def test_what_is_left_is_for_those_who_have_the_case(reception: Reception) -> None:
    case = closed_case(reception, unit="boern", has_indsats=True)
    number = made_up(reception)
    reception.save(number, replace(GOOD, next_step=NaesteSkridt.BFU), by=OUTSIDER)
    left = [row for row in reception.rows(frister, sag_id=case) if row.state == "aaben"]
    assert {row.rule for row in left} >= {"UND-GENV", "BFU-4M"}
    assert {(row.responsible, row.unit) for row in left} == {(None, "boern")}
    assert reception.rows(genvurderinger) == []


def test_those_who_have_the_case_are_told(reception: Reception) -> None:
    case = closed_case(reception, responsible="karen")
    number = made_up(reception)
    (first,) = reception.rows(erindringer, sag_id=case)
    assert (first.employee, first.state) == ("karen", "aaben")
    assert "vurderes uden for sagen af Anders Prøvebjerg" in first.note
    assert "Alma" not in first.note
    reception.save(number, by=OUTSIDER)
    rows = {row.state: row.note for row in reception.rows(erindringer, sag_id=case)}
    assert rows["udfoert"] == first.note
    assert "er vurderet uden for sagen" in rows["aaben"]
    with reception.product.store.read() as connection:
        who = access.asker(connection, "karen")
        assert who is not None
        found = access.subject(connection, who, "underretning", number)
    assert found is not None
    assert Relation.RESPONSIBLE in found.relations, "who has the case reads what came in on it"


def test_giving_it_on_gives_no_case_away_that_is_not_ones_own(
    reception: Reception, case: UUID
) -> None:
    number = made_up(reception)
    hand_over(number, Receiver(employee=OUTSIDER), **reception.by(OUTSIDER))
    hand_over(number, Receiver(unit="boern"), **reception.by(OUTSIDER))
    assert_outside(reception, case)
    take_back(number, **reception.by(OUTSIDER))
    assert reception.about(number).responsible == OUTSIDER
    assert_outside(reception, case)
    assert reception.rows(sager, id=case)[0].unit == "modtagelse"


def test_a_colleague_in_the_cases_unit_takes_it_on(reception: Reception) -> None:
    case = closed_case(reception)
    number = made_up(reception, by="mette")
    reception.save(number, by="mette")
    assert reception.rows(sager, id=case)[0].responsible == "mette"
    assert reception.rows(erindringer) == []


def test_the_read_log_says_why_they_were_let_in(reception: Reception, case: UUID) -> None:
    number = made_up(reception)
    with reception.product.store.write(actor=OUTSIDER, now=NOW) as work:
        who = reception.asker(OUTSIDER)
        access.enter(work.connection, who, Act.READ, "underretning", number, now=NOW)
    (line,) = reception.rows(read_log, subject_id=str(number), employee=OUTSIDER)
    assert line.why == "sagsbehandler:har_faaet_underretningen"
