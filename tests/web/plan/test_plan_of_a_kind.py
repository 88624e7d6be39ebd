"""A child has one plan of a kind: the page offers the one that is its now."""

import re

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store.tables import personer, skrifter
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.plan.send_plan import OthersGetIt
from dubu_plugin.web.plan import page as plan_skrift_page
from tests.web.plan.test_plan_skrift import Planning
from tests.web.skrift_desk import plain


@pytest.fixture
def desk(day: Day) -> Planning:
    return Planning(day)


def of_years(desk: Planning, years: int) -> None:
    today = danish_day(desk.town.now)
    born = today.replace(year=today.year - years)
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        its = personer.c.id == desk.plan_child()
        work.connection.execute(sa.update(personer).where(its).values(born=born))


def test_where_others_get_the_plan_now_what_was_written_is_saved_and_the_page_says_so(
    desk: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    def others_get_it(*_: object, **__: object) -> None:
        raise OthersGetIt

    monkeypatch.setattr(plan_skrift_page, "send_plan", others_get_it)
    answer = desk.send(desk.made())
    assert answer.status_code == 422
    assert ">Planen er ikke sendt</h" in answer.text
    assert "Det, du har skrevet, er gemt." in answer.text
    assert "Det er ikke gemt" not in answer.text


def test_paragraf_91_where_a_plan_stands_the_page_makes_a_new_version_of_it(
    desk: Planning,
) -> None:
    url = desk.made()
    desk.send(url)
    first = desk.plan()
    shown = desk.client().get(desk.all).text
    assert "Lav en ny version" in shown
    assert "Lav plan" not in shown
    answer = desk.client().post(desk.all, {"eget": "Noah sover hele natten"})
    assert answer.headers["location"].startswith(url)
    assert (desk.plan().id, desk.plan().version) == (first.id, 2)


def test_paragraf_108_at_sixteen_an_ungeplan_that_stands_is_the_only_one_offered(
    desk: Planning,
) -> None:
    of_years(desk, 16)
    shown = desk.client().get(desk.all).text
    assert 'value="barnets_plan"' in shown
    url = desk.made(art="ungeplan")
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        its = skrifter.c.kind == SkriftKind.UNGEPLAN
        change = sa.update(skrifter).where(its).values(state=SkriftState.GODKENDT)
        work.connection.execute(change)
    shown = desk.client().get(desk.all).text
    assert 'value="barnets_plan"' not in shown
    assert re.search(r'<input type="hidden" name="art" value="ungeplan">', shown)
    answer = desk.client().post(desk.all, {"art": "barnets_plan", "eget": "Noah sover"})
    assert answer.status_code == 422
    assert "§\u00a0108" in answer.text
    assert "Noah sover" in answer.text
    answer = desk.client().post(desk.all, {"art": "ungeplan", "eget": "Et fritidsjob"})
    assert answer.headers["location"].startswith(url)


def test_paragraf_108_a_grown_young_person_gets_the_ungeplan_that_is_offered(
    desk: Planning,
) -> None:
    of_years(desk, 19)
    desk.town.happened(H.UNGESTOETTE_BESLUTTET, sag=desk.sag, data={"bevilget": True})
    shown = desk.client().get(desk.all).text
    assert re.search(r'<input type="hidden" name="art" value="ungeplan">', shown)
    assert "Barnets lov §§\u00a0108-109" in shown
    answer = desk.client().post(desk.all, {"art": "barnets_plan", "eget": "Noah sover"})
    assert answer.status_code == 422
    assert "barnets plan er kun til børn" in answer.text
    desk.made(art="ungeplan")


def test_paragraf_91_and_108_from_eighteen_without_ungestoette_no_plan_is_offered_or_begun(
    desk: Planning,
) -> None:
    url = desk.made()
    desk.send(url)
    of_years(desk, 18)
    desk.town.happened(H.UNGESTOETTE_BESLUTTET, sag=desk.sag, data={"bevilget": False})
    shown = desk.client().get(desk.all).text
    assert 'name="art"' not in shown
    assert "Den unge er fyldt 18 år." in shown
    for kind in ("barnets_plan", "ungeplan"):
        answer = desk.client().post(desk.all, {"art": kind, "eget": "Et fritidsjob"})
        assert answer.status_code == 422
    assert desk.client().post(url, {"handling": "ny_version"}).status_code == 422


def test_a_new_version_begun_by_a_slip_is_given_up_and_the_plan_stands(desk: Planning) -> None:
    url = desk.made()
    desk.send(url)
    desk.client().post(url, {"handling": "ny_version"})
    shown = desk.client().get(url).text
    assert "Opgiv den nye version" in shown
    assert "Opgiv planen" not in shown
    answer = desk.client().post(url, {"handling": "opgiv"})
    after = desk.client().get(answer.headers["location"]).text
    assert "Planen gælder, som den blev godkendt." in after
    assert (desk.plan().state, desk.plan().version) == (SkriftState.GODKENDT, 1)
    assert "Lav en ny version" in desk.client().get(desk.all).text


def test_paragraf_108_two_plans_that_are_written_in_each_lead_to_the_other(
    desk: Planning,
) -> None:
    url = desk.made()
    assert "Der skrives også i" not in desk.client().get(url).text
    young = desk.made(art="ungeplan")
    there = desk.client().get(url).text
    assert "Der skrives også i »Ungeplan«" in there
    assert f'href="{young}"' in there
    assert f'href="{url}"' in desk.client().get(young).text
    desk.client().post(url, {"handling": "opgiv"})
    assert "Der skrives også i" not in desk.client().get(young).text


def test_paragraf_108_an_ungeplan_is_in_the_young_persons_words_on_the_page(
    desk: Planning,
) -> None:
    young = desk.made(art="ungeplan")
    shown = desk.client().get(young).text
    assert "Med den unges egne ord" in shown
    assert "så den unge får ingen Min plan" in shown
    assert "Med barnets egne ord" not in shown
    own = desk.client().get(f"{young}/min-plan").text
    assert "Ord til den unge" in own
    assert "Skriv, så den unge forstår det" in own
    assert "Med barnets egne ord" in desk.client().get(desk.made()).text


def test_what_a_new_version_of_a_plan_carries_is_marked_as_unchanged_until_it_is_written_anew(
    desk: Planning,
) -> None:
    url = desk.made()
    (goal,) = desk.goals()
    desk.save(url, **{f"{goal.id}-start": "I dag møder Noah til tiden 1 dag om ugen"})
    desk.client().post(f"{url}/min-plan", own(desk, url, de_voksne="Mor og Lone hjælper."))
    assert "Uændret siden" not in desk.client().get(url).text
    desk.send(url)
    desk.client().post(url, {"handling": "ny_version"})
    for page in (url, f"{url}/min-plan"):
        assert "Uændret siden version\u00a01" in desk.client().get(page).text
    marked = plain(desk.client().get(url).text).count("Uændret siden version 1")
    desk.save(url, **{f"{goal.id}-start": "Nu møder han til tiden 3 dage om ugen"})
    assert plain(desk.client().get(url).text).count("Uændret siden version 1") == marked - 1
    desk.client().post(f"{url}/min-plan", own(desk, url, de_voksne="Mor og far hjælper."))
    assert "Uændret siden" not in desk.client().get(f"{url}/min-plan").text


def own(desk: Planning, url: str, **said: str) -> dict[str, str]:
    """Return the form of Min plan with words for the child at the first goal."""
    shown = desk.client().get(f"{url}/min-plan").text
    seen = re.search(r'name="sete" value="([^"]*)"', shown)
    assert seen
    (goal,) = desk.goals()
    return {"sete": seen[1], **{f"{goal.id}-{name}": text for name, text in said.items()}}
