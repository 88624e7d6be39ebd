"""The goals of the parents' own plan at an opfølgning, and whether it is revised (§§ 77 and 79)."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.netvaerk import Myndighed, Rolle
from dubu_plugin.domain.skrift import SkriftKind, SkriftState, place_of_maal
from dubu_plugin.store import tables
from dubu_plugin.store.tables import letters
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.usecases.opfoelgning.followed import left_out
from dubu_plugin.usecases.opfoelgning.hold import OpfoelgningNotClear, hold

from ..indsats.desk import NOW
from .follower import Follower

SOBER, CALM = "Forældrene råber ikke", "Mor bliver ædru"


class Parents:
    """The parents' own plan of Alma's case: a goal of both, and one of her mother's."""

    def __init__(self, follower: Follower) -> None:
        self.follower = follower
        self.father = follower.town.person("Mads Prøvesen")
        follower.town.tie(follower.desk.alma, self.father, "far", "barn")
        desk = follower.desk
        self.plan, (self.both, self.hers) = follower.planned(
            SOBER, CALM, kind=SkriftKind.FORAELDREHANDLEPLAN, of=(desk.alma, desk.mother)
        )

    def looked_at(self, *to: UUID, **said: str) -> None:
        """Hold one where both goals are looked at."""
        found = {
            (place_of_maal(goal), "status"): status
            for goal, status in ((self.both, "ikke"), (self.hers, "opnaaet"))
        }
        self.follower.later(20)
        self.follower.talked()
        self.follower.kept({**self.follower.texts(**said), **found})
        hold(self.follower.sag, to=to, **self.follower.desk.act())

    def statuses(self) -> set[tuple[UUID, str]]:
        """Return how far the goals have come."""
        its = tables.maal_status.c
        with self.follower.town.product.store.read() as connection:
            rows = connection.execute(
                sa.select(its.maal_id, its.status).where(its.maal_id.in_([self.both, self.hers]))
            )
            return {(row.maal_id, row.status) for row in rows}

    def told(self, code: str) -> Sequence[dict[str, Any]]:
        """Return the goals each letter of a kind tells of."""
        with self.follower.town.product.store.read() as connection:
            rows = connection.scalars(
                sa.select(letters.c["values"]).where(letters.c.code == code).order_by(letters.c.id)
            )
            return [json.loads(values) for values in rows]


@pytest.fixture
def parents(follower: Follower) -> Parents:
    return Parents(follower)


def placed(follower: Follower) -> None:
    follower.town.happened(
        H.ANBRINGELSE_IVAERKSAT, sag=follower.sag, person=follower.desk.alma,
        data={"grund": "andet", "foraeldreplan": True},
    )  # fmt: skip


def test_paragraf_77_the_goals_of_the_parents_own_plan_are_followed_too(parents: Parents) -> None:
    parents.looked_at()
    assert parents.statuses() == {(parents.both, "ikke"), (parents.hers, "opnaaet")}
    whole = parents.told("opfoelgning")[0]["opfoelgning.maal"]
    assert [one["maal"] for one in whole[2:]] == [
        f"Begge forældre: {SOBER}",
        f"Sofie Testvad: {CALM}",
    ]


def test_nobody_is_asked_for_a_status_of_them(parents: Parents) -> None:
    parents.follower.later(20)
    parents.follower.talked()
    parents.follower.held()
    assert parents.statuses() == set()


def test_words_about_one_of_them_ask_how_far_it_has_come(parents: Parents) -> None:
    parents.follower.later(20)
    parents.follower.talked()
    place = place_of_maal(parents.hers)
    with pytest.raises(OpfoelgningNotClear) as no:
        parents.follower.held({(place, "ord"): "Hun har ikke drukket siden marts."})
    assert list(no.value.fields) == [f"{parents.hers}-status"]
    assert "Mål 4" in no.value.fields[f"{parents.hers}-status"]


def test_each_parent_reads_their_own_goals_and_the_child_none(parents: Parents) -> None:
    alma, mother = parents.follower.desk.alma, parents.follower.desk.mother
    its = tables.personer
    with parents.follower.town.product.store.write(actor=KAREN, now=NOW) as work:
        work.connection.execute(
            sa.update(its).where(its.c.id == alma).values(born=date(2014, 6, 1))
        )
    parents.looked_at(alma, mother, parents.father)
    assert parents.told("opfoelgning_barn")[0]["opfoelgning.status"]  # its own goals
    assert all(
        CALM not in text and SOBER not in text
        for code in ("opfoelgning_barn", "opfoelgning_ung")
        for one in parents.told(code)
        for text in [json.dumps(one, ensure_ascii=False)]
    )
    to = {
        one["modtager.navn"]: " ".join(row["maal"] for row in one["opfoelgning.status"])
        for one in parents.told("opfoelgning_brev")
    }
    assert SOBER in to["Sofie Testvad"]
    assert CALM in to["Sofie Testvad"]
    assert SOBER in to["Mads Prøvesen"]
    assert CALM not in to["Mads Prøvesen"]


def test_paragraf_77_a_parent_without_custody_reads_the_goals_of_the_parents_plan_alone(
    parents: Parents,
) -> None:
    follower = parents.follower
    follower.part(follower.desk.mother, custody=Myndighed.DEL)
    assert "kun målene i forældrenes egen plan" in follower.not_ticked()[parents.father]
    parents.looked_at(parents.father)
    rows = parents.told("opfoelgning_brev")[0]["opfoelgning.status"]
    assert [row["maal"] for row in rows] == [f"Begge forældre: {SOBER}"]


def test_paragraf_77_who_has_custody_and_is_no_parent_reads_none_of_them(parents: Parents) -> None:
    follower = parents.follower
    aunt = follower.town.person("Tove Prøvesen")
    follower.part(aunt, Rolle.FORAELDREMYNDIG, custody=Myndighed.DEL)
    parents.looked_at(aunt)
    said = [row["maal"] for row in parents.told("opfoelgning_brev")[0]["opfoelgning.status"]]
    assert said
    assert f"Begge forældre: {SOBER}" not in said


def test_who_the_other_parent_is_held_apart_from_reads_none_of_them(parents: Parents) -> None:
    follower = parents.follower
    follower.part(follower.desk.mother, apart=True)
    parents.follower.later(20)
    follower.talked()
    follower.kept(follower.texts() | {(place_of_maal(parents.both), "status"): "ikke"})
    hold(follower.sag, to=[parents.father], apart_seen=True, **follower.desk.act())
    assert parents.told("opfoelgning_brev")[0]["opfoelgning.status"] == []


def test_a_letter_is_not_said_to_leave_out_siblings_goals_for_the_parents_own(
    parents: Parents,
) -> None:
    its = parents.follower.its_followed()
    assert left_out(its, parents.follower.desk.alma) == ""


def test_paragraf_79_a_plan_that_was_looked_at_and_fits_meets_the_deadline(
    parents: Parents,
) -> None:
    follower = parents.follower
    placed(follower)
    parents.looked_at(foraeldreplan="nej", foraeldrenes_syn="Vi er enige.")
    assert [state for state, _ in follower.due("FORPLAN-REV")] == ["opfyldt"]
    assert [state for state, _ in follower.due("FORPLAN-12M")] == ["aaben"]


def test_paragraf_79_a_plan_nobody_was_asked_about_keeps_its_deadline(parents: Parents) -> None:
    follower = parents.follower
    placed(follower)
    parents.looked_at(foraeldreplan="senere", foraeldrenes_syn="Vi er enige.")
    assert [state for state, _ in follower.due("FORPLAN-REV")] == ["aaben"]


def test_paragraf_79_a_revision_is_begun_from_here(parents: Parents) -> None:
    follower = parents.follower
    placed(follower)
    parents.looked_at(foraeldreplan="ja", foraeldrenes_syn="Vi er enige.")
    held = follower.of_sag().held[0]
    assert held.opened == [("foraeldreplan", parents.plan)]
    assert follower.states(SkriftKind.FORAELDREHANDLEPLAN) == [(2, SkriftState.UDKAST)]


def test_paragraf_79_asks_of_the_plan_only_where_the_child_is_placed(parents: Parents) -> None:
    parents.looked_at(foraeldreplan="ja")
    assert parents.follower.of_sag().held[0].opened == []


def test_the_goals_that_were_looked_at_are_so_again_the_next_time(parents: Parents) -> None:
    follower = parents.follower
    its = tables.maal
    with follower.town.product.store.write(actor=KAREN, now=NOW) as work:
        work.connection.execute(sa.update(its).values(looked_at_on=date(2026, 5, 1)))
    parents.looked_at()
    with follower.town.product.store.read() as connection:
        days = set(connection.scalars(sa.select(its.c.looked_at_on)))
    assert len(days) == 1
    assert date(2026, 5, 1) not in days
