"""One plan for siblings on the pages of the one whose case it is not written on (§ 91, stk. 3)."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from httpx import Response

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.maal import MaalStatus
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store.plan import maal
from dubu_plugin.store.sag import sager as sager_of
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.skrift.behov import TEXT
from dubu_plugin.store.tables import maal_status, sager, sagsdeltagere, tekster
from dubu_plugin.testing.fake_ports import KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web.plan.view import LEAVING
from tests.web.plan.test_plan_skrift import Planning
from tests.web.skrift_desk import plain

GOAL = "Noah kommer til tiden"


class Siblings(Planning):
    """Noah's plan, which has a goal for his sister too."""

    def __init__(self, day: Day) -> None:
        super().__init__(day)
        self.sister = self.town.person("Vigga Testlund", born=date(2014, 3, 9))
        self.town.tie(self.bfu.person, self.sister, "soeskende", "soeskende")
        self.hers = self.town.sag(self.sister)

    def shared(self, *, sent: bool = True) -> str:
        url = self.made()
        (goal,) = self.goals()
        self.save(url, **{f"ogsaa-{goal.id}": str(self.sister)})
        if sent:
            fields = self.fields(url) | {
                "formaal": "En rolig hverdag", "varighed": "Et halvt år",
                "barnets_oensker": "Jeg vil ikke komme for sent.", "handling": "send",
            }  # fmt: skip
            for one in self.goals():
                fields |= {f"{one.id}-hvem_goer_hvad": "Trine kommer.",
                           f"{one.id}-indikator": "Fravær i procent"}  # fmt: skip
            answer = self.client().post(url, fields)
            assert answer.status_code == 303, plain(answer.text)
        return url

    def her_goal(self) -> UUID:
        return next(one.id for one in self.goals() if one.person == self.sister)

    def page(self, place: str = "", who: str = KAREN) -> str:
        answer = self.client(who).get(f"/dubu/sag/{self.hers}{place}")
        assert answer.status_code == 200
        return str(answer.text)

    def hide_his(self) -> None:
        """Have Noah's case be one Karen may not read."""
        with self.town.product.store.write(actor="karen", now=self.town.now) as work:
            work.connection.execute(
                sa.delete(sagsdeltagere).where(sagsdeltagere.c.sag_id == self.sag)
            )
            work.connection.execute(
                sa.update(sager)
                .where(sager.c.id == self.sag)
                .values(responsible=None, unit="handicap", protected=True)
            )

    def change_his(self, **values: Any) -> None:
        """Have Noah's case be otherwise."""
        with self.town.product.store.write(actor="karen", now=self.town.now) as work:
            work.connection.execute(sa.update(sager).where(sager.c.id == self.sag).values(values))


@pytest.fixture
def desk(day: Day) -> Siblings:
    return Siblings(day)


def test_paragraf_91_her_plans_show_the_plan_in_common_with_her_goals_and_a_link(
    desk: Siblings,
) -> None:
    url = desk.shared()
    shown = desk.page("/barnets-plan")
    said = plain(shown)
    assert "Fælles plan med Noah" in said
    assert GOAL in said
    assert "Trine kommer." in said
    assert f'href="{url}"' in shown
    assert "Der er ingen plan endnu" not in said
    assert "Lav en plan for Vigga alene" in said


def test_paragraf_91_her_case_says_that_the_plan_is_there_and_not_that_somebody_noted_it(
    desk: Siblings,
) -> None:
    desk.shared()
    said = plain(desk.page())
    row = said[said.index("Arbejdet på sagen") :]
    assert "Fælles plan med Noah" in row
    assert "Noteret færdig" not in row
    assert not re.search(r">Lav plan<", desk.page())


def test_paragraf_91_what_a_draft_says_is_not_shown_to_her(desk: Siblings) -> None:
    desk.shared(sent=False)
    assert "Fælles plan" not in desk.page("/barnets-plan")
    assert "Fælles plan" not in desk.page()
    assert "Sagen har ingen godkendt plan med mål" in plain(desk.page("/opfoelgning"))


def test_who_may_not_read_his_case_sees_what_is_hers_and_no_link(desk: Siblings) -> None:
    url = desk.shared()
    desk.hide_his()
    for place in ("/barnets-plan", "/opfoelgning"):
        shown = desk.page(place)
        assert GOAL in plain(shown)
        assert "du ikke har adgang til" in plain(shown)
        assert url not in shown


def followed_up(desk: Siblings, **more: str) -> Response:
    """Have her case be followed up, with what is chosen."""
    shown = desk.page("/opfoelgning")
    hidden = dict(re.findall(r'<input type="hidden" name="(sete|efter)" value="([^"]*)"', shown))
    answer: Response = desk.client().post(f"/dubu/sag/{desk.hers}/opfoelgning", hidden | {
        f"{desk.her_goal()}-status": "delvist", f"{desk.her_goal()}-ord": "Det går bedre.",
        "barnets_syn": "Det er godt.", "uden_samtale": "Hun ville ikke tale i dag.",
        "foraeldrenes_syn": "Mor er glad.", "vurdering": "Det skal ændres.",
        "andre_forhold": "Nej.", "dag": desk.town.now.date().isoformat(), "naeste": "3",
        "naeste_grund": "Tre måneder er nok.", "handling": "gem", **more,
    })  # fmt: skip
    return answer


def test_paragraf_95_stk_4_adjusting_begins_a_new_version_of_the_plan_in_common(
    desk: Siblings,
) -> None:
    url = desk.shared()
    plan = url.rpartition("/")[2]
    assert "Fælles plan med Noah (ny version)" in plain(desk.page("/opfoelgning"))
    answer = followed_up(desk, valg="juster", juster=plan)
    assert answer.headers.get("location") == f"{url}?gemt=ny", plain(answer.text)
    with desk.town.product.store.read() as connection:
        found = skrifter.by_id(connection, UUID(plan))
    assert found is not None
    assert (found.version, found.state) == (2, SkriftState.UDKAST)
    held = desk.page("/opfoelgning")
    where = re.search(rf'href="(/dubu/sag/{desk.hers}/opfoelgning/[0-9a-f-]+)"', held)
    assert where is not None
    opened = desk.client().get(where[1]).text.partition("Det, den åbnede")[2].partition("</ul>")[0]
    assert f'href="{url}"' in opened
    assert "Venter på dig" in plain(opened)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("closed", "Noahs sag er lukket, så den fælles plan ændres ikke mere."),
        ("unit", "så tal med Mette Testgaard, der har Noahs sag."),
        ("protected", "så tal med den rådgiver, der har Noahs sag."),
    ],
)
def test_paragraf_95_stk_4_who_may_not_write_it_is_told_who_can(
    desk: Siblings, how: str, said: str
) -> None:
    plan = desk.shared().rpartition("/")[2]
    if how == "closed":
        desk.change_his(phase=sager_of.CLOSED)
    else:
        desk.hide_his()
        desk.change_his(responsible=METTE, protected=how == "protected")
    shown = plain(desk.page("/opfoelgning"))
    assert "(ny version)" not in shown
    assert said in shown
    answer = followed_up(desk, valg="juster", juster=plan)
    assert answer.status_code == 422
    assert "Vælg, hvad der skal justeres" in plain(answer.text)


def test_her_goal_is_rated_at_her_opfoelgning_and_only_hers(desk: Siblings) -> None:
    desk.shared()
    hers, all_of = desk.her_goal(), {one.id for one in desk.goals()}
    shown = desk.page("/opfoelgning")
    assert {one for one in all_of if f'name="{one}-status"' in shown} == {hers}
    assert "Fælles plan med Noah" in plain(shown)
    url = f"/dubu/sag/{desk.hers}/opfoelgning"
    hidden = dict(re.findall(r'<input type="hidden" name="(sete|efter)" value="([^"]*)"', shown))
    answer = desk.client().post(url, hidden | {
        f"{hers}-status": "delvist", f"{hers}-tal": "6", f"{hers}-ord": "Det går bedre.",
        "barnets_syn": "Det er godt.", "uden_samtale": "Hun ville ikke tale i dag.",
        "foraeldrenes_syn": "Mor er glad.", "valg": "fortsaet", "vurdering": "Det hjælper.",
        "andre_forhold": "Nej.", "dag": desk.town.now.date().isoformat(), "naeste": "3",
        "naeste_grund": "Tre måneder er nok.", "handling": "gem",
    })  # fmt: skip
    assert answer.status_code == 303, plain(answer.text)
    with desk.town.product.store.read() as connection:
        rows = connection.execute(sa.select(maal_status)).all()
    assert [(one.maal_id, one.status, one.barnets_tal) for one in rows] == [
        (hers, MaalStatus.DELVIST, 6)
    ]
    held = plain(desk.client().get(answer.headers["location"]).text)
    assert GOAL in held
    assert "Delvist nået" in held
    his = desk.client().get(f"{desk.all}/{desk.plan().id}").text
    assert "Delvist nået" in plain(his)
    for link in re.findall(r'href="(/dubu/sag/[^"]*/opfoelgning/[^"]*)"', his):
        assert desk.client().get(link).status_code == 200, "a dead link on his plan"


def test_paragraf_91_the_day_her_goal_is_looked_at_follows_her_own_opfoelgning(
    desk: Siblings,
) -> None:
    desk.shared()
    goals = {one.id: one.looked_at_on for one in desk.goals()}
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        on = danish_day(desk.town.now) + timedelta(days=400)
        maal.look_anew(
            work.connection, desk.plan().id, until=date(2100, 1, 1), on=on, person=desk.sister
        )
    after = {one.id: one.looked_at_on for one in desk.goals()}
    assert {key for key in goals if goals[key] != after[key]} == {desk.her_goal()}


def test_paragraf_108_a_plan_an_ungeplan_has_come_in_place_of_is_hers_no_more(
    desk: Siblings,
) -> None:
    desk.shared()
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        sag = sager_of.by_id(work.connection, desk.sag)
        assert sag is not None
        later = desk.town.now + timedelta(minutes=1)
        young = skrifter.begin(work.connection, sag, SkriftKind.UNGEPLAN, by="karen", now=later)
        skrifter.approve(work.connection, young, "x", by="karen", now=later)
    assert "Fælles plan" not in desk.page("/barnets-plan")


def test_paragraf_95_whose_goal_it_is_and_that_its_need_is_gone_is_said_at_the_opfoelgning(
    desk: Siblings,
) -> None:
    desk.shared()
    at = f"/dubu/sag/{desk.sag}/opfoelgning"
    his = plain(desk.client().get(at).text)
    assert his.count("Et mål for Vigga Testlund") == 1
    assert "Et mål for Noah" not in his
    assert "Behovet" not in his
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        work.connection.execute(sa.update(tekster).where(tekster.c.field == TEXT).values(text=""))
    assert LEAVING in plain(desk.client().get(at).text)
    assert "Et mål for" not in plain(desk.page("/opfoelgning")), "hers is her own there"
