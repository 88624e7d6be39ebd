"""No child is kept by somebody who has left: what they had is their unit's at once."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.delivery.chores import every_minute
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.urgency import Days
from dubu_plugin.ports.journal_objects import CaseChange, Op, Ref
from dubu_plugin.ports.journal_objects import Kind as RefKind
from dubu_plugin.store.min_dag import day_heads, erindringer
from dubu_plugin.store.min_dag.due_heads import Kind, Scope
from dubu_plugin.store.min_dag.erindringer import Whom
from dubu_plugin.store.min_dag.lines import lines
from dubu_plugin.store.overholdelse import left_behind
from dubu_plugin.store.overholdelse.left_behind import number_in_all
from dubu_plugin.store.tables import aktivitetsplaner, frister, haendelser, outbox, sager
from dubu_plugin.store.tables import erindringer as reminders
from dubu_plugin.testing import made_post
from dubu_plugin.testing.fake_ports import KAREN, METTE, STAFF, FakeIdentity
from dubu_plugin.testing.reception import ALMA, NOW, Reception
from dubu_plugin.usecases.sag.follow_host import catch_up, follow_host
from dubu_plugin.usecases.sag.give_case import TakenMeanwhile, give_case
from dubu_plugin.usecases.underretning.hand_over import NobodyThere, Receiver, hand_over
from dubu_plugin.usecases.upkeep.leave_to_unit import leave_to_unit

WITH_NUMBER = f"Bekymring for Alma Testvad, CPR {ALMA}. Hun sulter."


def leaves(reception: Reception, who: str = KAREN) -> None:
    identity = reception.product.ports.identity
    assert isinstance(identity, FakeIdentity)
    identity.staff = {one.key: replace(one, active=one.key != who) for one in STAFF}
    every_minute(reception.product, reception.now)


def a_case(reception: Reception) -> tuple[UUID, UUID]:
    """Return an assessed underretning and the case Karen has got by it."""
    number = reception.registered(made_post.eml(WITH_NUMBER))
    reception.save(number, by=KAREN)
    reception.deliver()
    sag = reception.about(number).sag_id
    assert sag is not None
    assert case(reception, sag).responsible == KAREN
    return number, sag


def case(reception: Reception, sag: UUID) -> Any:
    (row,) = reception.rows(sager, id=sag)
    return row


def in_the_host(reception: Reception, sag: UUID) -> str | None:
    key = case(reception, sag).host_key
    return reception.journal.get_case(Ref(reception.journal.name, RefKind.CASE, key)).responsible


def nobodys_of_mette(reception: Reception) -> list[UUID | None]:
    who, now = reception.asker(METTE), reception.now
    with reception.product.store.read() as connection:
        found = day_heads.heads(connection, who, Days(now, now, now + timedelta(days=7)))
        shown = lines(connection, who, found, Scope.MINE, Kind.UNTAKEN)
    return [line.underretning for line in shown]


def test_an_underretning_of_who_has_left_is_taken_by_nobody(reception: Reception) -> None:
    number = reception.registered(made_post.eml("En dreng på ni år fryser."))
    hand_over(number, Receiver(employee=KAREN), **reception.by(KAREN))
    assert nobodys_of_mette(reception) == []
    leaves(reception)
    about = reception.about(number)
    assert (about.responsible, about.unit) == (None, "modtagelse")
    (clock,) = reception.rows(frister, underretning_id=number, rule="UND-24T")
    assert clock.responsible is None
    assert nobodys_of_mette(reception) == [number]
    (given,) = [
        one
        for one in reception.rows(haendelser, underretning_id=number)
        if one.type == Haendelse.UNDERRETNING_GIVET_VIDERE and '"rejst"' in one.data
    ]
    assert '"karen"' in given.data
    hand_over(number, Receiver(employee=METTE), **reception.by(METTE))
    assert reception.about(number).responsible == METTE


def test_a_case_its_deadlines_plans_and_reminders_are_the_units(reception: Reception) -> None:
    _number, sag = a_case(reception)
    with reception.product.store.write(actor=KAREN, now=NOW) as work:
        erindringer.add(work, "Ring til skolen", date(2026, 3, 9), Whom(employee=KAREN), sag)
    leaves(reception)
    assert case(reception, sag).responsible is None
    still = [one.rule for one in reception.rows(frister, responsible=KAREN, state="aaben")]
    assert still == []
    assert reception.rows(aktivitetsplaner, responsible=KAREN, state="i_gang") == []
    (one,) = reception.rows(reminders, sag_id=sag)
    assert (one.employee, one.unit) == (None, "modtagelse")
    with reception.product.store.read() as connection:
        assert number_in_all(connection) == 1
    assert leave_to_unit(reception.product, reception.now) == 0


def test_what_comes_on_the_case_of_who_has_left_is_nobodys(reception: Reception) -> None:
    a_case(reception)
    leaves(reception)
    number = reception.registered(made_post.eml(f"Igen: Alma Testvad, CPR {ALMA}, sulter."))
    assert reception.about(number).responsible is None
    assert number in nobodys_of_mette(reception)


def test_what_was_given_to_them_after_they_left_is_found_the_next_minute(
    reception: Reception,
) -> None:
    _number, sag = a_case(reception)
    leaves(reception)
    with reception.product.store.write(actor="system", now=NOW) as work:
        mine = sa.update(sager).where(sager.c.id == sag)
        work.connection.execute(mine.values(responsible=KAREN))
    every_minute(reception.product, reception.now)
    assert case(reception, sag).responsible is None


def test_a_leader_gives_the_case_to_a_colleague_with_all_that_hangs_on_it(
    reception: Reception,
) -> None:
    _number, sag = a_case(reception)
    leaves(reception)
    give_case(sag, METTE, **reception.by("henrik"))
    assert case(reception, sag).responsible == METTE
    theirs = {one.responsible for one in reception.rows(frister, sag_id=sag, state="aaben")}
    assert theirs == {METTE}
    reception.deliver()
    assert in_the_host(reception, sag) == METTE
    with pytest.raises(TakenMeanwhile):
        give_case(sag, "anders", **reception.by("henrik"))


def test_the_journal_that_still_names_who_has_left_does_not_give_it_back(
    reception: Reception,
) -> None:
    _number, sag = a_case(reception)
    leaves(reception)
    assert in_the_host(reception, sag) == KAREN
    assert catch_up(reception.product, reception.now) == 0
    follow_host(
        sag, said=("responsible",), product=reception.product, actor="henrik", now=reception.now
    )
    assert case(reception, sag).responsible is None


def test_nobody_who_has_left_can_get_one(reception: Reception) -> None:
    _number, sag = a_case(reception)
    leaves(reception)
    with pytest.raises(NobodyThere):
        give_case(sag, KAREN, **reception.by("henrik"))


def has_role(reception: Reception, *roles: str) -> None:
    identity = reception.product.ports.identity
    assert isinstance(identity, FakeIdentity)
    identity.staff = {
        one.key: replace(one, roles=frozenset(roles)) if one.key == KAREN else one for one in STAFF
    }
    every_minute(reception.product, reception.now)


def why(reception: Reception, sag: UUID) -> str:
    given = Haendelse.SAG_GIVET_VIDERE
    last = reception.rows(haendelser, sag_id=sag, type=given)[-1]
    return str(json.loads(last.data)["grund"])


def test_who_only_changed_desk_is_not_said_to_have_left(reception: Reception) -> None:
    _number, sag = a_case(reception)
    call = reception.registered(made_post.eml("En dreng på ni år fryser."))
    hand_over(call, Receiver(employee=KAREN), **reception.by(KAREN))
    has_role(reception, "oekonomi")
    assert case(reception, sag).responsible is None
    assert why(reception, sag) == "andet_arbejde"
    told = [one.data for one in reception.rows(haendelser, underretning_id=call)]
    assert any('"andet_arbejde"' in one for one in told)
    assert not any('"rejst"' in one for one in told)


def test_who_gets_the_role_back_has_the_cases_again_at_once(reception: Reception) -> None:
    _number, sag = a_case(reception)
    has_role(reception, "oekonomi")
    reception.deliver()
    assert case(reception, sag).responsible is None
    has_role(reception, "sagsbehandler")
    reception.deliver()
    assert case(reception, sag).responsible == KAREN
    theirs = {one.responsible for one in reception.rows(frister, sag_id=sag, state="aaben")}
    assert theirs == {KAREN}


def test_a_case_somebody_was_given_meanwhile_stays_with_them(reception: Reception) -> None:
    _number, sag = a_case(reception)
    has_role(reception)
    give_case(sag, METTE, **reception.by("henrik"))
    has_role(reception, "sagsbehandler")
    reception.deliver()
    assert case(reception, sag).responsible == METTE
    assert not [one for one in reception.rows(outbox) if one.kind == "follow_host"]


def test_the_host_that_has_somebody_else_on_it_decides(reception: Reception) -> None:
    _number, sag = a_case(reception)
    has_role(reception)
    ref = Ref(reception.journal.name, RefKind.CASE, case(reception, sag).host_key)
    reception.journal.change_case(
        ref, CaseChange(responsible=METTE), expected=None, op=Op(uuid4(), "henrik")
    )
    has_role(reception, "sagsbehandler")
    reception.deliver()
    assert case(reception, sag).responsible == METTE


def test_who_works_with_cases_again_is_not_said_not_to(reception: Reception) -> None:
    _number, sag = a_case(reception)
    has_role(reception)
    with reception.product.store.read() as connection:
        (one,) = left_behind.nobodys_cases(connection, reception.asker("henrik"))
    assert (one.sag, one.works_again) == (sag, False)
    has_role(reception, "sagsbehandler")
    with reception.product.store.read() as connection:
        (one,) = left_behind.nobodys_cases(connection, reception.asker("henrik"))
    assert one.works_again
