"""What is changed in the host's own client is so here too, once, and goes no further."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from dubu_journal import cases
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.urgency import Days
from dubu_plugin.host import HostHooks
from dubu_plugin.ports.journal_errors import Unavailable
from dubu_plugin.ports.journal_objects import Kind as RefKind
from dubu_plugin.ports.journal_objects import Op, Ref
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.min_dag import lines as min_dag
from dubu_plugin.store.min_dag.day_heads import heads
from dubu_plugin.store.min_dag.due_heads import Kind, Scope
from dubu_plugin.store.sag import sager
from dubu_plugin.store.tables import frister, haendelser, outbox
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import TEXT
from dubu_plugin.usecases.sag.close_case import close_case
from dubu_plugin.usecases.sag.follow_host import catch_up
from dubu_plugin.usecases.sag.record_event import Note, record_event
from dubu_plugin.usecases.underretning.hand_over import Receiver, hand_over

from .conftest import Embedded

FOLLOWED = "sag_aendret_i_journalen"


def told(it: Embedded) -> list[dict[str, Any]]:
    """Return what was recorded of changes in the host."""
    rows = it.reception.rows(haendelser, type=FOLLOWED)
    return [json.loads(row.data) | {"af": row.actor} for row in rows]


def lines(it: Embedded, who: str) -> Sequence[min_dag.Line]:
    """Return somebody's own lines of Min dag."""
    asker, now = it.reception.asker(who), it.reception.now
    with it.reception.product.store.read() as connection:
        found = heads(connection, asker, Days(now, now, now + timedelta(days=7)))
        return min_dag.lines(connection, asker, found, Scope.MINE, Kind.ALL)


def taken(it: Embedded, who: str = "karen") -> None:
    """Let somebody here assess it, and so have the case."""
    it.reception.save(it.underretning, by=who)
    it.reception.deliver()
    assert it.there().responsible == who


def plan_a_change_of_ours(it: Embedded, who: str) -> None:
    """Give the case to somebody here, and let the host not know it yet."""
    with it.reception.product.store.write(actor="karen", now=it.reception.now) as work:
        sager.change(work.connection, it.sag.id, responsible=who)
        work.tell(
            "change_case",
            lane=sag_lane(it.sag.id),
            key=op_key(it.sag.id, "prøve"),
            payload={"sag": str(it.sag.id)},
        )


def test_who_gets_the_case_in_the_host_has_its_lines_in_min_dag(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    taken(it)
    assert lines(it, "karen")
    assert not lines(it, "mette")
    it.changed(responsible="mette")
    hooks.journal_case_changed(it.key, "henrik", ["responsible"])
    assert it.sag.responsible == "mette"
    assert not lines(it, "karen")
    (line,) = lines(it, "mette")
    assert line.sag == it.sag.id
    assert it.reception.about(it.underretning).responsible == "mette"
    (said,) = told(it)
    assert (said["fra"], said["til"], said["af"]) == ("karen", "mette", "henrik")


def test_the_same_change_told_twice_is_recorded_once(embedded: Embedded, hooks: HostHooks) -> None:
    it = embedded
    taken(it)
    it.changed(responsible="mette")
    for _ in range(2):
        hooks.journal_case_changed(it.key, "henrik", ["responsible"])
    hooks.journal_daily_tick(it.reception.now)
    assert len(told(it)) == 1


def test_a_change_nobody_told_us_of_is_found_by_the_new_day(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    taken(it)
    it.changed(responsible="mette", title="Testvad, Alma")
    hooks.journal_daily_tick(it.reception.now)
    assert (it.sag.responsible, it.sag.title) == ("mette", "Testvad, Alma")
    assert lines(it, "mette")
    (said,) = told(it)
    assert said["aendret"] == ["responsible", "title"]
    assert "Alma" not in json.dumps(said)


def test_what_is_taken_over_is_never_told_back(embedded: Embedded, hooks: HostHooks) -> None:
    it = embedded
    taken(it)
    it.changed(responsible="mette", unit="boern", title="Testvad, Alma")
    version = it.there().version
    with it.reception.product.store.read() as connection:
        before = connection.scalar(sa.select(sa.func.count()).select_from(outbox))
    hooks.journal_case_changed(it.key, "henrik", ["responsible", "unit", "title"])
    with it.reception.product.store.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(outbox)) == before
    it.reception.deliver()
    assert it.there().version == version
    assert it.sag.unit == "boern"


def test_an_ordinary_day_finds_nothing_changed(embedded: Embedded) -> None:
    assert catch_up(embedded.reception.product, embedded.reception.now) == 0
    taken(embedded)
    assert catch_up(embedded.reception.product, embedded.reception.now) == 0
    assert told(embedded) == []


def test_whom_we_named_for_want_of_anybody_has_not_been_given_the_case(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    assert it.sag.responsible is None
    assert it.there().responsible
    hooks.journal_daily_tick(it.reception.now)
    assert it.sag.responsible is None


def test_a_protected_case_is_protected_here_with_its_underretninger(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    it.protected(True)
    hooks.journal_daily_tick(it.reception.now)
    assert it.sag.protected
    assert it.reception.about(it.underretning).protected


def test_protection_is_only_taken_off_where_somebody_said_so(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    it.protected(True)
    hooks.journal_case_changed(it.key, "henrik", ["protected"])
    it.protected(False)
    hooks.journal_daily_tick(it.reception.now)
    compared = it.sag
    assert compared.protected, "comparing alone never opens a case"
    hooks.journal_case_changed(it.key, "henrik", ["protected"])
    assert not it.sag.protected
    assert not it.reception.about(it.underretning).protected


def test_what_was_given_to_the_unit_on_call_stays_there(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    taken(it)
    second = it.reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<2@x>"))
    hand_over(second, Receiver(unit="doegnvagt"), **it.reception.by())
    it.changed(responsible="mette")
    hooks.journal_case_changed(it.key, "henrik", ["responsible"])
    about = it.reception.about(second)
    assert (about.responsible, about.unit) == (None, "doegnvagt")
    rows = it.reception.rows(frister, underretning_id=second)
    assert {(row.responsible, row.unit) for row in rows} == {(None, "doegnvagt")}


def test_nobody_gets_the_lines_of_their_own_family(embedded: Embedded, hooks: HostHooks) -> None:
    it = embedded
    taken(it)
    it.reception.town.block("mette", it.sag.child_id)
    it.changed(responsible="mette")
    hooks.journal_case_changed(it.key, "henrik", ["responsible"])
    assert lines(it, "mette") == []
    rows = it.reception.rows(frister, underretning_id=it.underretning, state="aaben")
    assert rows
    assert {row.responsible for row in rows} == {None}


def test_who_had_the_case_has_handled_it_for_ever(embedded: Embedded, hooks: HostHooks) -> None:
    it = embedded
    it.changed(responsible="mette")
    hooks.journal_case_changed(it.key, "henrik", ["responsible"])
    it.changed(responsible="anders")
    hooks.journal_case_changed(it.key, "henrik", ["responsible"])
    with it.reception.product.store.read() as connection:
        assert "mette" in sager.handled_by(connection, it.sag.id)


def test_what_was_said_here_and_is_on_its_way_is_the_newer(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    taken(it)
    plan_a_change_of_ours(it, "anders")
    hooks.journal_daily_tick(it.reception.now)
    assert it.sag.responsible == "anders"
    it.reception.deliver()
    assert (it.there().responsible, it.sag.responsible) == ("anders", "anders")
    assert told(it) == []


def test_a_change_in_the_host_while_ours_is_on_its_way_leaves_both_alike(
    embedded: Embedded, hooks: HostHooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The host had ours, and was changed again before we knew that it had."""
    it = embedded
    taken(it)
    plan_a_change_of_ours(it, "anders")
    change = it.journal.change_case

    def meddled(ref: Ref, what: Any, *, expected: str | None, op: Op) -> Any:
        answer = change(ref, what, expected=expected, op=op)
        it.changed(responsible="mette")
        hooks.journal_case_changed(it.key, "henrik", ["responsible"])
        return answer

    monkeypatch.setattr(it.journal, "change_case", meddled)
    it.reception.deliver()
    assert (it.there().responsible, it.sag.responsible) == ("mette", "mette")


def test_a_change_that_comes_while_one_is_taken_over_is_not_lost(
    embedded: Embedded, hooks: HostHooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read first is written last: it is read once more."""
    it = embedded
    taken(it)
    it.changed(responsible="mette")
    read, left = it.journal.get_case, [1]

    def slowly(ref: Ref) -> Any:
        case = read(ref)
        if left.pop() if left else 0:
            it.changed(responsible="anders")
            hooks.journal_case_changed(it.key, "henrik", ["responsible"])
        return case

    monkeypatch.setattr(it.journal, "get_case", slowly)
    hooks.journal_case_changed(it.key, "henrik", ["responsible"])
    assert it.sag.responsible == "anders"


def test_a_host_that_does_not_answer_is_asked_the_next_day(
    embedded: Embedded, hooks: HostHooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    it = embedded
    taken(it)
    it.changed(responsible="mette")

    def silent(ref: Ref) -> Any:
        raise Unavailable("vaert", "get_case")

    with monkeypatch.context() as down, capture_logs() as log:
        down.setattr(it.journal, "get_case", silent)
        hooks.journal_case_changed(it.key, "henrik", ["responsible"])
        hooks.journal_daily_tick(it.reception.now)
    assert it.sag.responsible == "karen"
    assert {"case_not_followed", "cases_not_compared"} <= {line["event"] for line in log}
    hooks.journal_daily_tick(it.reception.now + timedelta(days=1))
    assert it.sag.responsible == "mette"


def test_cases_that_are_not_ours_and_changes_we_do_not_follow_are_left(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    hooks.journal_case_changed("4711", "henrik", ["responsible"])
    it.changed(responsible="mette")
    hooks.journal_case_changed(it.key, "henrik", ["status"])
    assert told(it) == []


def test_who_has_a_case_closed_in_the_host_is_left_as_it_is(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    taken(it)
    it.changed(responsible="mette")
    with it.host.database.writing() as connection:
        cases.set_status(connection, int(it.key), cases.CLOSED, "", it.reception.now)
    hooks.journal_daily_tick(it.reception.now)
    assert it.sag.responsible == "karen"


def set_status(it: Embedded, status: str) -> None:
    with it.host.database.writing() as connection:
        cases.set_status(connection, int(it.key), status, "Test", it.reception.now)


def closed_here(it: Embedded) -> None:
    close_case(it.sag.id, "Familien er flyttet.", **it.reception.by())
    it.reception.deliver()
    assert it.there().status == cases.CLOSED


def test_a_closed_case_opened_again_in_the_host_is_open_here_with_its_clocks(
    embedded: Embedded, hooks: HostHooks
) -> None:
    it = embedded
    before = it.reception.deadlines(it.underretning)
    closed_here(it)
    set_status(it, next(iter(cases.STATUSES)))
    hooks.journal_case_changed(it.key, "henrik", ["status"])
    assert not it.sag.is_closed
    assert it.reception.deadlines(it.underretning) == before
    hooks.journal_case_changed(it.key, "henrik", ["status"])
    opened = [row for row in it.reception.rows(haendelser, type="sag_genaabnet")]
    assert len(opened) == 1


def test_a_complaint_on_a_closed_case_lies_in_the_host_which_is_closed_again(
    embedded: Embedded,
) -> None:
    it = embedded
    closed_here(it)
    note = Note(form=uuid4(), what=Haendelse.KLAGE_MODTAGET, title="Klage modtaget",
                occurred_at=it.reception.now, answers={"opsaettende": "nej"})  # fmt: skip
    record_event(it.sag.id, note, **it.reception.by())
    it.reception.deliver()
    notes = it.journal.notes(Ref(it.journal.name, RefKind.CASE, it.key)).items
    assert "Klage modtaget" in [one.title for one in notes]
    assert it.there().status == cases.CLOSED
    assert it.sag.is_closed
