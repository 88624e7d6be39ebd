"""Where the child lives is not in its parents' letters while they may not know (§ 105)."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.usecases.afgoerelse.decide import GatesShut, decide
from dubu_plugin.usecases.afgoerelse.hear import HearingNotClear, send

from .bench import TODAY, Bench, hidden_place

WRITTEN = {
    "begrundelse": "Truffet efter barnets lov § 52, stk. 1, fordi …",
    "skolegang": "Alma går på Prøveskolen i Fjernby.",
    "udtalelse": "Familien Prøvegård siger, at Alma trives.",
}


def to_decide(bench: Bench) -> UUID:
    bench.placed()
    number = bench.ready("anbringelsessted", **WRITTEN)
    bench.kept(number, {}, indsats=None)
    return number


def decided(bench: Bench) -> None:
    decide(bench.sag, to_decide(bench), **bench.leader, apart_seen=True)


def hides(bench: Bench, how: str) -> None:
    """Have the parents be kept from where the child is, or let that be what is decided."""
    if how == "hidden":
        hidden_place(bench.town, bench.sag, bench.alma)
    if how == "decided":
        bench.placed()
        number = bench.ready("foreloebig_samvaer", begrundelse="Efter § 143, stk. 1, fordi …",
                             saerlige_forhold="Det kan ikke vente.")  # fmt: skip
        bench.kept(number, {}, indsats=None, chair_at=bench.town.now,
                   ends_on=TODAY + timedelta(days=20))  # fmt: skip
        decide(bench.sag, number, **bench.leader)


@pytest.mark.parametrize("hidden", [True, False])
def test_paragraf_105_a_parent_reads_nothing_of_the_hidden_place(
    bench: Bench, hidden: bool
) -> None:
    if hidden:
        hidden_place(bench.town, bench.sag, bench.alma)
    decided(bench)
    parents = bench.letters("afgoerelse")
    assert len(parents) == 2
    for _, said in parents:
        assert ("Fjernby" in said["afgoerelse.begrundelse"]) is not hidden
        assert bool(said["afgoerelse.udtalelse"]) is not hidden
        assert said["afgoerelse.begrundelse"].startswith("Truffet efter")


@pytest.mark.parametrize("how", ["hidden", "decided", ""])
def test_paragraf_105_no_decision_goes_to_the_parents_before_somebody_looked_for_the_place(
    bench: Bench, how: str
) -> None:
    """Before the child moves, only the decision says that they may not know where it is."""
    hides(bench, how)
    number = to_decide(bench)
    if how:
        with pytest.raises(GatesShut) as no:
            decide(bench.sag, number, **bench.leader)
        assert [one.field for one in no.value.lacking] == ["adskilt_set"]
    decide(bench.sag, number, **bench.leader, apart_seen=bool(how))


@pytest.mark.parametrize("how", ["hidden", "decided", ""])
def test_paragraf_105_nor_is_a_parent_heard(bench: Bench, how: str) -> None:
    hides(bench, how)
    number, about = bench.prepared(), {"om": Written("Skolen i Fjernby har oplyst.", 0)}
    what = bench.sag, number, bench.part(number, bench.mother), about, date(2026, 6, 25)
    if how:
        with pytest.raises(HearingNotClear) as no:
            send(*what, **bench.act())
        assert set(no.value.fields) == {"adskilt_set"}
    send(*what, **bench.act(), apart_seen=bool(how))


def test_paragraf_105_a_child_is_heard_of_where_it_is(bench: Bench) -> None:
    bench.grows(date(2014, 1, 2))
    hides(bench, "hidden")
    number, about = bench.prepared(), {"om": Written("Du bor i Fjernby.", 0)}
    its = bench.part(number, bench.alma)
    send(bench.sag, number, its, about, date(2026, 6, 25), **bench.act())
