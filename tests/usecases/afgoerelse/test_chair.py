"""What the chairman decides because it cannot wait (barnets lov § 143)."""

from datetime import timedelta

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.tables import frister, letters
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.window import last_day
from dubu_plugin.usecases.dokument.letter_states import sent

from .bench import Bench


def test_paragraf_143_the_clocks_run_from_when_the_chairman_made_it(bench: Bench) -> None:
    """Taken on Sunday evening and typed in on Monday: the night is in the 24 hours."""
    text = "Truffet efter barnets lov § 143, stk. 1, fordi …"
    evening = bench.town.now - timedelta(hours=14)
    number = bench.ready("foreloebig", begrundelse=text, saerlige_forhold="Det kan ikke vente.")
    bench.kept(number, {}, indsats="anbringelse_akut", place="almen_plejefamilie",
               chair_at=evening, starts_on=danish_day(evening))  # fmt: skip
    decide(bench.sag, number, **bench.leader)
    assert bench.its(number).decided_on == danish_day(evening)
    with bench.town.product.store.read() as connection:
        asked = sa.select(frister.c.rule, frister.c.due)
        due = {rule: at for rule, at in connection.execute(asked)}
    assert due["AKUT-24T"] == evening + timedelta(hours=24)
    assert danish_day(due["AKUT-7D"]) == danish_day(evening) + timedelta(days=7)


def test_paragraf_143_a_provisional_decision_is_told_when_every_party_has_its_letter(
    bench: Bench,
) -> None:
    text = "Truffet efter barnets lov § 143, stk. 1, fordi …"
    number = bench.ready("foreloebig", begrundelse=text, saerlige_forhold="Det kan ikke vente.")
    bench.kept(number, {}, indsats="anbringelse_akut", place="almen_plejefamilie")
    decide(bench.sag, number, **bench.leader)
    assert bench.happened(H.FORELOEBIG_AFGOERELSE_IVAERKSAT)
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        rows = work.connection.execute(sa.select(letters).where(letters.c.code == "afgoerelse"))
        first, second = rows.all()
        sent(work, first, bench.town.product.letters["afgoerelse"], how="papir")
    assert not bench.happened(H.FORELOEBIG_AFGOERELSE_MEDDELT), "the other parent knows nothing"
    assert len(bench.happened(H.BREV_SENDT)) == 1
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        sent(work, second, bench.town.product.letters["afgoerelse"], how="overleveret")
    assert len(bench.happened(H.FORELOEBIG_AFGOERELSE_MEDDELT)) == 1
    [by_post, by_hand] = bench.happened(H.BREV_SENDT)
    assert (by_post["forsendelse"], by_hand["forsendelse"]) == ("brev", "overleveret")
    with bench.town.product.store.read() as connection:
        clock = sa.select(frister.c.state).where(frister.c.rule == "AKUT-24T")
        assert connection.scalars(clock).all() == ["opfyldt"]
        assert last_day(connection, number) is None, "it is the committee's that is complained of"
