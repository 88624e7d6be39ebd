"""A complaint noted by hand that is late by what was told is not, where that reached nobody."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.tables import frister
from dubu_plugin.testing.town import build
from dubu_plugin.usecases.dokument.send_again import send_again
from dubu_plugin.usecases.dokument.sent_on_paper import BY_HAND, post_letters
from dubu_plugin.usecases.frist.tell_time import tell_time
from dubu_plugin.usecases.sag.put_right import put_right, take_back
from dubu_plugin.usecases.sag.record_event import Note, record_event
from tests.usecases.afgoerelse.bench import NOW, Bench
from tests.usecases.afgoerelse.test_posted import NOTED, POSTED, waiting

from .desk import Desk

WHY = "Brevet kom retur."
LATE = datetime(2026, 11, 10, 9, tzinfo=UTC)
SENT = {"forsendelse": "digital"}


def late(desk: Desk) -> UUID:
    """Note a decision's letter, and a complaint too late by it; return when it was told."""
    told = desk.say(H.AFGOERELSE_MEDDELT, datetime(2026, 10, 1, 9, tzinfo=UTC), answers=SENT)
    about = {Subject.AFGOERELSE: str(desk.rows("KLAGE-4U")[0].subject_id)}
    desk.say(H.KLAGE_MODTAGET, LATE, answers={"opsaettende": "nej"}, about=about)
    tell_time(desk.town.product, desk.town.now)
    assert danish_day(desk.row("GENV-4U").due) == date(2026, 11, 10)
    return told


def test_paragraf_67_what_was_told_is_taken_back_and_the_complaint_is_looked_at(
    desk: Desk,
) -> None:
    take_back(desk.sag, late(desk), "Afgørelse meddelt", WHY, **desk.act())
    now = desk.row("GENV-4U")
    assert (danish_day(now.due), now.exceeded_at) == (date(2026, 12, 8), None)
    assert "Klagen kom ikke for sent" in {one["title"] for one in desk.notes()}


@pytest.mark.parametrize(("day", "due"), [(20, date(2026, 12, 8)), (5, date(2026, 11, 10))])
def test_paragraf_67_what_was_told_another_day_counts_from_that(
    desk: Desk, day: int, due: date
) -> None:
    told = late(desk)
    about = {Subject.AFGOERELSE: str(desk.rows("KLAGE-4U")[0].subject_id)}
    at = datetime(2026, 10, day, 9, tzinfo=UTC)
    right = desk.note(H.AFGOERELSE_MEDDELT, at, answers=SENT, about=about)
    put_right(desk.sag, told, right, WHY, **desk.act())
    assert danish_day(desk.row("GENV-4U").due) == due


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    town = build(tmp_path, NOW)
    yield Bench(town)
    town.product.store.close()


def test_paragraf_67_a_letter_of_ours_that_came_back_is_nobodys_time(bench: Bench) -> None:
    number, found = waiting(bench)
    letters = [one for one in found if isinstance(one, UUID)]
    post_letters(bench.sag, letters, BY_HAND, POSTED, **bench.act() | {"now": NOTED})
    came = bench.town.now = datetime(2026, 8, 5, 10, tzinfo=UTC)
    note = Note(
        form=uuid4(), what=H.KLAGE_MODTAGET, title="Klage modtaget", occurred_at=came,
        answers={"opsaettende": "nej"}, about={Subject.AFGOERELSE: str(number)},
    )  # fmt: skip
    record_event(bench.sag, note, **bench.act())
    assert looked_at(bench) == [danish_day(came)]
    bench.town.now += timedelta(days=3)
    send_again(bench.sag, letters[0], "retur", "", **bench.act())
    assert looked_at(bench) == [date(2026, 9, 2)]


def looked_at(bench: Bench) -> list[date]:
    mine = sa.select(frister.c.due).where(frister.c.rule == "GENV-4U", frister.c.state == "aaben")
    with bench.town.product.store.read() as connection:
        return [danish_day(one) for one in connection.scalars(mine)]
