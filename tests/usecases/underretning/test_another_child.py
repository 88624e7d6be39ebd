"""A letter about two children is two underretninger with the same original."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.tables import frister, outbox, post_files, post_items
from dubu_plugin.store.tables import underretninger as table
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.testing import ordinary_day
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import NOW, Day
from dubu_plugin.usecases.underretning.another_child import (
    NothingToRegister,
    register_another_child,
)

Register: TypeAlias = Callable[..., UUID]

ME = Asker(KAREN, frozenset({Role.CASEWORKER}), "boern")


@pytest.fixture
def day(tmp_path: Any) -> Any:
    built = ordinary_day.build(tmp_path)
    yield built
    built.town.product.store.close()


def row(day: Day, number: UUID) -> Any:
    with day.town.product.store.read() as connection:
        return connection.execute(sa.select(table).where(table.c.id == number)).one()


def rows(day: Day, asked: sa.Select[Any]) -> list[Any]:
    with day.town.product.store.read() as connection:
        return list(connection.execute(asked))


def again(day: Day, number: UUID, form: UUID | None = None) -> UUID:
    receipt = register_another_child(
        number, form or uuid4(), product=day.town.product, asker=ME, now=NOW
    )
    assert receipt.underretning is not None
    return receipt.underretning


def test_nothing_is_typed_again_and_the_original_is_the_same(day: Day) -> None:
    first = row(day, day.alma_underretning)
    second = row(day, again(day, day.alma_underretning))
    for name in ("text", "received_at", "channel", "notifier_name", "underretter", "responsible"):
        assert second._mapping[name] == first._mapping[name], name
    assert second.post_id != first.post_id
    kept = {
        one.id: (one.sha256, one.filename, one.received_at)
        for one in rows(day, sa.select(post_items))
    }
    assert kept[second.post_id] == kept[first.post_id]
    files = [
        [one.sha256 for one in rows(day, sa.select(post_files).where(post_files.c.post_id == post))]
        for post in (first.post_id, second.post_id)
    ]
    assert files[0] == files[1] != []


def test_the_child_is_still_to_be_chosen_and_is_not_looked_for_in_the_text(day: Day) -> None:
    """The text names the first child, who would be found once more."""
    new = again(day, day.alma_underretning)
    assert row(day, new).child_id is None
    lane = f"underretning:{new}"
    assert rows(day, sa.select(outbox).where(outbox.c.lane == lane)) == []
    with day.town.product.store.read() as connection:
        likely = {person for person, _, _ in underretninger.candidates_of(connection, new)}
    assert day.alma not in likely
    assert day.viggo in likely


def test_its_clock_counts_from_when_the_letter_came(day: Day) -> None:
    first = row(day, day.alma_underretning)
    new = again(day, day.alma_underretning)
    clocks = rows(day, sa.select(frister).where(frister.c.underretning_id == new))
    due = {one.rule: one.due for one in clocks}
    assert due["UND-24T"] == first.received_at + timedelta(hours=24)


def test_the_same_form_sent_twice_registers_once(day: Day) -> None:
    form = uuid4()
    assert again(day, day.alma_underretning, form) == again(day, day.alma_underretning, form)


def test_what_is_something_else_is_not_registered_again(day: Day) -> None:
    with day.town.product.store.write(actor=KAREN, now=NOW) as work:
        underretninger.change(work.connection, day.alma_underretning, state=underretninger.OTHER)
    with pytest.raises(NothingToRegister):
        again(day, day.alma_underretning)


def test_whoever_may_not_register_it_may_not_do_it_again(day: Day) -> None:
    stranger = Asker("fremmed", frozenset({Role.AUDITOR}))
    with pytest.raises(NotYours):
        register_another_child(
            day.alma_underretning, uuid4(), product=day.town.product, asker=stranger, now=NOW
        )
