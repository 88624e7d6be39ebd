"""What the committee is to have before it decides is asked of the day of its meeting."""

from datetime import date, timedelta

import pytest

from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.usecases.afgoerelse.decide import GatesShut, decide

from .bench import TEXTS, Bench

MEETING = date(2026, 6, 14)
"""Three days after it was begun to be prepared."""


def _typed(bench: Bench, *, talk: int, plan: int, bfu: int) -> dict[str, str]:
    """Have a placement without consent be typed on 20 June, and return what keeps it back.

    :param talk, plan, bfu: so many days after 11 June each is there.
    """
    its = bench.prepared("anbringelse_uden")
    start = bench.town.now
    for days, what in (
        (talk, H.BOERNESAMTALE_HOLDT),
        (bfu, H.UNDERSOEGELSE_AFSLUTTET),
        (plan, H.BARNETS_PLAN_VEDTAGET),
    ):
        bench.town.now = start + timedelta(days=days)
        bench.town.happened(what, sag=bench.sag, person=bench.alma)
    bench.town.now = start + timedelta(days=9)
    asked = dict.fromkeys(bench.whole(its).matter.asks, "Skrevet.")
    why = {"begrundelse": "Truffet efter barnets lov § 47, stk. 1, nr. 1, fordi …"}
    bench.kept(
        its, {**TEXTS, **asked, **why}, outcome=Outcome.MEDHOLD, indsats="anbringelse_uden",
        place="almen_plejefamilie", committee_on=MEETING, votes_for=5, protocol="Punkt 4",
        dissent=False, starts_on=date(2026, 6, 20), plan=True,
    )  # fmt: skip
    bench.left_out(its)
    try:
        decide(bench.sag, its, **bench.leader)
    except GatesShut as shut:
        return {one.law: one.sentence.replace("\u00a0", " ") for one in shut.lacking}
    return {}


@pytest.mark.parametrize(
    ("late", "law"),
    [("plan", "§ 91, stk. 2"), ("bfu", "§ 47, stk. 2"), ("talk", "§ 5")],
)
def test_paragraffer_5_47_51_and_91_what_came_after_the_meeting_was_not_there(
    bench: Bench, late: str, law: str
) -> None:
    days = {"talk": 2, "plan": 3, "bfu": 2} | {late: 7}
    lacking = _typed(bench, **days)
    assert set(lacking) == {law}
    assert "Udvalget skal have haft det til sit møde den 14. juni 2026." in lacking[law]


def test_paragraffer_5_47_51_and_91_what_was_there_on_the_day_of_the_meeting_will_do(
    bench: Bench,
) -> None:
    assert _typed(bench, talk=3, plan=3, bfu=3) == {}
