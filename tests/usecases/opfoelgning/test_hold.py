"""An opfølgning is held: goals get their status, the next day is set, one draft is opened."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.standing import months_on
from dubu_plugin.domain.gates.taken_away import How
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.maal import MaalStatus
from dubu_plugin.domain.opfoelgning import Valg
from dubu_plugin.domain.skrift import WHOLE, SkriftKind, SkriftState
from dubu_plugin.store import access
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.tables import afgoerelser, indsatser
from dubu_plugin.testing.fake_ports import KAREN, METTE
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.opfoelgning.followed import followed
from dubu_plugin.usecases.opfoelgning.hold import OpfoelgningNotClear, hold
from dubu_plugin.usecases.opfoelgning.keep import FollowedMeanwhile, give_up
from dubu_plugin.usecases.skrift.begin import begin
from dubu_plugin.usecases.skrift.on_skrift import on_skrift
from dubu_plugin.usecases.skrift.present import stand

from .follower import Follower

ASKED = "Moderen ringede og bad om det."


def test_the_first_follow_up_meets_its_deadline_and_sets_the_next(follower: Follower) -> None:
    today = follower.later(80)
    follower.talked()
    it = follower.held()
    assert it.next_on == months_on(today, 3)
    assert [state for state, _ in follower.due("OPF-1")] == ["opfyldt"]
    assert follower.due("OPF-N") == [("aaben", it.next_on)]
    assert follower.desk.happened(H.OPFOELGNING_AFHOLDT) == [
        {"skrift": str(it.skrift), "valg": "fortsaet", "naeste_opfoelgning": str(it.next_on)}
    ]


def test_two_follow_ups_give_a_goal_two_points(follower: Follower) -> None:
    follower.later(80)
    follower.talked()
    first = follower.held(follower.status(0, "ikke", "4"))
    follower.later(90)
    follower.talked("Nu er jeg på en 8'er.")
    follower.held(follower.status(0, "opnaaet", "8"), last=first.skrift, naeste_grund="")
    come = [(one.status, one.barnets_tal) for one in follower.come(0)]
    assert come == [(MaalStatus.IKKE, 4), (MaalStatus.OPNAAET, 8)]
    assert [state for state, _ in follower.due("OPF-N")] == ["opfyldt", "aaben"]


@pytest.mark.parametrize(("days", "moves"), [(-5, True), (0, True), (1, False)])
def test_a_goal_whose_day_has_come_is_looked_at_next_at_the_next_follow_up(
    follower: Follower, days: int, moves: bool
) -> None:
    today = follower.later(80)
    look = today + timedelta(days=days)
    follower.look(look)
    follower.talked()
    it = follower.held()
    assert follower.looks() == {it.next_on if moves else look}


def test_a_day_that_departs_from_the_decided_rhythm_has_a_reason(follower: Follower) -> None:
    follower.later(80)
    follower.talked()
    first = follower.held()
    follower.later(90)
    follower.talked()
    with pytest.raises(OpfoelgningNotClear) as no:
        follower.held(last=first.skrift, naeste="6", naeste_grund="")
    assert list(no.value.fields) == ["naeste_grund"]
    assert "rytme" in no.value.fields["naeste_grund"]


def test_paragraf_95_stk_3_a_letter_is_no_reason_to_see_nobody_for_years(
    follower: Follower,
) -> None:
    follower.later(80)
    follower.talked()
    for day, wrong in (("2028-01-10", "naeste_grund"), ("2045-01-01", "naeste_dag")):
        said = {(WHOLE, "naeste_dag"): day, (WHOLE, "naeste_grund"): "x"}
        with pytest.raises(OpfoelgningNotClear) as no:
            follower.held(said, naeste="anden")
        assert list(no.value.fields) == [wrong]
        give_up(follower.sag, **follower.desk.act())
    assert follower.due("OPF-N") == []


def test_what_is_lacking_is_named_and_what_is_written_stays(follower: Follower) -> None:
    follower.later(80)
    with pytest.raises(OpfoelgningNotClear) as no:
        follower.held(follower.status(1, ""), valg="", vurdering="", naeste_grund="")
    goal = f"{follower.goals[1]}-status"
    assert {goal, "uden_samtale", "valg", "naeste_grund"} <= set(no.value.fields)
    assert follower.of_sag().open is not None
    assert follower.desk.happened(H.OPFOELGNING_AFHOLDT) == []


def test_adjusting_the_plan_begins_a_new_version_of_it(follower: Follower) -> None:
    follower.later(80)
    follower.talked()
    it = follower.held(follower.syn("Enig."), valg="juster", juster="plan")
    assert it.opened == [("plan", follower.plan)]
    assert follower.states(SkriftKind.BARNETS_PLAN) == [(2, SkriftState.UDKAST)]


def test_stopping_what_is_decided_opens_its_end_and_nothing_is_ended_yet(
    follower: Follower,
) -> None:
    follower.later(80)
    follower.desk.decision("ophoer", on=danish_day(follower.town.now))
    follower.talked()
    it = follower.held(valg="stop", stop=str(follower.its.id), naeste="")
    assert (it.choice, it.opened) == (Valg.STOP, [("afslut", follower.its.id)])
    assert it.next_on is None
    assert follower.desk.its(follower.its.id).runs
    today = danish_day(follower.town.now)
    end(
        follower.sag, follower.its.id, today, "ophoer_maal_naaet", ASKED, how=How.BEDT_OM,
        seen=follower.desk.its(follower.its.id).version,
        opfoelgning=it.skrift, **follower.desk.act(),
    )  # fmt: skip
    assert not follower.desk.its(follower.its.id).runs


def noted_placement(follower: Follower) -> None:
    """Have a placement that nobody made an indsats of, after Alma's own help has ended."""
    today = danish_day(follower.town.now)
    its = follower.desk.its(follower.its.id)
    end(follower.sag, its.id, today, "ophoer_maal_naaet", ASKED, how=How.BEDT_OM,
        seen=its.version, **follower.desk.act())  # fmt: skip
    follower.town.happened(
        H.ANBRINGELSE_IVAERKSAT, sag=follower.sag, person=follower.desk.alma, data={}
    )


def test_paragraf_95_stk_3_a_placement_noted_by_hand_is_followed_until_it_is_ended(
    follower: Follower,
) -> None:
    noted_placement(follower)
    follower.later(80)
    follower.talked()
    with pytest.raises(OpfoelgningNotClear) as no:
        follower.held(follower.syn("Enig."), valg="stop", stop="", naeste="")
    assert set(no.value.fields) == {"naeste", "valg"}
    follower.town.happened(H.BARN_HJEMGIVET, sag=follower.sag, person=follower.desk.alma, data={})
    assert hold(follower.sag, **follower.desk.act()).choice is Valg.STOP


def test_paragraf_96_the_parents_are_asked_where_the_placement_was_noted_by_hand(
    follower: Follower,
) -> None:
    noted_placement(follower)
    follower.later(80)
    follower.talked()
    with pytest.raises(OpfoelgningNotClear) as no:
        follower.held()
    assert list(no.value.fields) == ["foraeldre"]
    assert "forældremyndigheden" in no.value.fields["foraeldre"]


def test_a_new_assessment_is_begun_where_there_is_none(follower: Follower) -> None:
    follower.later(80)
    follower.talked()
    it = follower.held(valg="ny_vurdering", vurder="afdaekning")
    assert it.opened == [("skrift", it.opened[0][1])]
    assert follower.states(SkriftKind.AFDAEKNING) == [(1, SkriftState.UDKAST)]


def test_an_undersoegelse_grows_from_the_afdaekning_that_is_written(follower: Follower) -> None:
    stood(
        follower,
        begin(follower.sag, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, **follower.desk.act()),
    )
    begin(follower.sag, SkriftKind.AFDAEKNING, **follower.desk.act())
    follower.later(80)
    follower.talked()
    follower.held(valg="ny_vurdering", vurder="boernefaglig_undersoegelse")
    assert follower.states(SkriftKind.AFDAEKNING) == [(1, SkriftState.VIDEREFOERT)]


def test_two_who_write_the_same_field_see_both_and_lose_nothing(follower: Follower) -> None:
    follower.later(80)
    follower.kept({(WHOLE, "vurdering"): "Fra Karen."})
    clashes = follower.kept({(WHOLE, "vurdering"): "Fra Mette."}, who=METTE)
    assert [(one.theirs.text, one.mine) for one in clashes] == [("Fra Karen.", "Fra Mette.")]


def test_one_held_meanwhile_is_told_of_and_not_held_twice(follower: Follower) -> None:
    follower.later(80)
    follower.talked()
    follower.held()
    with pytest.raises(FollowedMeanwhile):
        follower.kept(follower.texts(), who=METTE)
    with pytest.raises(FollowedMeanwhile):
        hold(follower.sag, **follower.desk.act())
    assert len(follower.of_sag().held) == 1


def test_the_day_is_after_the_indsats_began_and_not_ahead(follower: Follower) -> None:
    today = follower.later(80)
    follower.talked()
    for day in (today + timedelta(days=1), today - timedelta(days=200)):
        with pytest.raises(OpfoelgningNotClear) as no:
            follower.held(dag=day.isoformat())
        assert "dag" in no.value.fields
        give_up(follower.sag, **follower.desk.act())


def test_paragraf_20_an_undersoegelse_that_is_decided_again_has_its_months_and_meets_them(
    follower: Follower,
) -> None:
    skrift = begin(
        follower.sag, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, **follower.desk.act()
    )  # fmt: skip
    stood(follower, skrift)
    assert [state for state, _ in follower.due("BFU-4M")] == ["opfyldt"]
    today = follower.later(80)
    follower.talked()
    it = follower.held(valg="ny_vurdering", vurder="boernefaglig_undersoegelse")
    assert it.opened == [("skrift", skrift.id)]
    assert follower.due("BFU-4M")[-1] == ("aaben", months_on(today, 4))
    stood(follower, follower.skrift(skrift.id))
    assert [state for state, _ in follower.due("BFU-4M")] == ["opfyldt", "opfyldt"]


def stood(follower: Follower, skrift: Skrift) -> None:
    """Have a version stand without what must be written in it."""
    act = follower.desk.act()
    with on_skrift(follower.sag, skrift.id, **act) as here:
        bare = replace(here.form, afsnit=())
        stand(replace(here, form=bare, skrift=replace(here.skrift, method=None)), act["product"])


def test_a_follow_up_noted_by_hand_counts_as_the_last(follower: Follower) -> None:
    follower.later(40)
    follower.town.happened(
        H.OPFOELGNING_AFHOLDT, sag=follower.sag, data={"naeste_opfoelgning": "2026-10-01"}
    )
    day = danish_day(follower.town.now)
    follower.later(40)
    with follower.town.product.store.read() as connection:
        karen = access.asker(connection, KAREN)
        assert karen is not None
        its = followed(connection, karen, follower.sag, follower.desk.alma, follower.town.now)
    assert (its.since, its.is_first, its.rhythm) == (day, False, None)


def decided_to(follower: Follower, last: date | None, state: str = "truffet") -> None:
    """Have the decision the help rests on give it until a day, and stand as it does."""
    number = follower.desk.decision(ends=last)
    its = indsatser.c.id == follower.its.id
    with follower.town.product.store.add() as connection:
        connection.execute(sa.update(indsatser).where(its).values(afgoerelse_id=number))
        made = afgoerelser.c.skrift_id == number
        connection.execute(sa.update(afgoerelser).where(made).values(state=state))


def test_paragraf_32_help_goes_on_no_longer_than_its_decision(follower: Follower) -> None:
    today = follower.later(80)
    follower.talked()
    decided_to(follower, today + timedelta(days=13))
    with pytest.raises(OpfoelgningNotClear) as no:
        follower.held()
    assert "træffe en ny afgørelse" in no.value.fields["naeste"]


def test_paragraf_32_it_is_followed_up_by_the_last_day_of_its_decision(follower: Follower) -> None:
    today = follower.later(80)
    follower.talked()
    last = today + timedelta(days=13)
    decided_to(follower, last)
    assert follower.held(naeste="anden", naeste_dag=last.isoformat()).next_on == last


@pytest.mark.parametrize("state", ["hjemvist", "ophaevet"])
def test_rsl_68_help_whose_decision_is_gone_does_not_go_on_as_it_is(
    follower: Follower, state: str
) -> None:
    follower.later(80)
    follower.talked()
    decided_to(follower, None, state)
    with pytest.raises(OpfoelgningNotClear) as no:
        follower.held()
    assert "gælder ikke mere" in no.value.fields["valg"]


def test_paragraf_32_help_does_not_go_on_that_was_given_until_yesterday(follower: Follower) -> None:
    today = follower.later(80)
    follower.talked()
    decided_to(follower, today - timedelta(days=1))
    with pytest.raises(OpfoelgningNotClear) as no:
        follower.held()
    assert "Træf en ny afgørelse først" in no.value.fields["valg"]
