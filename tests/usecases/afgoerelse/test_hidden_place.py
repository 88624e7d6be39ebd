"""Where the child lives is not in its parents' letters while they may not know (§ 105)."""

import pytest

from dubu_plugin.usecases.afgoerelse.decide import decide

from .bench import Bench, hidden_place

WRITTEN = {
    "begrundelse": "Truffet efter barnets lov § 52, stk. 1, fordi …",
    "skolegang": "Alma går på Prøveskolen i Fjernby.",
    "udtalelse": "Familien Prøvegård siger, at Alma trives.",
}


def decided(bench: Bench) -> None:
    bench.placed()
    number = bench.ready("anbringelsessted", **WRITTEN)
    bench.kept(number, {}, indsats=None)
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
