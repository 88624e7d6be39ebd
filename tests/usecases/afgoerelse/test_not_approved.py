"""What the committee does not approve is told as it is, and falls."""

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import AfgoerelseState, Outcome
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.sag import sager
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.tables import afgoerelser, frister
from dubu_plugin.usecases.afgoerelse.decide import GatesShut, decide

from .bench import TODAY, Bench

TEXT = "Truffet efter barnets lov § 143, stk. 4, fordi …"


def provisional(bench: Bench) -> UUID:
    """Have what the chair decided stand, and the child be placed by it."""
    with bench.town.product.store.write(actor="henrik", now=bench.town.now) as work:
        sag = sager.by_id(work.connection, bench.sag)
        assert sag is not None
        number = skrifter.begin(
            work.connection, sag, SkriftKind.AFGOERELSE, by="karen", now=bench.town.now
        ).id
        work.connection.execute(
            sa.insert(afgoerelser).values(
                skrift_id=number, sag_id=bench.sag, matter="foreloebig", outcome="medhold",
                state="truffet", decided_on=TODAY, made_at=bench.town.now, made_by="henrik",
                at_once=False, version=1, law="BL § 143",
            )
        )  # fmt: skip
    bench.town.happened(H.FORELOEBIG_AFGOERELSE_IVAERKSAT, sag=bench.sag, person=bench.alma,
                        data={"afgoerelse": str(number)})  # fmt: skip
    bench.placed(anbringelse=str(uuid4()))
    return number


def looked_at(bench: Bench, votes: int, outcome: Outcome = Outcome.AFSLAG) -> UUID:
    number = bench.ready("foreloebig_godkendt", begrundelse=TEXT)
    bench.kept(number, {}, indsats=None, outcome=outcome, votes_for=votes, committee_on=TODAY,
               protocol="Punkt 3", dissent=False)  # fmt: skip
    return number


def states(bench: Bench) -> dict[str, str]:
    with bench.town.product.store.read() as connection:
        asked = sa.select(frister.c.rule, frister.c.state).where(frister.c.rule.like("AKUT-%"))
        return {row.rule: row.state for row in connection.execute(asked)}


def test_paragraf_143_stk_4_what_is_not_approved_falls_and_the_child_is_to_come_home(
    bench: Bench,
) -> None:
    chairs = provisional(bench)
    assert states(bench) == {"AKUT-24T": "aaben", "AKUT-7D": "aaben", "AKUT-1M": "aaben"}
    decide(bench.sag, looked_at(bench, 2), **bench.leader)
    assert bench.its(chairs).state is AfgoerelseState.BORTFALDET
    assert not bench.its(chairs).gives
    assert len(bench.happened(H.FORELOEBIG_AFGOERELSE_BORTFALDET)) == 1
    assert not bench.happened(H.FORELOEBIG_AFGOERELSE_GODKENDT)
    found = states(bench)
    assert (found["AKUT-7D"], found["AKUT-HJEM"]) == ("opfyldt", "aaben")
    assert found["AKUT-1M"] == "opfyldt"
    for _, told in bench.letters("afgoerelse"):
        assert "2 medlemmer ud af 5 stemte for." in told["afgoerelse.udvalg"].replace("\u00a0", " ")
        assert "blev ikke besluttet" in told["afgoerelse.udvalg"]


def test_paragraf_143_stk_4_what_is_approved_stands_for_a_month(bench: Bench) -> None:
    chairs = provisional(bench)
    decide(bench.sag, looked_at(bench, 4, Outcome.MEDHOLD), **bench.leader)
    assert bench.its(chairs).state is AfgoerelseState.TRUFFET
    found = states(bench)
    assert (found["AKUT-7D"], found["AKUT-1M"]) == ("opfyldt", "aaben")
    assert "AKUT-HJEM" not in found


def test_paragraf_142_four_votes_for_are_a_decision(bench: Bench) -> None:
    provisional(bench)
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, looked_at(bench, 4), **bench.leader)
    assert [one.field for one in shut.value.lacking] == ["stemmer"]
