"""Help to a child with a disability that goes on is decided away: made, told, and then ended."""

from datetime import date
from decimal import Decimal

import pytest

from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.beregning.kompensation import (
    Grundlag,
    KompensationInput,
    Udgift,
    Udgiftstype,
)
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.reckon import reckon
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear
from dubu_plugin.usecases.indsats.start import begin
from dubu_plugin.usecases.indsats.wanted import Wanted

from .bench import TODAY, Bench

FIRST = date(2026, 6, 11)
EXPENSES = KompensationInput(
    basis=Grundlag.SANDSYNLIGGJORT,
    expenses=[Udgift("Slid og vask", Udgiftstype.OEVRIGE, Decimal(8580))],
)


def test_a_kompensationsydelse_is_decided_away_and_the_family_can_complain(bench: Bench) -> None:
    gives = bench.ready("kompensation", begrundelse="Truffet efter barnets lov § 86, fordi …")
    bench.kept(gives, {}, indsats="kompensationsydelse", outcome=Outcome.MEDHOLD)
    reckon(bench.sag, gives, EXPENSES, FIRST, bench.mother, **bench.act())
    decide(bench.sag, gives, **bench.leader)
    wanted = Wanted(code="kompensationsydelse", afgoerelse=gives, starts_on=TODAY)
    its = begin(bench.sag, wanted, **bench.act())

    def ends() -> None:
        with bench.town.product.store.read() as connection:
            now = indsatser.by_id(connection, its.id)
        assert now is not None
        end(bench.sag, its.id, TODAY, "ophoer_virker_ikke", "", seen=now.version, **bench.act())

    with pytest.raises(IndsatsNotClear) as no:
        ends()
    assert "§ 86" in no.value.fields["hvordan"].replace("\u00a0", " ")
    takes = bench.ready("kompensation_ophoer", begrundelse="Efter barnets lov § 86, fordi …")
    bench.kept(takes, {}, indsats=None, outcome=Outcome.MEDHOLD)
    decide(bench.sag, takes, **bench.leader)
    [*_, (_, said)] = bench.letters("afgoerelse")
    assert said["afgoerelse.om"] == "Kompensationsydelse hører op"
    assert "Det handler om: Dækning af nødvendige merudgifter." in said["afgoerelse.tekst"]
    assert "Ankestyrelsen" in said["afgoerelse.klage"]
    ends()
