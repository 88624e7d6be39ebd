"""A case closed in the host's own client, or opened again there, is seen here."""

import json
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_journal import cases
from dubu_plugin.host import HostHooks
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.min_dag import lines as min_dag
from dubu_plugin.store.tables import erindringer, frister, haendelser, outbox
from dubu_plugin.usecases.sag.close_case import close_case

from .conftest import Embedded
from .test_follow_host import closed_here, lines, set_status, taken

OPEN = next(iter(cases.STATUSES))


def seen(it: Embedded, what: str = "sag_status_i_journalen") -> list[dict[str, Any]]:
    return [json.loads(row.data) for row in it.reception.rows(haendelser, type=what)]


def reminder(it: Embedded, who: str = "karen") -> min_dag.Line | None:
    found = [line for line in lines(it, who) if line.own and not line.steps]
    return found[0] if found else None


def told_host(it: Embedded) -> int:
    with it.reception.product.store.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(outbox)) or 0


@pytest.mark.parametrize("heard", [True, False])
def test_closed_in_the_host_the_open_duties_are_named_to_who_has_the_case(
    heard: bool, embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    taken(it)
    before, asked = it.reception.deadlines(it.underretning), told_host(it)
    set_status(it, cases.CLOSED)
    if heard:
        hooks.journal_case_changed(it.key, "henrik", ["status"])
    hooks.journal_daily_tick(it.reception.now)
    hooks.journal_daily_tick(it.reception.now)
    assert not it.sag.is_closed
    assert it.reception.deadlines(it.underretning) == before
    line = reminder(it)
    assert line is not None
    assert line.sag == it.sag.id
    assert "Sagen er lukket i journalen, men " in line.own[0].note
    assert "Screening af støttebehov" in line.own[0].note
    (event,) = seen(it)
    assert event["status"] == "lukket"
    assert event["frister"]
    assert told_host(it) == asked, "what the host said is not told back to it"


def test_the_line_is_ticked_off_once_and_does_not_come_back(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    taken(it)
    set_status(it, cases.CLOSED)
    hooks.journal_daily_tick(it.reception.now)
    with it.reception.product.store.add() as connection:
        connection.execute(sa.update(erindringer).values(state="udfoert", done_by="karen"))
    hooks.journal_daily_tick(it.reception.now)
    assert reminder(it) is None


def test_opened_again_in_the_host_the_line_is_gone_and_closed_again_it_is_back(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    taken(it)
    for status, there in ((cases.CLOSED, True), (OPEN, False), (cases.CLOSED, True)):
        set_status(it, status)
        hooks.journal_case_changed(it.key, "henrik", ["status"])
        assert (reminder(it) is not None) is there
    assert [one["status"] for one in seen(it)] == ["lukket", "aaben", "lukket"]


def test_closed_in_the_host_with_nothing_left_it_is_closed_here_too(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    taken(it)
    with it.reception.product.store.add() as connection:
        connection.execute(
            sa.update(frister).where(frister.c.state == "aaben").values(state="opfyldt")
        )
    asked = told_host(it)
    set_status(it, cases.CLOSED)
    hooks.journal_daily_tick(it.reception.now)
    assert it.sag.is_closed
    assert [one["grund"] for one in seen(it, "sag_lukket")] == ["lukket_i_journalen"]
    assert told_host(it) == asked
    set_status(it, OPEN)
    hooks.journal_daily_tick(it.reception.now)
    assert not it.sag.is_closed


def test_closing_it_here_as_well_ticks_the_line_off(embedded: Embedded, hooks: HostHooks) -> None:
    it = embedded
    taken(it)
    set_status(it, cases.CLOSED)
    hooks.journal_daily_tick(it.reception.now)
    close_case(it.sag.id, "Familien er flyttet.", **it.reception.by())
    assert reminder(it) is None
    it.reception.deliver()
    hooks.journal_daily_tick(it.reception.now)
    assert it.sag.is_closed


def test_opened_again_in_the_host_and_told_to_nobody_it_is_found_by_the_new_day(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    closed_here(it)
    hooks.journal_daily_tick(it.reception.now)
    assert it.sag.is_closed
    set_status(it, OPEN)
    hooks.journal_daily_tick(it.reception.now)
    assert not it.sag.is_closed


def test_what_we_have_asked_the_host_and_it_has_not_done_is_the_newer_word(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    taken(it)
    set_status(it, cases.CLOSED)
    with it.reception.product.store.write(actor="karen", now=it.reception.now) as work:
        work.tell(
            "reopen_case",
            lane=sag_lane(it.sag.id),
            key=op_key(it.sag.id, "prøve"),
            payload={"sag": str(it.sag.id)},
        )
    hooks.journal_daily_tick(it.reception.now)
    assert reminder(it) is None
    it.reception.deliver()
    hooks.journal_daily_tick(it.reception.now)
    assert it.there().status != cases.CLOSED
    assert seen(it) == []
