"""Barnets plan on its pages: made in few clicks, written, sent, read as a chain."""

import html
import re
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.maal import MaalStatus
from dubu_plugin.domain.skrift import SkriftKind, SkriftState, place_of_behov
from dubu_plugin.store.family import netvaerk, personer
from dubu_plugin.store.plan import maal
from dubu_plugin.store.plan.maal import Maal
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.behov import TEXT
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.tables import letters, maal_status
from dubu_plugin.testing.fake_ports import ANDERS, KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.skrift.write import add_behov
from tests.web.skrift_desk import SCHOOL, Pages, plain

PLAN = SkriftKind.BARNETS_PLAN


class Planning(Pages):
    """What a caseworker does with a plan."""

    def __init__(self, day: Day) -> None:
        super().__init__(day)
        self.need = add_behov(self.sag, self.bfu.id, SCHOOL, "En fast morgen", **self.act())
        self.all = f"/dubu/sag/{self.sag}/barnets-plan"

    def made(self, **more: str) -> str:
        """Make the plan from the ticked need, and return its address."""
        form = {"behov": str(self.need), f"maal-{self.need}": "Noah kommer til tiden", **more}
        answer = self.client().post(self.all, form)
        assert answer.status_code == 303
        return str(answer.headers["location"]).partition("?")[0]

    def plan_child(self) -> UUID:
        return self.bfu.person

    def plan(self) -> Skrift:
        with self.town.product.store.read() as connection:
            return skrifter.of_sag(connection, self.sag, PLAN)[0]

    def goals(self) -> list[Maal]:
        plan = self.plan()
        with self.town.product.store.read() as connection:
            said = tekster.read(connection, plan.id, plan.version)
            return list(maal.of_skrift(connection, plan.id, said))

    def fields(self, url: str, who: str = KAREN) -> dict[str, str]:
        """Return the form of the plan as a browser would send it."""
        text = self.client(who).get(url).text
        text = text[text.index('id="plan-form"') if 'id="plan-form"' in text else 0 :]
        found = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', text))
        for tag in re.findall(r"<input class=\"form-input[^>]*>", text):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name and value:
                found[name[1]] = value[1]
        found |= dict(re.findall(r'<textarea[^>]* name="([\w-]+)"[^>]*>([^<]*)</textarea>', text))
        for name, inside in re.findall(r'<select[^>]* name="([\w-]+)".*?>(.*?)</select>', text,
                                       re.DOTALL):  # fmt: skip
            chosen = re.search(r'value="([^"]*)" selected', inside)
            found[name] = chosen[1] if chosen else ""
        return {name: html.unescape(value) for name, value in found.items()}

    def save(self, url: str, **said: str) -> Any:  # type: ignore[override]
        return self.client().post(url, self.fields(url) | {"handling": "gem"} | said)

    def whole(self, url: str) -> dict[str, str]:
        """Return the form with all that must be there."""
        (goal,) = self.goals()
        return self.fields(url) | {
            "formaal": "En rolig hverdag", "varighed": "Et halvt år",
            "barnets_oensker": "Jeg vil ikke komme for sent.",
            f"{goal.id}-hvem_goer_hvad": "Trine kommer om morgenen.",
            f"{goal.id}-indikator": "Fravær i procent",
            f"{goal.id}-barnets_ord": "Jeg vil ikke komme for sent.",
        }  # fmt: skip

    def send(self, url: str, **more: str) -> Any:  # type: ignore[override]
        return self.client().post(url, self.whole(url) | {"handling": "send"} | more)

    def codes(self) -> list[str]:
        with self.town.product.store.read() as connection:
            query = sa.select(letters.c.code).where(letters.c.code.like("%plan%"))
            return sorted(connection.scalars(query))


@pytest.fixture
def desk(day: Day) -> Planning:
    return Planning(day)


def test_the_needs_are_offered_ticked_and_the_panel_leads_there(desk: Planning) -> None:
    panel = desk.client().get(f"/dubu/sag/{desk.sag}").text
    assert f'href="{desk.all}"' in panel
    shown = desk.client().get(desk.all).text
    tick = re.search(rf'<input type="checkbox"[^>]*value="{desk.need}"[^>]*>', shown)
    assert tick
    assert "checked" in tick[0]
    assert "En fast morgen" in shown
    label = re.search(rf'for="f-maal-{desk.need}">(.*?)</label>', shown)
    assert label
    assert "for behovet En fast morgen" in label[1], "each field of a goal has a name of its own"


def test_the_goals_are_kept_while_they_are_typed_until_the_plan_is_made(desk: Planning) -> None:
    where = desk.client().get(desk.all).text.partition('data-draft="')[2].partition('"')[0]
    typed = {"art": "barnets_plan", "eget": "Et fritidsjob"}
    assert "Kladde gemt" in desk.client().post(where, typed).text
    shown = desk.client().get(desk.all).text
    assert 'value="Et fritidsjob"' in shown
    assert "Din kladde fra" in shown
    assert desk.client().post(desk.all, typed).status_code == 303
    assert 'value="Et fritidsjob"' not in desk.client().get(desk.all).text


def test_a_plan_is_made_written_and_sent_in_four_clicks(desk: Planning) -> None:
    """»Lav plan« in the panel, »Lav plan« on the page, »Gem og send«: three, and one to look."""
    url = desk.made()
    answer = desk.send(url)
    assert answer.status_code == 303
    assert desk.plan().state is SkriftState.GODKENDT
    assert len(desk.happened(H.BARNETS_PLAN_VEDTAGET)) == 1
    assert desk.codes() == ["barnets_plan", "min_plan"]
    shown = plain(desk.client().get(url).text)
    for said in ("En fast morgen", "Noah kommer til tiden", "Trine kommer", "Fravær i procent"):
        assert said in shown
    assert "Ny version" in shown


def test_without_a_goal_the_form_is_shown_again(desk: Planning) -> None:
    answer = desk.client().post(desk.all, {"eget": " "})
    assert answer.status_code == 422
    assert "Vælg mindst ét behov" in answer.text


def test_what_is_lacking_is_named_and_everything_typed_is_kept(desk: Planning) -> None:
    url = desk.made()
    answer = desk.client().post(
        url, desk.fields(url) | {"handling": "send", "barnets_oensker": "Jeg vil hjem."}
    )
    assert answer.status_code == 422
    assert "Mål 1: skriv et tegn på, at det virker (§ 92)." in plain(answer.text)
    assert "Jeg vil hjem." in answer.text
    assert desk.words(desk.plan())["", "barnets_oensker"] == "Jeg vil hjem."
    assert desk.codes() == []


def test_a_date_that_is_none_loses_nothing(desk: Planning) -> None:
    url = desk.made()
    (goal,) = desk.goals()
    answer = desk.save(url, **{f"{goal.id}-ses_paa": "31-31-31", "formaal": "En rolig hverdag"})
    assert answer.status_code == 422
    assert "Skriv datoen" in answer.text
    assert "En rolig hverdag" in answer.text


def test_two_who_write_in_the_same_goal_see_both_texts(desk: Planning) -> None:
    url = desk.made()
    (goal,) = desk.goals()
    late = desk.fields(url, ANDERS)
    desk.save(url, **{f"{goal.id}-indikator": "Fravær"})
    answer = desk.client(ANDERS).post(
        url, late | {"handling": "gem", f"{goal.id}-indikator": "Humør"}
    )
    assert answer.status_code in (404, 422)
    if answer.status_code == 422:
        assert "»Fravær«" in plain(answer.text)
        assert "Humør" in answer.text
    assert desk.words(desk.plan())[goal.place, "indikator"] == "Fravær"


def test_a_goal_is_taken_out_by_saying_so_and_not_by_emptying_it(desk: Planning) -> None:
    url = desk.made(eget="Se farmor")
    first, second = desk.goals()
    desk.save(url, **{f"{first.id}-aendring": ""})
    assert [one.id for one in desk.goals()] == [first.id, second.id]
    desk.save(url, **{f"ud-{second.id}": "ja"})
    assert [one.id for one in desk.goals()] == [first.id]


def test_more_goals_are_put_on(desk: Planning) -> None:
    url = desk.made()
    more = add_behov(desk.sag, desk.bfu.id, SCHOOL, "Lektiehjælp", **desk.act())
    desk.save(url, nyt_behov=str(more), nyt_maal="Se farmor")
    assert [one.text for one in desk.goals()] == [
        "Noah kommer til tiden", "Lektiehjælp", "Se farmor",
    ]  # fmt: skip


def test_a_need_that_is_taken_out_in_a_draft_is_told_as_that(desk: Planning) -> None:
    url = desk.made()
    desk.put_at(desk.bfu, {(place_of_behov(desk.need), TEXT): ""})
    shown = plain(desk.client().get(url).text)
    assert "Behovet er taget ud i den version, der skrives" in shown
    assert "Behovet står ikke længere i undersøgelsen" not in shown
    assert "En fast morgen" in shown


def test_a_new_version_says_what_is_changed_in_each_goal(desk: Planning) -> None:
    url = desk.made()
    desk.send(url)
    desk.client().post(url, {"handling": "ny_version"})
    (goal,) = desk.goals()
    desk.save(url, **{f"{goal.id}-oensket": "5"})
    answer = desk.client().get(f"/dubu/sag/{desk.sag}/skrift/{desk.plan().id}/alle-versioner")
    assert answer.status_code == 200
    assert "Noah kommer til tiden" in answer.text
    assert "Ønsket" in answer.text
    whole = desk.client().get(f"/dubu/sag/{desk.sag}/skrift/{desk.plan().id}/hele-teksten").text
    assert "Fravær i procent" in whole


def test_an_extract_goes_to_the_place_with_the_chosen_goals(desk: Planning) -> None:
    url = desk.made()
    desk.send(url)
    (goal,) = desk.goals()
    empty = desk.client().post(url, {"handling": "uddrag", "til": "Prøvegården"})
    assert empty.status_code == 422
    answer = desk.client().post(
        url, {"handling": "uddrag", "til": "Prøvegården", "med": str(goal.id)}
    )
    assert answer.status_code == 303
    assert "plan_uddrag" in desk.codes()
    assert "Prøvegården" in desk.client().get(url).text


def test_how_far_a_goal_has_come_stands_at_it(desk: Planning) -> None:
    url = desk.made()
    desk.send(url)
    (goal,) = desk.goals()
    with desk.town.product.store.write(actor=KAREN, now=desk.town.now) as work:
        for skrift, number in ((desk.bfu.id, 4), (desk.plan().id, 6)):
            work.connection.execute(
                sa.insert(maal_status).values(
                    skrift_id=skrift, maal_id=goal.id, status=MaalStatus.DELVIST,
                    barnets_tal=number, at=desk.town.now, by=KAREN,
                )
            )  # fmt: skip
    shown = desk.client().get(url).text
    assert "Delvist nået" in shown
    assert "<polyline" in shown
    follow_up = f"/dubu/sag/{desk.sag}/opfoelgning/{desk.bfu.id}"
    assert f'href="{follow_up}"' in shown, "the chain leads on to the opfølgning"


def test_a_goal_is_shared_with_a_sibling_by_one_tick(desk: Planning) -> None:
    brother = desk.town.person("Viggo Testvad", born=date(2020, 3, 9))
    desk.town.tie(desk.plan_child(), brother, "soeskende", "soeskende")
    url = desk.made()
    (goal,) = desk.goals()
    assert "Også et mål for Viggo Testvad" in desk.client().get(url).text
    desk.save(url, **{f"ogsaa-{goal.id}": str(brother)})
    assert [one.person for one in desk.goals()] == [desk.plan_child(), brother]
    shown = desk.client().get(url).text
    assert "Også et mål for" not in shown
    for one in desk.goals():
        desk.save(url, **{f"{one.id}-barnets_ord": "Jeg vil til tiden."})
    assert desk.client().get(f"{url}/min-plan").text.count("<article") == 2


def test_the_general_page_of_a_plan_leads_to_its_own(desk: Planning) -> None:
    url = desk.made()
    answer = desk.client().get(f"/dubu/sag/{desk.sag}/skrift/{desk.plan().id}")
    assert answer.headers["location"] == url


def test_a_plan_of_another_case_is_not_here(desk: Planning) -> None:
    desk.made()
    other = desk.client().get(f"{desk.all}/{desk.bfu.id}")
    assert other.status_code == 404, "an undersøgelse is no plan"
    assert desk.client().get(f"{desk.all}/{UUID(int=9)}").status_code == 404
    assert desk.client().get(f"{desk.all}/noget").status_code == 404


def test_paragraf_27_no_parent_is_ticked_where_somebody_is_held_apart_and_it_is_said(
    desk: Planning,
) -> None:
    town, child = desk.town, desk.bfu.person
    mother = town.person("Sofie Testvad")
    town.tie(child, mother, "mor", "barn")
    url = desk.made()
    ticked = re.compile(rf'value="{mother}" id="[^"]*" checked')
    assert ticked.search(desk.client().get(url).text)
    with town.product.store.write(actor=KAREN, now=town.now) as work:
        line = netvaerk.one(work.connection, child, mother)
        assert line is not None
        part = replace(line.part, apart=True)
        netvaerk.change(work.connection, line, part, by=KAREN, now=town.now)
    shown = desk.client().get(url).text
    assert not ticked.search(shown)
    assert "Sofie Testvad holdes adskilt" in plain(shown)


def test_a_parent_is_ticked_and_gets_a_copy(desk: Planning) -> None:
    with desk.town.product.store.read() as connection:
        parents = [
            one.person.id
            for one in personer.family_of(connection, desk.bfu.person)
            if one.tie in ("mor", "far")
        ]
    url = desk.made()
    shown = desk.client().get(url).text
    assert all(f'value="{one}"' in shown for one in parents)
    if parents:
        desk.send(url, modtager=str(parents[0]))
        assert "plan_brev" in desk.codes()


def test_a_plan_asks_few_questions(desk: Planning) -> None:
    url = desk.made(eget="Se farmor")
    asked: list[str] = []
    engine = desk.town.product.store.engine

    def count(*told: object) -> None:
        if str(told[2]).lstrip()[:6].upper() == "SELECT":
            asked.append(str(told[2]))

    client = desk.client()
    client.get(url)
    sa.event.listen(engine, "before_cursor_execute", count)
    assert client.get(url).status_code == 200
    sa.event.remove(engine, "before_cursor_execute", count)
    assert len(asked) <= 12, len(asked)


def test_the_stream_and_the_panel_say_that_it_is_the_plan(desk: Planning) -> None:
    url = desk.made()
    desk.send(url)
    shown = plain(desk.client().get(f"/dubu/sag/{desk.sag}").text)
    assert 'Skrivning begyndt <span class="small quiet">barnets plan' in shown
    assert f'/dubu/sag/{desk.sag}/skrift/{desk.plan().id}">Barnets plan</a>' in shown
    assert "Barnets plan vedtaget" in shown
