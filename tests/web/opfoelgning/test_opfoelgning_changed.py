"""The family or the plan changes while an opfølgning is written: nothing that was typed is lost."""

from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.skrift import place_of_maal
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.family import personer
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.tables import letters
from dubu_plugin.store.tables import personer as persons
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking
from tests.web.skrift_desk import plain

from .test_opfoelgning import Page

SAID = "Mor siger, at aftenerne er rolige."


@pytest.fixture
def page(day: Day, asking: Asking) -> Page:
    made = Page(day, asking)
    made.follower.talked()
    return made


def adopted(page: Page) -> UUID:
    """Have the child get another mother."""
    town = page.follower.town
    new = town.person("Tove Demosen", address="Adoptivvej 3, 9999 Prøvestrup")
    with town.product.store.write(actor="system", now=town.now) as work:
        personer.keep_ties(work.connection, page.follower.desk.alma, [(new, Tie.MOTHER)])
    return new


def sent(page: Page) -> set[str]:
    with page.follower.town.product.store.read() as connection:
        return set(connection.scalars(sa.select(letters.c.code)))


def test_a_child_who_turns_18_meanwhile_is_told_alone_and_the_page_says_so(page: Page) -> None:
    mother = str(page.follower.desk.mother)
    form = page.filled(modtager=mother, handling="gem", vurdering="Det går godt.")
    town = page.follower.town
    today = town.now.date()
    with town.product.store.write(actor=KAREN, now=town.now) as work:
        work.connection.execute(
            sa.update(persons)
            .where(persons.c.id == page.follower.desk.alma)
            .values(born=date(today.year - 18, today.month, today.day))
        )
    refused = page.send(form)
    assert refused.status_code == 422
    assert "Hvem der får beslutningen at vide, er ændret" in plain(refused.text)
    assert "Det går godt." in refused.text
    assert f'name="modtager" value="{mother}"' not in refused.text
    assert "opfoelgning_brev" not in sent(page)


def test_what_a_parent_said_who_is_one_no_more_is_shown_to_be_put_elsewhere(page: Page) -> None:
    form = page.filled()
    (said,) = [name for name in form if name.endswith("-syn")]
    form |= {said: SAID, "vurdering": "Det går godt."}
    adopted(page)
    refused = page.send(form)
    assert refused.status_code == 422
    shown = plain(refused.text)
    assert f"»{SAID}«" in shown
    assert "Det går godt." in shown
    assert "opfoelgning" not in sent(page)


def test_words_of_a_goal_a_new_version_took_out_are_shown_to_be_put_elsewhere(page: Page) -> None:
    gone = page.follower.goals[0]
    form = page.filled() | {f"{gone}-ord": "Fravær i marts."}
    town = page.follower.town
    with town.product.store.write(actor=KAREN, now=town.now) as work:
        plan = skrifter.by_id(work.connection, page.follower.plan)
        assert plan is not None
        number = skrifter.begin_version(work.connection, plan, by=KAREN, now=town.now)
        there = tekster.read(work.connection, plan.id, number)
        empty = {
            at: Written("", text.revision)
            for at, text in there.items()
            if at[0] == place_of_maal(gone)
        }
        tekster.write(work.connection, plan.id, number, empty, by=KAREN, now=town.now)
        after = skrifter.by_id(work.connection, plan.id)
        assert after is not None
        skrifter.approve(work.connection, after, "0" * 64, by="henrik", now=town.now)
    refused = page.send(form)
    assert refused.status_code == 422, refused.headers.get("location")
    assert "»Fravær i marts.«" in plain(refused.text)
    again = {name: text for name, text in form.items() if not name.startswith(str(gone))}
    assert page.send(again | {"andre_forhold": "Fravær i marts."}).status_code == 303
