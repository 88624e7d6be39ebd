"""What runs from a decision's letter runs from the day somebody posted it or handed it over."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.klager import Klage, by_id
from dubu_plugin.store.tables import frister, letters
from dubu_plugin.testing.fake_ports import ANDERS
from dubu_plugin.usecases.afgoerelse.complain import Received, receive
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.on_klage import KlageNotClear
from dubu_plugin.usecases.afgoerelse.window import last_day
from dubu_plugin.usecases.dokument.sent_on_paper import BY_HAND, BY_POST, post_letters
from dubu_plugin.usecases.sag.complaint_day import sooner

from .bench import NOW, TODAY, Bench

POSTED = datetime(2026, 6, 15, 10, tzinfo=UTC)
NOTED = POSTED + timedelta(days=2)


def waiting(bench: Bench) -> tuple[object, list[object]]:
    """Make a decision whose letters the post cannot send; return it and them."""
    number = bench.ready()
    decide(bench.sag, number, **bench.leader)
    mine = letters.c.code == "afgoerelse"
    with bench.town.product.store.write(actor="system", now=NOW) as work:
        work.connection.execute(sa.update(letters).where(mine).values(state="til_print"))
        found = work.connection.scalars(sa.select(letters.c.id).where(mine)).all()
    return number, list(found)


@pytest.mark.parametrize(("how", "last"), [(BY_POST, date(2026, 7, 21)), (BY_HAND, None)])
def test_paragraf_67_the_time_to_complain_runs_from_the_day_that_is_noted(
    bench: Bench, how: str, last: date | None
) -> None:
    number, found = waiting(bench)
    with bench.town.product.store.read() as connection:
        assert last_day(connection, number, TODAY) is None  # type: ignore[arg-type]
    act = bench.act() | {"now": NOTED}
    post_letters(bench.sag, found, how, POSTED, **act)  # type: ignore[arg-type]
    with bench.town.product.store.read() as connection:
        runs_to = last_day(connection, number, TODAY)  # type: ignore[arg-type]
        sent = set(connection.scalars(sa.select(letters.c.sent_at)))
    assert runs_to == (last or date(2026, 7, 13)), "a letter that is handed over is there at once"
    assert POSTED in sent


@pytest.mark.parametrize("first", [BY_HAND, BY_POST])
def test_paragraf_67_the_letter_that_is_there_last_counts(bench: Bench, first: str) -> None:
    """One party gets it in the hand, another by post: nobody's time is over before their own."""
    number, (one, other) = waiting(bench)
    act = bench.act() | {"now": NOTED}
    then = BY_POST if first == BY_HAND else BY_HAND
    post_letters(bench.sag, [one], first, POSTED, **act)  # type: ignore[list-item]
    post_letters(bench.sag, [other], then, POSTED, **act)  # type: ignore[list-item]
    with bench.town.product.store.read() as connection:
        assert last_day(connection, number, TODAY) == date(2026, 7, 21)  # type: ignore[arg-type]


def whose(bench: Bench, letter: object) -> UUID:
    with bench.town.product.store.read() as connection:
        party = afgoerelser.party_of_letter(connection, letter)  # type: ignore[arg-type]
    assert party is not None
    return party


def complained(bench: Bench, number: object, person: UUID, day: date, **more: Any) -> Klage:
    """Note a complaint of somebody, and return it."""
    bench.town.now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    said = Received(person=person, day=day, form="skriftligt", words="Vi er uenige.", **more)
    key = receive(bench.sag, number, said, **bench.act())  # type: ignore[arg-type]
    with bench.town.product.store.read() as connection:
        klage = by_id(connection, key)
    assert klage is not None
    return klage


def test_paragraf_67_each_party_has_the_time_of_their_own_letter(bench: Bench) -> None:
    """One letter is handed over in June; the other is posted in July."""
    number, (early, late) = waiting(bench)
    post_letters(bench.sag, [early], BY_HAND, POSTED, **bench.act() | {"now": NOTED})  # type: ignore[list-item]
    july = datetime(2026, 7, 1, 10, tzinfo=UTC)
    post_letters(bench.sag, [late], BY_HAND, july, **bench.act() | {"now": july})  # type: ignore[list-item]
    first = complained(bench, number, whose(bench, early), date(2026, 7, 20))
    assert (first.late, first.window_ends_on) == (True, date(2026, 7, 13))
    second = complained(bench, number, whose(bench, late), date(2026, 7, 20))
    assert (second.late, second.window_ends_on) == (False, date(2026, 7, 29))


def test_paragraf_67_no_time_runs_for_whom_the_letter_never_reached(bench: Bench) -> None:
    number, (early, never) = waiting(bench)
    post_letters(bench.sag, [early], BY_HAND, POSTED, **bench.act() | {"now": NOTED})  # type: ignore[list-item]
    with pytest.raises(KlageNotClear) as no:
        complained(bench, number, whose(bench, never), date(2026, 9, 1))
    assert "fik" in no.value.fields, "the day they got it is asked, not the other's taken"
    told = date(2026, 8, 20)
    klage = complained(bench, number, whose(bench, never), date(2026, 9, 1), told_on=told)
    assert not klage.late


@pytest.mark.parametrize("reverse", [False, True])
def test_paragraf_67_a_complaint_ends_the_time_of_who_complains_alone(
    bench: Bench, reverse: bool
) -> None:
    """In whatever order the letters are noted as posted."""
    number, found = waiting(bench)
    days = [POSTED, POSTED - timedelta(days=3)]
    for letter, day in zip(found, reversed(days) if reverse else days, strict=True):
        post_letters(bench.sag, [letter], BY_POST, day, **bench.act() | {"now": NOTED})  # type: ignore[list-item]
    assert states(bench, number) == ["aaben", "aaben"]
    complained(bench, number, whose(bench, found[0]), date(2026, 6, 22))
    assert states(bench, number) == ["aaben", "opfyldt"]


def test_forvaltningsloven_17_nobody_is_late_while_the_file_is_asked_for(bench: Bench) -> None:
    number, found = waiting(bench)
    post_letters(bench.sag, found, BY_HAND, POSTED, **bench.act() | {"now": NOTED})  # type: ignore[arg-type]
    asked = POSTED + timedelta(days=10)
    with bench.town.product.store.write(actor="karen", now=asked) as work:
        about = {"afgoerelse": str(number), "aktindsigt": "part"}
        work.happened(H.AKTINDSIGT_ANMODET, occurred_at=asked, sag=bench.sag, data=about)
    klage = complained(bench, number, whose(bench, found[0]), date(2026, 8, 20))
    assert not klage.late
    assert klage.window_ends_on == date(2026, 9, 7), "the eighteen days that were left"


def test_forvaltningsloven_17_what_is_asked_for_too_late_holds_no_time(bench: Bench) -> None:
    number, found = waiting(bench)
    post_letters(bench.sag, found, BY_HAND, POSTED, **bench.act() | {"now": NOTED})  # type: ignore[arg-type]
    asked = datetime(2026, 8, 1, 10, tzinfo=UTC)
    with bench.town.product.store.write(actor="karen", now=asked) as work:
        about = {"afgoerelse": str(number), "aktindsigt": "part"}
        work.happened(H.AKTINDSIGT_ANMODET, occurred_at=asked, sag=bench.sag, data=about)
    assert complained(bench, number, whose(bench, found[0]), date(2026, 8, 3)).late


def test_paragraf_67_what_is_noted_without_a_name_is_not_late_while_a_letter_waits(
    bench: Bench,
) -> None:
    number, (one, other) = waiting(bench)
    about, day = {Subject.AFGOERELSE: str(number)}, date(2026, 7, 20)
    post_letters(bench.sag, [one], BY_HAND, POSTED, **bench.act() | {"now": NOTED})  # type: ignore[list-item]
    with bench.town.product.store.read() as connection:
        assert sooner(connection, bench.sag, H.KLAGE_MODTAGET, about, day) is None
    post_letters(bench.sag, [other], BY_HAND, POSTED, **bench.act() | {"now": NOTED})  # type: ignore[list-item]
    with bench.town.product.store.read() as connection:
        late = sooner(connection, bench.sag, H.KLAGE_MODTAGET, about, day)
    assert late is not None
    assert late.day == day


def states(bench: Bench, number: object) -> list[str]:
    with bench.town.product.store.read() as connection:
        its = sa.select(frister.c.state).where(
            frister.c.subject_id == number, frister.c.rule == "KLAGE-4U"
        )
        return sorted(connection.scalars(its))


def test_a_letter_posted_is_noted_by_those_who_may_write_on_the_case(bench: Bench) -> None:
    _, found = waiting(bench)
    with pytest.raises(NotYours):
        post_letters(bench.sag, found, BY_POST, NOW, **bench.act(ANDERS))  # type: ignore[arg-type]
