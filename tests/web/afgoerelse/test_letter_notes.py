"""What who writes to a family is told at the top of the page: who must not read what."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID

import pytest

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.netvaerk import Rolle
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.usecases.afgoerelse.bench import hidden_place

Asking: TypeAlias = Callable[..., Any]


@pytest.fixture
def sag(day: Day) -> UUID:
    """A case of a child of nine with a mother."""
    child = day.town.person("Alma Testvad", born=day.town.now.date() - timedelta(days=9 * 366))
    day.town.tie(child, day.town.person("Sofie Testvad"), "mor", "barn")
    return day.town.sag(child)


def begun(asking: Asking, sag: UUID, matter: str = "stoette") -> str:
    answer = asking(KAREN).post(f"/dubu/sag/{sag}/afgoerelser", {"forhold": matter})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_paragraf_5_the_form_says_who_reads_the_childs_view(asking: Asking, sag: UUID) -> None:
    said = asking(KAREN).get(begun(asking, sag)).text
    assert "Forældrene læser det ordret" in said


def test_paragraf_105_the_page_says_that_a_placed_childs_letter_is_handed_over(
    asking: Asking, day: Day
) -> None:
    child = day.town.person("Alma Testvad", born=day.town.now.date() - timedelta(days=12 * 366))
    sag = day.town.sag(child)
    where = begun(asking, sag)
    assert "overleveres af" not in asking(KAREN).get(where).text
    day.town.happened(Haendelse.ANBRINGELSE_IVAERKSAT, sag=sag, data={"anbringelse": "en"})
    page = asking(KAREN).get(where).text
    assert "overleveres af" in page
    [hearing] = set(re.findall(r'href="([^"]+/part/[^"]+)"', page))
    assert "overleveres af" in asking(KAREN).get(hearing).text
    assert "Vælg det på afgørelsen" not in asking(KAREN).get(hearing).text, "there is no choice"


def test_the_hearing_says_how_it_comes_to_the_child_as_the_decision_was_chosen_to(
    asking: Asking, day: Day
) -> None:
    home = "Testvej 9, 9999 Prøvestrup"
    born = day.town.now.date() - timedelta(days=12 * 366)
    child = day.town.person("Alma Testvad", born=born, address=home)
    mother = day.town.person("Sofie Testvad", address=home)
    day.town.tie(child, mother, "mor", "barn")
    sag = day.town.sag(child)
    where = begun(asking, sag)
    hearings = set(re.findall(r'href="([^"]+/part/[^"]+)"', asking(KAREN).get(where).text))
    given = [one for one in hearings if "overleverer barnets brev" in asking(KAREN).get(one).text]
    assert len(hearings) == 2
    assert len(given) == 1, "the child's hearing alone"
    form = {"handling": "gem", "version": "1"}  # the box is not ticked
    assert asking(KAREN).post(where, form).status_code == 303
    assert "hvor en forælder kan åbne det" in asking(KAREN).get(given[0]).text
    page = asking(KAREN).get(where).text
    assert 'id="f-overleveres"' in page, "the link leads to the box"


def test_paragraf_105_the_page_says_what_the_parents_do_not_read_of_a_hidden_place(
    asking: Asking, day: Day, sag: UUID
) -> None:
    day.town.happened(Haendelse.ANBRINGELSE_IVAERKSAT, sag=sag, data={"anbringelse": "en"})
    where = begun(asking, sag, "anbringelsessted")
    assert "Stedet er skjult" not in asking(KAREN).get(where).text
    with day.town.product.store.read() as connection:
        child = sag_panel.head(connection, sag).child
    hidden_place(day.town, sag, child)
    page = asking(KAREN).get(where).text
    assert "Stedet er skjult" in page
    assert "Jeg har set, at brevene ikke røber, hvor barnet er" in asking(HENRIK).get(where).text
    [hearing] = set(re.findall(r'href="([^"]+/part/[^"]+)"', page))
    heard = asking(KAREN).get(hearing).text
    assert "Jeg har set, at brevene ikke røber, hvor barnet er" in heard
    assert "skolegang" not in heard, "that field is not on its page"


def held_apart(day: Day, sag: UUID) -> None:
    """Have the mother be held apart from the others."""
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        child = sag_panel.head(work.connection, sag).child
        mother = next(
            one for one in netvaerk.of_child(work.connection, child) if one.part.role is Rolle.MOR
        )
        netvaerk.change(
            work.connection, mother, replace(mother.part, apart=True), by=KAREN, now=day.town.now
        )


def test_paragraf_27_the_page_and_the_hearing_warn_where_somebody_is_held_apart(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = begun(asking, sag)
    page = asking(KAREN).get(where).text
    assert "holdes adskilt" not in page
    hearings = set(re.findall(r'href="([^"]+/part/[^"]+)"', page))
    held_apart(day, sag)
    for one in (where, *hearings):
        assert "Sofie Testvad holdes adskilt" in asking(KAREN).get(one).text


def test_paragraf_27_what_is_sent_takes_a_tick_and_nothing_typed_is_lost(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = begun(asking, sag)
    [hearing] = set(re.findall(r'href="([^"]+/part/[^"]+)"', asking(KAREN).get(where).text))
    held_apart(day, sag)
    sent = {"handling": "send", "om": "Skolen har oplyst.", "rev-om": "0", "frist": "2030-01-07"}
    refused = asking(KAREN).post(hearing, sent)
    assert refused.status_code == 422
    assert "Jeg har set" in refused.text
    assert "Skolen har oplyst." in refused.text
    answer = asking(HENRIK).post(where, {"handling": "traef", "version": "1", "varighed": "Et år"})
    assert "sæt flueben i »Jeg har set«" in answer.text
    ticked = {"handling": "traef", "version": "2", "adskilt_set": "ja", "varighed": "Et år"}
    answer = asking(HENRIK).post(where, ticked)
    assert "sæt flueben i »Jeg har set«" not in answer.text
    assert re.search(r'name="adskilt_set"[^>]* checked', answer.text), "the tick is there again"
    assert asking(KAREN).post(hearing, {**sent, "adskilt_set": "ja"}).status_code == 303
