"""The host's reminders follow our deadlines, where the host has reminders."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.ports.journal import Capability
from dubu_plugin.ports.journal_errors import CaseClosed
from dubu_plugin.ports.journal_objects import Reminder
from dubu_plugin.store.tables import employees, frister, sager
from dubu_plugin.testing.installation import Installation

DUE = datetime(2026, 3, 10, 22, 59, 59, tzinfo=UTC)


@pytest.fixture
def sag(it: Installation) -> UUID:
    sag = it.sag()
    it.tell(sag, "open_case")
    it.deliver()
    return sag


def frist(it: Installation, sag: UUID, **values: object) -> UUID:
    number = uuid4()
    given: dict[str, object] = {
        "id": number,
        "rule": "UND-KVIT",
        "rule_version": date(2024, 1, 1),
        "sag_id": sag,
        "anchor_id": uuid4(),
        "anchor_at": it.now,
        "due": DUE,
        "warn": datetime(2026, 3, 4, 23, tzinfo=UTC),
        "profile": "hverdag_duty",
        "state": "aaben",
        "responsible": "bo",
        "bundle": "underretning:x",
    }
    with it.store.write(actor="anne", now=it.now) as work:
        work.connection.execute(sa.insert(frister).values(given | values))
    return number


def reminders(it: Installation) -> Iterator[Reminder]:
    for folder in it.journal.folders.values():
        yield from folder.reminders.values()


def test_a_reminder_is_set_and_ticked_off(it: Installation, sag: UUID) -> None:
    number = frist(it, sag)
    it.tell(sag, "set_reminder", frist=str(number))
    it.deliver()
    (reminder,) = reminders(it)
    assert reminder.key == str(number)
    assert (reminder.title, reminder.due) == ("Kvittering til underretter", DUE)
    assert (reminder.responsible, reminder.completed) == ("bo", False)
    it.tell(sag, "complete_reminder", frist=str(number))
    it.deliver()
    assert [reminder.completed for reminder in reminders(it)] == [True]


@pytest.mark.parametrize("values", [{"due": None, "warn": None}, {"state": "opfyldt"}])
def test_nothing_is_set_where_there_is_nothing_to_remind_of(
    it: Installation, sag: UUID, values: dict[str, object]
) -> None:
    number = frist(it, sag, **values)
    key = it.tell(sag, "set_reminder", frist=str(number))
    it.deliver()
    assert list(reminders(it)) == []
    assert (it.row(key).state, it.row(key).result) == ("udfoert", "ikke_noedvendig")


@pytest.mark.parametrize("kind", ["set_reminder", "complete_reminder"])
def test_a_case_that_is_closed_in_the_host_refuses_nothing(
    it: Installation, sag: UUID, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object) -> None:
        raise CaseClosed("fake", kind)

    monkeypatch.setattr(it.journal, kind, closed)
    key = it.tell(sag, kind, frist=str(frist(it, sag)))
    it.deliver()
    assert it.row(key).state == "udfoert", "a person would be asked to open a child's case"


def test_a_host_without_reminders_is_not_asked_for_any(it: Installation, sag: UUID) -> None:
    it.journal.flags -= {Capability.REMINDERS}
    number = frist(it, sag)
    for kind in ("set_reminder", "complete_reminder"):
        it.tell(sag, kind, frist=str(number))
    assert it.deliver().delivered == 2


@pytest.mark.parametrize("kind", ["set_reminder", "complete_reminder"])
def test_a_lost_answer_is_looked_up(it: Installation, sag: UUID, kind: str) -> None:
    number = frist(it, sag)
    it.tell(sag, "set_reminder", frist=str(number))
    if kind == "complete_reminder":
        it.deliver()
        it.tell(sag, kind, frist=str(number))
    it.journal.lose_answers = 1
    it.deliver()
    it.wait(minutes=1)
    it.deliver()
    (reminder,) = reminders(it)
    assert reminder.completed is (kind == "complete_reminder")
    assert set(it.rows()) == {"udfoert"}


def told_by_the_product(it: Installation, sag: UUID, number: UUID) -> None:
    with it.store.write(actor="system", now=it.now) as work:
        work.tell(
            "set_reminder",
            lane=f"sag:{sag}",
            key=uuid4(),
            payload={"sag": str(sag), "frist": str(number)},
        )
    it.deliver()


def test_what_nobody_has_taken_is_the_units_leaders_in_the_host(
    it: Installation, sag: UUID
) -> None:
    with it.store.write(actor="system", now=it.now) as work:
        work.connection.execute(
            sa.update(employees)
            .where(employees.c.key == "bo")
            .values(unit="nord", roles="teamleder", active=True)
        )
    told_by_the_product(it, sag, frist(it, sag, responsible=None, unit="nord"))
    (reminder,) = reminders(it)
    assert reminder.responsible == "bo"


def test_what_is_nobodys_at_all_is_not_put_on_the_product_itself(
    it: Installation, sag: UUID
) -> None:
    told_by_the_product(it, sag, frist(it, sag, responsible=None, unit="ingen"))
    assert list(reminders(it)) == []


def test_what_nobody_has_taken_reminds_whose_case_it_is_and_says_the_hour(
    it: Installation, sag: UUID
) -> None:
    with it.store.write(actor="anne", now=it.now) as work:
        work.connection.execute(sa.update(sager).values(responsible="bo"))
        mine = sa.update(employees).where(employees.c.key == "bo")
        work.connection.execute(mine.values(unit="nord", roles="sagsbehandler", active=True))
        leads = sa.update(employees).where(employees.c.key == "anne")
        work.connection.execute(leads.values(unit="nord", roles="teamleder", active=True))
    due = datetime(2026, 3, 10, 8, 14, tzinfo=UTC)
    number = frist(it, sag, rule="UND-24T", due=due, responsible=None, unit="nord")
    it.tell(sag, "set_reminder", frist=str(number))
    it.deliver()
    (reminder,) = reminders(it)
    assert reminder.responsible == "bo"
    assert reminder.title.replace("\xa0", " ").endswith("(kl. 09.14)")
