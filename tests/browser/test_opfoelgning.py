"""Two follow-ups from Min dag, each within nine clicks, so that a goal has two points to show."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from dubu_plugin.testing.fake_ports import KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day
from tests.usecases.opfoelgning.follower import Follower

from .conftest import Open
from .test_axe import wrong
from .test_task_one import COUNTER

MOST = 9
HIGHEST = """table => Math.max(...[...table.querySelectorAll('th, td')].map(one => {
  const range = document.createRange(); range.selectNodeContents(one);
  return range.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight);
}))"""
"""How many lines the highest cell of a table has."""
WORDS: Mapping[str, str] = {
    "Samlet vurdering": "Indsatsen hjælper. Familiebehandling fortsætter.",
    "Er der kommet andet til end det, der står i planen?": "Nej.",
    "Hvorfor den dag?": "Mors behandling ændres i januar.",
}


class Following:
    """Alma's case with four goals, and where it is."""

    def __init__(self, day: Day, origin: str) -> None:
        self.origin = origin
        self.follower = Follower(day.town)
        self.follower.later(1)  # a newer plan stands in the first one's place
        self.follower.plan, self.follower.goals = self.follower.planned(
            "Alma kommer i skole til tiden", "Alma skal ikke passe på de voksne",
            "Alma går til svømning og ser Maja", "Forældrene har fælles aftaler",
        )  # fmt: skip
        self.url = f"{origin}/dubu/sag/{self.follower.sag}/opfoelgning"


@pytest.fixture
def following(day_at: tuple[Day, str]) -> Following:
    return Following(*day_at)


def counted(open_page: Open, origin: str) -> Page:
    """Open Min dag with the count of clicks at nothing."""
    page = open_page(f"{origin}/dubu/hjaelp")
    page.add_init_script(COUNTER)
    page.goto(f"{origin}/dubu/min-dag")
    return page


def follow_up(page: Page, title: str, statuses: list[str]) -> None:
    """Follow up as practised: open, a status for each goal, the choice, and save."""
    page.get_by_role("link", name=title, exact=True).first.click()
    for number, status in enumerate(statuses, 1):
        goal = page.get_by_role("group", name=f"Mål {number}: hvor langt er det nået?")
        goal.get_by_role("radio", name=status, exact=True).click()
    for label, text in WORDS.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("radio", name="Fortsæt").click()
    page.get_by_role("button", name="Gem opfølgning").click()
    expect(page.get_by_role("status").first).to_contain_text("Opfølgningen er gemt.")


def test_two_follow_ups_of_four_goals_take_nine_clicks_each_and_show_how_far_they_have_come(
    following: Following, open_page: Open
) -> None:
    follower = following.follower
    follower.later(79)
    follower.talked("Jeg er på en 6'er nu.")
    page = counted(open_page, following.origin)
    follow_up(page, "Første opfølgning", ["Delvist nået", "Ikke nået", "Nået", "Delvist nået"])
    assert page.evaluate("window.clicks") <= MOST
    page.context.close()

    follower.later(88)
    follower.talked("Nu er jeg på en 8'er.")
    page = counted(open_page, following.origin)
    follow_up(page, "Opfølgning", ["Nået", "Delvist nået", "Nået", "Nået"])
    assert page.evaluate("window.clicks") <= MOST

    page.goto(f"{following.origin}/dubu/sag/{follower.sag}/barnets-plan/{follower.plan}")
    come = page.get_by_role("table", name="Hvor langt mål 1 er nået")
    expect(come.get_by_role("row")).to_have_count(3)
    expect(come).to_contain_text("Delvist nået")
    for width in (1440, 1024, 400):
        page.set_viewport_size({"width": width, "height": 1000})
        assert come.evaluate(HIGHEST) < 2, f"words are broken at {width}"
    page.goto(f"{following.origin}/dubu/sag/{follower.sag}")
    expect(page.get_by_role("link", name="Opfølgning", exact=False).first).to_be_visible()


def test_what_is_typed_is_there_again_after_a_break(following: Following, open_page: Open) -> None:
    following.follower.later(79)
    page = open_page(following.url)
    page.get_by_label("Samlet vurdering").fill("Midt i en sætn")
    expect(page.locator("#gemt")).to_contain_text("Kladde gemt", timeout=8000)
    page.get_by_role("radio", name="Stop").click()
    page.wait_for_function("document.querySelector('#gemt').textContent.includes('gemt')")
    page.goto(following.url)
    expect(page.get_by_label("Samlet vurdering")).to_have_value("Midt i en sætn")


def test_two_at_once_both_keep_every_word(following: Following, open_page: Open) -> None:
    following.follower.later(79)
    karen, mette = (open_page(following.url, who=who) for who in (KAREN, METTE))
    for page, words in ((karen, "Fra Karen."), (mette, "Fra Mette.")):
        page.get_by_label("Samlet vurdering").fill(words)
        page.get_by_role("button", name="Gem kladde").click()
    expect(mette.get_by_role("alert")).to_contain_text("Fra Karen.")
    expect(mette.get_by_label("Samlet vurdering")).to_have_value("Fra Mette.")


def test_what_a_choice_asks_for_comes_with_it_and_leads_to_its_draft(
    following: Following, open_page: Open
) -> None:
    following.follower.later(79)
    following.follower.talked()
    page = open_page(following.url)
    expect(page.get_by_label("Hvad skal justeres?")).to_be_hidden()
    page.get_by_role("radio", name="Justér").click()
    expect(page.get_by_label("Hvad skal justeres?")).to_be_visible()
    for number in range(1, 5):
        goal = page.get_by_role("group", name=f"Mål {number}: hvor langt er det nået?")
        goal.get_by_role("radio", name="Delvist nået").click()
    for label, text in {**WORDS, "Sofie Testvad, mor": "Enig."}.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Gem opfølgning").click()
    expect(page.get_by_text("Den nye version er begyndt.")).to_be_visible()


def test_without_javascript_an_empty_form_says_what_it_lacks(
    following: Following, open_page: Open
) -> None:
    following.follower.later(79)
    page = open_page(following.url, java_script_enabled=False)
    page.get_by_role("button", name="Gem opfølgning").click()
    expect(page.get_by_role("alert")).to_contain_text("Mål 4: vælg, hvor langt målet er nået")
    expect(page.get_by_role("alert")).to_contain_text("Vælg, hvad opfølgningen fører til")


def test_the_pages_have_nothing_axe_finds_wrong(following: Following, open_page: Open) -> None:
    follower = following.follower
    follower.later(79)
    follower.talked()
    page = open_page(following.url)
    assert wrong(page) == []
    page.get_by_role("button", name="Gem opfølgning").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert wrong(page) == []
    it = follower.held(follower.syn("Glad for morgenstøtten."))
    page.goto(f"{following.url}/{it.skrift}")
    expect(page.get_by_role("heading", name="Beslutning")).to_be_visible()
    assert wrong(page) == []
