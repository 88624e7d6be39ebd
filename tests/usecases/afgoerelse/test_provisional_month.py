"""How long what the committee has approved of the chairman's stands (barnets lov § 143, stk. 5)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.indsats.running import TAKEN_OVER
from dubu_plugin.usecases.afgoerelse.decide import decide

from .bench import Bench
from .test_chair import due, prepared

MONTH, OF_TREATMENT = "AKUT-1M", "AKUT-1M-40"


def approved(bench: Bench, matter: str) -> UUID:
    """Have the child be placed, the chairman decide and the committee approve it; five days later
    return the placement."""
    place = uuid4()
    bench.placed(anbringelse=str(place))
    bench.town.happened(
        H.FORELOEBIG_AFGOERELSE_IVAERKSAT, sag=bench.sag, person=bench.alma,
        data={"foreloebig": matter},
    )  # fmt: skip
    bench.town.happened(H.FORELOEBIG_AFGOERELSE_GODKENDT, sag=bench.sag, person=bench.alma)
    bench.town.now += timedelta(days=5)
    return place


def ended(bench: Bench, what: H, place: UUID, **more: bool) -> None:
    facts = {"anbringelse": str(place), **more}
    bench.town.happened(what, sag=bench.sag, person=bench.alma, data=facts)


def states(bench: Bench, code: str) -> list[str]:
    return [state for state, _ in due(bench, code)]


@pytest.mark.parametrize("matter", ["anbringelse_uden", "samvaer_afbrudt", "aendret_sted_uden"])
def test_paragraf_143_stk_5_the_month_runs_on_where_another_placement_takes_over(
    bench: Bench, matter: str
) -> None:
    old = approved(bench, matter)
    bench.placed(anbringelse=str(uuid4()))
    ended(bench, H.ANBRINGELSE_OPHOERT, old, **{TAKEN_OVER: True})
    assert states(bench, MONTH) == ["aaben"]


def test_paragraf_143_stk_5_the_month_runs_on_where_the_new_place_is_noted_last(
    bench: Bench,
) -> None:
    old = approved(bench, "anbringelse_uden")
    ended(bench, H.ANBRINGELSE_OPHOERT, old, **{TAKEN_OVER: True})
    assert states(bench, MONTH) == ["aaben"]


@pytest.mark.parametrize("what", [H.ANBRINGELSE_OPHOERT, H.BARN_HJEMGIVET])
@pytest.mark.parametrize("matter", ["anbringelse_uden", "samvaer_afbrudt"])
def test_paragraf_143_stk_5_of_a_child_that_is_placed_no_more_the_placements_month_lapses(
    bench: Bench, what: H, matter: str
) -> None:
    """So does that of its contact, which is cut while it is placed (§ 105)."""
    ended(bench, what, approved(bench, matter))
    assert states(bench, MONTH) == ["bortfaldet"]


def test_paragraf_40_and_143_stk_5_a_treatment_is_decided_anew_though_the_child_came_home(
    bench: Bench,
) -> None:
    ended(bench, H.BARN_HJEMGIVET, approved(bench, "laegelig"))
    assert (states(bench, OF_TREATMENT), states(bench, MONTH)) == (["aaben"], [])


def test_paragraf_40_and_143_stk_5_a_treatments_month_is_met_by_what_the_committee_says_of_it(
    bench: Bench,
) -> None:
    decide(bench.sag, prepared(bench, "foreloebig_laegelig"), **bench.leader)
    for about, state in (("samvaer", "aaben"), ("undersoegelse", "opfyldt")):
        bench.town.happened(
            H.UDVALGSAFGOERELSE_TRUFFET, sag=bench.sag, person=bench.alma,
            data={"angaar": about, "afgoerelsesdato": danish_day(bench.town.now).isoformat()},
        )  # fmt: skip
        assert states(bench, OF_TREATMENT) == [state]
