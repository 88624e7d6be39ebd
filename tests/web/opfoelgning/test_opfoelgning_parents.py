"""The parents' own goals on the page of an opfølgning (§§ 77 and 79)."""

from uuid import UUID

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking
from tests.web.opfoelgning.test_opfoelgning import Page
from tests.web.skrift_desk import plain


class ParentsPage(Page):
    """The page where the parents have a plan of their own, with a goal of both."""

    def __init__(self, day: Day, asking: Asking) -> None:
        super().__init__(day, asking)
        self.plan, (self.goal,) = self.follower.planned(
            "Forældrene råber ikke", kind=SkriftKind.FORAELDREHANDLEPLAN
        )
        self.follower.talked()

    def placed(self) -> None:
        """Have Alma be placed."""
        self.follower.town.happened(
            H.ANBRINGELSE_IVAERKSAT, sag=self.follower.sag, person=self.follower.desk.alma,
            data={"grund": "andet", "foraeldreplan": True},
        )  # fmt: skip

    def said(self, url: str = "") -> str:
        """Return the words on the page, or on another."""
        return plain(self.asking().get(url or self.url).text)

    def plan_url(self, plan: UUID) -> str:
        return f"/dubu/sag/{self.follower.sag}/barnets-plan/{plan}"


@pytest.fixture
def page(day: Day, asking: Asking) -> ParentsPage:
    return ParentsPage(day, asking)


def test_the_goals_of_the_parents_own_plan_stand_by_themselves(page: ParentsPage) -> None:
    said = page.said()
    assert "Forældrenes egne mål" in said
    assert "3 Forældrene råber ikke" in said
    assert "Et mål for begge forældre" in said
    assert page.asking().get(page.url).text.count("Barnets tal, 0-10") == 2, "the child's goals"


def test_what_is_found_stands_on_what_is_held_and_on_their_plan(page: ParentsPage) -> None:
    answer = page.send(page.filled(**{f"{page.goal}-status": "opnaaet"}))
    assert answer.status_code == 303, plain(answer.text)
    held = page.said(answer.headers["location"])
    assert "3 Forældrene råber ikke" in held
    assert "Et mål for begge forældre" in held
    assert "Nået" in page.said(page.plan_url(page.plan))


def test_paragraf_79_is_asked_where_the_child_is_placed_and_says_by_when(
    page: ParentsPage,
) -> None:
    assert "Skal forældrenes egen plan revideres?" not in page.said()
    page.placed()
    said = page.said()
    assert "Skal forældrenes egen plan revideres?" in said
    assert "(§ 79)" in said
    assert page.fields()["foraeldreplan"] == "senere"


def test_paragraf_79_a_revision_leads_to_the_new_version_and_says_so(page: ParentsPage) -> None:
    page.placed()
    mother = {f"{page.follower.desk.mother}-syn": "Vi vil gerne."}
    answer = page.send(page.filled(foraeldreplan="ja", **mother))
    assert answer.headers["location"].startswith(page.plan_url(page.plan))
    held = page.follower.of_sag().held[0].skrift
    said = page.said(f"{page.url}/{held}")
    assert "Får en ny version (§ 79)." in said
    assert page.plan_url(page.plan) in page.asking().get(f"{page.url}/{held}").text


def test_a_goal_with_words_and_no_status_is_asked_for_and_the_words_stay(
    page: ParentsPage,
) -> None:
    sent = page.filled(**{f"{page.goal}-ord": "Det går bedre."})
    answer = page.send(sent)
    assert answer.status_code == 422
    assert "Mål 3: vælg, hvor langt målet er nået" in plain(answer.text)
    assert "Det går bedre." in answer.text
