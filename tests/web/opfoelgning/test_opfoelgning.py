"""The opfølgning on its page: filled in, held in few clicks, nothing lost, only for who may."""

import html
import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.netvaerk import Myndighed
from dubu_plugin.ports.costs import Cost
from dubu_plugin.store.tables import journalnotater, personer
from dubu_plugin.testing.fake_ports import ANDERS, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day
from tests.usecases.afgoerelse.bench import hidden_place
from tests.usecases.opfoelgning.follower import SAID, Follower
from tests.web.conftest import Asking
from tests.web.skrift_desk import plain

HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')
LINES = re.compile(r'<input class="form-input[^>]*name="([\w-]+)" value="([^"]*)"')
AREAS = re.compile(r'<textarea[^>]* name="([\w-]+)"[^>]*>([^<]*)</textarea>')
CHECKED = re.compile(r'name="([\w-]+)" value="([^"]*)" id="[^"]*" checked')
SELECTED = re.compile(
    r'<select[^>]*name="(\w+)"(?:(?!</select>).)*?<option value="([^"]*)" selected', re.DOTALL
)


class Money:
    """Knows what every indsats has cost."""

    name = "kasse"

    def so_far(self, indsatser: Collection[UUID], day: date) -> dict[UUID, Cost]:
        return {one: Cost(Decimal("31200"), Decimal("67600")) for one in indsatser}


class Page:
    """The page of Alma's opfølgning, as somebody's browser has it."""

    def __init__(self, day: Day, asking: Asking) -> None:
        self.asking = asking
        self.follower = Follower(day.town)
        self.follower.later(80)
        self.url = f"/dubu/sag/{self.follower.sag}/opfoelgning"

    def fields(self, who: str = KAREN) -> dict[str, str]:
        """Return the form as a browser would send it where nobody has typed."""
        text = self.asking(who).get(self.url).text
        text = text[text.index('id="opfoelgning"') :]
        found: dict[str, str] = {}
        for pattern in (HIDDEN, LINES, AREAS, CHECKED, SELECTED):
            found |= dict(pattern.findall(text))
        found.pop("tilbage", None)
        return {name: html.unescape(value) for name, value in found.items()}

    def filled(self, who: str = KAREN, **more: str) -> dict[str, str]:
        """Return it with what must be there."""
        goals = {f"{goal}-status": "delvist" for goal in self.follower.goals}
        said = {name: text for name, text in SAID.items() if name != "barnets_syn"}
        return self.fields(who) | goals | said | {"handling": "gem"} | more

    def send(self, fields: dict[str, str], who: str = KAREN) -> Any:
        return self.asking(who).post(self.url, fields)


@pytest.fixture
def page(day: Day, asking: Asking) -> Page:
    return Page(day, asking)


MOST = 20
"""Questions the page asks: it reads the plan, the help, the talks, the statements and the notes."""


def test_the_page_asks_no_more_questions_than_it_did(page: Page) -> None:
    page.follower.talked("Jeg er på en 6'er nu.")
    client, said = page.asking(), list[str]()

    def heard(*told: Any) -> None:
        if not str(told[2]).startswith("BEGIN"):
            said.append(" ".join(str(told[2]).split())[:120])

    engine = page.follower.town.product.store.engine
    sa.event.listen(engine, "before_cursor_execute", heard)
    assert client.get(page.url).status_code == 200
    sa.event.remove(engine, "before_cursor_execute", heard)
    assert len(said) <= MOST, "\n".join(said)


def test_paragraf_105_the_page_asks_whether_the_letters_tell_where_the_child_is(page: Page) -> None:
    town, sag, child = page.follower.town, page.follower.sag, page.follower.desk.alma
    assert "hvor barnet er" not in page.asking().get(page.url).text
    hidden_place(town, sag, child)
    town.happened(H.ANBRINGELSE_IVAERKSAT, sag=sag, person=child, data={"anbringelse": "1"})
    assert "Jeg har set, at brevene ikke røber, hvor barnet er" in page.asking().get(page.url).text


def test_the_page_is_filled_in_with_the_newest_talk_and_where_it_is_from(page: Page) -> None:
    talk = page.follower.talked("Jeg er på en 6'er nu.")
    assert page.fields()["barnets_syn"] == "Jeg er på en 6'er nu."
    assert f'Fra <a href="/dubu/sag/{page.follower.sag}/samtaler/{talk}">' in (
        page.asking().get(page.url).text
    )


def test_what_goes_on_is_held_and_shown_on_the_plan(page: Page) -> None:
    page.follower.talked()
    answer = page.send(page.filled())
    assert answer.status_code == 303, plain(answer.text)
    held = page.asking().get(answer.headers["location"]).text
    assert "Opfølgningen er gemt." in plain(held)
    plan = page.asking().get(f"/dubu/sag/{page.follower.sag}/barnets-plan/{page.follower.plan}")
    assert "Delvist nået" in plain(plan.text)


def test_paragraf_95_a_parent_without_custody_or_held_apart_is_not_ticked_and_it_is_said_why(
    page: Page,
) -> None:
    desk = page.follower.desk
    assert page.fields()["modtager"] == str(desk.mother)
    page.follower.part(desk.mother, custody=Myndighed.DEL, apart=True)
    father = page.follower.town.person("Mads Prøvesen")
    page.follower.town.tie(desk.alma, father, "far", "barn")
    assert "modtager" not in page.fields()
    said = plain(page.asking().get(page.url).text)
    assert "Sofie Testvad holdes adskilt" in said
    sent = page.filled() | {"modtager": str(desk.mother), "handling": "gem"}
    refused = page.send(sent)
    assert refused.status_code == 422
    assert "sæt flueben i »Jeg har set«" in plain(refused.text)
    page.follower.part(desk.mother, custody=Myndighed.DEL)
    assert page.fields()["modtager"] == str(desk.mother)
    assert "Har ikke forældremyndighed" in plain(page.asking().get(page.url).text)


def test_paragraf_5_the_form_says_who_reads_the_childs_view_and_a_letter_home_is_not_ticked(
    page: Page,
) -> None:
    desk, town = page.follower.desk, page.follower.town
    assert "Ingen af brevene gentager det" in plain(page.asking().get(page.url).text)
    assert "skrevet til barnet" not in page.asking().get(page.url).text, "no letter goes to it"
    home = "Testvej 1, 9999 Prøvestrup"
    with town.product.store.write(actor=KAREN, now=town.now) as work:
        its = personer.c
        work.connection.execute(
            sa.update(personer).where(its.id == desk.alma).values(born=date(2014, 6, 1))
        )
    ticked = re.compile(rf'value="{desk.alma}" id="[^"]*" checked')
    assert ticked.search(page.asking().get(page.url).text)
    with town.product.store.write(actor=KAREN, now=town.now) as work:
        both = its.id.in_([desk.alma, desk.mother])
        work.connection.execute(sa.update(personer).where(both).values(address=home))
    text = page.asking().get(page.url).text
    assert not ticked.search(text)
    assert "Det har du sagt til os – skrevet til barnet" in plain(text)
    assert "Bor hos en voksen, som kan åbne brevet" in plain(text)


def test_an_empty_form_is_shown_again_with_everything_it_lacks(page: Page) -> None:
    answer = page.send(page.fields() | {"handling": "gem", "vurdering": "Det hjælper."})
    said = plain(answer.text)
    assert answer.status_code == 422
    assert "Mål 1: vælg, hvor langt målet er nået" in said
    assert "§ 5, stk. 3" in said
    assert page.fields()["vurdering"] == "Det hjælper."


def test_adjusting_leads_straight_to_the_new_version_of_the_plan(page: Page) -> None:
    page.follower.talked()
    mother = f"{page.follower.desk.mother}-syn"
    answer = page.send(page.filled(valg="juster", **{mother: "Enig."}))
    assert answer.headers["location"].startswith(
        f"/dubu/sag/{page.follower.sag}/barnets-plan/{page.follower.plan}"
    )


def test_paragraf_99_stopping_leads_to_the_decision_that_takes_the_help_away(page: Page) -> None:
    page.follower.talked()
    answer = page.send(page.filled(valg="stop", stop=str(page.follower.its.id)))
    drafts = page.asking().get(answer.headers["location"])
    assert "/afgoerelse/" in answer.headers["location"]
    assert "Indsats eller anbringelse hører op" in plain(drafts.text)
    it = page.follower.of_sag().held[0]
    held = plain(page.asking().get(f"{page.url}/{it.skrift}").text)
    assert "Afgørelse: hjælpen hører op" in held
    assert "Det sker først, når der er truffet en afgørelse om det." in held


def test_stopping_what_is_decided_leads_to_the_end_of_the_indsats_with_its_words(
    page: Page,
) -> None:
    page.follower.desk.decision("ophoer", on=page.follower.town.now.date())
    page.follower.talked()
    reached = {f"{goal}-status": "opnaaet" for goal in page.follower.goals}
    answer = page.send(page.filled(valg="stop", stop=str(page.follower.its.id), **reached))
    ends = page.asking().get(answer.headers["location"]).text
    assert "Indsatsen hjælper." in ends
    fields = dict(HIDDEN.findall(ends[ends.index('id="goer-h"') - 800 :]))
    it = page.follower.of_sag().held[0]
    assert fields["opfoelgning"] == str(it.skrift)
    sent = {**fields, "dag": it.held_on.isoformat(), "grund": "ophoer_maal_naaet", "ord": "Nået.",
            "hvordan": "bedt_om"}  # fmt: skip
    back = page.asking().post(answer.headers["location"].partition("?")[0], sent)
    assert back.headers["location"] == f"{page.url}/{it.skrift}?gemt=afslut"
    assert "Gjort" in plain(page.asking().get(back.headers["location"]).text)


def test_two_who_hold_at_once_are_told_and_the_second_keeps_every_word(page: Page) -> None:
    page.follower.talked()
    karens, mettes = page.filled(), page.filled(METTE, vurdering="Fra Mette.")
    assert page.send(karens).status_code == 303
    answer = page.send(mettes, METTE)
    assert answer.status_code == 422
    assert "En anden har gemt en opfølgning imens" in plain(answer.text)
    assert "Fra Mette." in answer.text
    assert len(page.follower.desk.happened(H.OPFOELGNING_AFHOLDT)) == 1


def test_what_two_wrote_in_one_field_stands_with_both_texts(page: Page) -> None:
    mettes = page.fields(METTE) | {"vurdering": "Fra Mette.", "handling": "kladde"}
    page.send(page.fields() | {"vurdering": "Fra Karen.", "handling": "kladde"})
    answer = page.send(mettes, METTE)
    assert answer.status_code == 422
    assert "Fra Karen." in plain(answer.text)
    assert "Fra Mette." in answer.text


def test_a_draft_that_was_typed_is_there_again(page: Page) -> None:
    typed = {"vurdering": "Midt i en sætn", "valg": "stop"}
    page.asking().post(f"/dubu/kladde/opfoelgning:{page.follower.sag}", typed)
    fields = page.fields()
    assert (fields["vurdering"], fields["valg"]) == ("Midt i en sætn", "stop")


def test_who_may_not_see_the_case_sees_no_opfoelgning(page: Page) -> None:
    page.follower.talked()
    answer = page.send(page.filled())
    for url in (page.url, answer.headers["location"]):
        assert page.asking(ANDERS).get(url).status_code == 404


def test_an_opfoelgning_is_no_ordinary_skrift(page: Page) -> None:
    page.follower.kept(page.follower.texts())
    number = page.follower.of_sag().open
    url = f"/dubu/sag/{page.follower.sag}/skrift/{number}"
    assert page.asking().get(url).status_code == 404
    assert page.asking().post(url, {"handling": "faerdig"}).status_code == 404


def test_what_has_been_said_and_has_happened_since_stands_there_with_its_source(page: Page) -> None:
    page.follower.talked("Jeg er på en 6'er nu.")
    with page.follower.town.product.store.write(actor=KAREN, now=page.follower.town.now) as work:
        work.connection.execute(
            sa.insert(journalnotater).values(
                id=uuid4(), sag_id=page.follower.sag, line="notat", title="Mor ringede", body="",
                present="", own_words="", occurred_at=page.follower.town.now,
                written_at=page.follower.town.now, automatic=False, sought="mor ringede",
            )
        )  # fmt: skip
    said = plain(page.asking().get(page.url).text)
    assert "Mor ringede" in said
    assert "Samtale med barnet" in said


def test_a_statement_of_a_goals_dimension_is_suggested_beside_it(page: Page) -> None:
    follower = page.follower
    goal = follower.goals[0]
    follower.stated(goal, "Fraværet er faldet til 6 procent.")
    assert "Prøvestrup Skole" in page.fields()[f"{goal}-ord"]
    assert "Fraværet er faldet til 6 procent." in page.fields()[f"{goal}-ord"]


def test_what_it_has_cost_is_shown_where_somebody_knows(page: Page) -> None:
    assert "Brugt indtil nu" not in page.asking().get(page.url).text
    town = page.follower.town
    town.product = replace(town.product, ports=replace(town.product.ports, costs=Money()))
    said = page.asking().get(page.url).text
    assert "31.200,00 kr." in said
    assert "67.600,00 kr." in said
