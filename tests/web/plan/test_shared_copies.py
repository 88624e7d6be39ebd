"""The page of a plan for siblings says whose copy has what before it is sent (§ 91, stk. 3)."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.ports.persons import Relation, Tie
from dubu_plugin.store.family import personer
from dubu_plugin.store.tables import personer as people
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web.plan.receivers import SHOWN
from tests.web.plan.test_plan_skrift import Planning
from tests.web.skrift_desk import plain


class Copies(Planning):
    """Noah's plan, with a goal for his sister."""

    def __init__(self, day: Day) -> None:
        super().__init__(day)
        self.sister = self.town.person("Vigga Prøvesen", born=date(2014, 3, 9))
        self.mother = self.town.person("Sofie Testvad", born=date(1986, 5, 4))
        self.father = self.town.person("Mads Prøvesen", born=date(1984, 5, 4))
        with self.town.product.store.write(actor="karen", now=self.town.now) as work:
            family = [(self.sister, Tie.SIBLING), (self.mother, Tie.MOTHER)]
            personer.keep_ties(work.connection, self.bfu.person, family)

    def book(self, *family: tuple[UUID, Tie]) -> None:
        """Let the address book know the sister's parents."""
        people = self.town.persons.people
        self.town.persons.family[str(self.sister)] = [
            Relation(tie, people[str(one)]) for one, tie in family
        ]

    def shared(self, words: str = "Vigga kommer til tiden") -> str:
        url = self.made()
        (goal,) = self.goals()
        self.save(url, **{f"ogsaa-{goal.id}": str(self.sister)})
        if words:
            self.save(url, **{f"{self.hers()}-aendring": words})
        return url

    def hers(self) -> UUID:
        return next(one.id for one in self.goals() if one.person == self.sister)

    def sent(self, url: str, *to: UUID, **more: str) -> Any:
        fields: dict[str, Any] = self.fields(url) | {
            "formaal": "En rolig hverdag", "varighed": "Et halvt år",
            "barnets_oensker": "Jeg vil ikke komme for sent.", "handling": "send",
        }  # fmt: skip
        for one in self.goals():
            fields |= {f"{one.id}-hvem_goer_hvad": "Trine kommer.",
                       f"{one.id}-indikator": "Fravær i procent"}  # fmt: skip
        return self.client().post(url, fields | {"modtager": [str(one) for one in to]} | more)

    def read(self, url: str) -> str:
        return plain(self.client().get(url).text).replace("\u00a0", " ")


@pytest.fixture
def desk(day: Day) -> Copies:
    return Copies(day)


def test_paragraf_91_stk_3_a_parent_of_both_gets_both_childrens_goals_and_the_page_says_so(
    desk: Copies,
) -> None:
    desk.book((desk.mother, Tie.MOTHER))
    url = desk.shared()
    shown = desk.read(url)
    assert "Sofie Testvad" in shown
    assert "Uden mål" not in shown
    assert "kommer ikke med i noget brev" not in shown
    assert desk.sent(url, desk.mother).status_code == 303
    assert "alle mål" in desk.read(url)


def test_paragraf_91_stk_3_whose_goals_stay_out_of_whose_copy_is_said_before_it_is_sent(
    desk: Copies,
) -> None:
    desk.book((desk.father, Tie.FATHER))
    url = desk.shared()
    shown = desk.read(url)
    assert "Uden mål 2 (Vigga)" in shown
    assert "Kun formålet, varigheden og mål 2" in shown
    assert desk.sent(url, desk.mother, desk.father).status_code == 303
    after = desk.read(url)
    assert after.count("1 af 2 mål") == 2
    assert "hele planen" not in after


def test_paragraf_91_stk_3_that_nobody_is_known_to_have_the_sibling_is_said(desk: Copies) -> None:
    url = desk.shared()
    shown = desk.read(url)
    assert "Mål 2 (Vigga) kommer ikke med i noget brev" in shown
    assert "Gem, så spørges adressebogen igen" in shown
    desk.book((desk.mother, Tie.MOTHER))
    desk.save(url)
    assert "kommer ikke med i noget brev" not in desk.read(url)


def test_paragraf_91_that_a_sibling_of_age_is_given_its_own_is_said(desk: Copies) -> None:
    desk.book((desk.mother, Tie.MOTHER))
    url = desk.shared()
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        work.connection.execute(
            sa.update(people).where(people.c.id == desk.sister)
            .values(born=date(2005, 1, 4))
        )  # fmt: skip
    assert "Vigga er fyldt 18. Giv selv Vigga det, der står." in desk.read(url)


def test_paragraf_27_what_the_page_has_not_pointed_out_is_not_sent_and_then_it_has(
    desk: Copies,
) -> None:
    url = desk.shared()
    refused = desk.sent(url, desk.mother, **{SHOWN: ""})
    assert refused.status_code == 422
    assert "Se ved hver modtager, hvilke mål der ikke kommer med" in plain(refused.text)
    assert "Uden mål 2 (Vigga)" in plain(refused.text).replace("\u00a0", " ")
    assert re.search(rf'value="{desk.mother}" id="[^"]*" checked', refused.text)
    assert desk.codes() == []
    assert desk.sent(url, desk.mother).status_code == 303


def test_paragraf_91_stk_3_a_copied_goal_that_names_the_other_child_is_pointed_out(
    desk: Copies,
) -> None:
    desk.book((desk.mother, Tie.MOTHER))
    url = desk.shared("")
    shown = desk.read(url)
    assert "Nævner Noah" in shown
    assert "Mål 2 er Viggas, men nævner Noah. Skriv det om" in shown
    assert desk.sent(url, **{SHOWN: ""}).status_code == 422
    desk.save(url, **{f"{desk.hers()}-aendring": "Vigga kommer til tiden"})
    assert "nævner Noah" not in desk.read(url)


def test_a_plan_for_one_child_says_nothing_of_others(desk: Copies) -> None:
    shown = desk.read(desk.made())
    assert "søskendes egen sag" not in shown
    assert "Uden mål" not in shown


def test_paragraf_91_stk_3_that_the_plan_is_over_for_a_sibling_is_said_before_it_is_sent(
    desk: Copies,
) -> None:
    desk.book((desk.father, Tie.FATHER))
    url = desk.shared()
    assert desk.sent(url, desk.father).status_code == 303
    desk.client().post(url, {"handling": "ny_version"})
    assert "gælder ikke mere" not in desk.read(url)
    desk.save(url, **{f"ud-{desk.hers()}": "ja"})
    shown = desk.read(url)
    assert "Vigga har ikke længere mål i planen, så den gælder ikke mere for Vigga" in shown
    assert "Kun besked om, at planen ikke gælder mere for Vigga" in shown
    assert desk.sent(url, desk.mother, desk.father).status_code == 303
    after = desk.read(url)
    assert "besked om, at den ikke gælder mere for barnet" in after
    assert "alle mål" in after
