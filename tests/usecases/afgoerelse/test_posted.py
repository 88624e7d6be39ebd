"""What runs from a decision's letter runs from the day somebody posted it or handed it over."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.store.access import NotYours
from dubu_plugin.store.tables import letters
from dubu_plugin.testing.fake_ports import ANDERS
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.window import last_day
from dubu_plugin.usecases.dokument.sent_on_paper import BY_HAND, BY_POST, post_letters

from .bench import NOW, Bench

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
        assert last_day(connection, number) is None  # type: ignore[arg-type]
    act = bench.act() | {"now": NOTED}
    post_letters(bench.sag, found, how, POSTED, **act)  # type: ignore[arg-type]
    with bench.town.product.store.read() as connection:
        runs_to = last_day(connection, number)  # type: ignore[arg-type]
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
        assert last_day(connection, number) == date(2026, 7, 21)  # type: ignore[arg-type]


def test_a_letter_posted_is_noted_by_those_who_may_write_on_the_case(bench: Bench) -> None:
    _, found = waiting(bench)
    with pytest.raises(NotYours):
        post_letters(bench.sag, found, BY_POST, NOW, **bench.act(ANDERS))  # type: ignore[arg-type]
