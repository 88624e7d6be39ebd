"""The child's view is of the decision it stands in: nothing renews it but the child (§ 5)."""

from datetime import timedelta
from uuid import UUID

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import WHOLE, SkriftKind
from dubu_plugin.store.sag import sager
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.usecases.afgoerelse.decide import GatesShut, decide
from dubu_plugin.usecases.afgoerelse.prepare import begun

from .bench import CHOSEN, TEXTS, TODAY, Bench

WHY = {"tidligere_syn": "Samtalen i maj var om det samme forslag."}


def in_place(bench: Bench, number: UUID) -> UUID:
    bench.kept(number, TEXTS, **CHOSEN)
    bench.consents(number, bench.mother, bench.father)
    bench.left_out(number)
    return number


def lacking(bench: Bench, number: UUID) -> list[str]:
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    return [one.field for one in shut.value.lacking]


def examined(bench: Bench, said: str) -> UUID:
    """Have an undersøgelse on the case that tells what the child said."""
    with bench.town.product.store.write(actor=KAREN, now=bench.town.now) as work:
        sag = sager.by_id(work.connection, bench.sag)
        assert sag is not None
        bfu = skrifter.begin(
            work.connection, sag, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, by=KAREN, now=work.now
        )
        text = {(WHOLE, "barnets_holdning"): Written(said, 0)}
        tekster.write(work.connection, bfu.id, 1, text, by=KAREN, now=work.now)
    return bfu.id


def test_paragraf_5_a_decision_does_not_renew_the_childs_view_for_the_next(bench: Bench) -> None:
    bench.decided()
    bench.town.now = bench.town.now + timedelta(days=60)
    second = in_place(bench, bench.prepared("anbringelse_samtykke"))
    assert "tidligere_syn" in lacking(bench, second)
    bench.talked()
    assert "tidligere_syn" not in lacking(bench, second)


def test_paragraf_5_an_older_talk_does_where_it_is_said_why(bench: Bench) -> None:
    bench.talked()
    bench.town.now = bench.town.now + timedelta(days=30)
    number = in_place(bench, bench.prepared())
    assert lacking(bench, number) == ["tidligere_syn"]
    assert bench.whole(number).view.obtained.before == TODAY
    bench.kept(number, WHY)
    decide(bench.sag, number, **bench.leader)
    assert bench.happened(H.BARNETS_HOLDNING_INDHENTET)[-1] == {"afgoerelse": str(number)}
    assert bench.happened(H.BOERNESAMTALE_UNDLADT) == []


def test_paragraf_5_what_one_decision_records_is_no_talk_about_another(bench: Bench) -> None:
    bench.talked()
    bench.town.now = bench.town.now + timedelta(days=30)
    first, second = bench.prepared(), bench.prepared("anbringelse_samtykke")
    bench.kept(in_place(bench, first), WHY)
    decide(bench.sag, first, **bench.leader)
    assert bench.happened(H.BARNETS_HOLDNING_INDHENTET)
    assert bench.whole(second).view.obtained.since is None


def test_paragraf_5_a_talk_older_than_half_a_year_is_no_ground_at_all(bench: Bench) -> None:
    bench.talked()
    bench.town.now = bench.town.now + timedelta(days=184)
    number = in_place(bench, bench.prepared())
    bench.kept(number, WHY)
    assert lacking(bench, number) == ["uden_samtale"]


def test_paragraf_5_what_the_undersoegelse_says_counts_when_somebody_has_looked_at_it(
    bench: Bench,
) -> None:
    bfu = examined(bench, "Alma vil gerne have hjælp om morgenen.")
    number = bench.prepared()
    bench.talked()
    text = bench.whole(number).texts[WHOLE, "barnets_syn"]
    assert (text.text, text.copied_from) == ("Alma vil gerne have hjælp om morgenen.", bfu)
    bench.kept(number, {**TEXTS, "barnets_syn": text.text}, **CHOSEN)
    bench.consents(number, bench.mother, bench.father)
    bench.left_out(number)
    assert bench.whole(number).view.fetched_from == "undersøgelsen fra den 11.\u00a0juni 2026"
    assert lacking(bench, number) == ["barnets_syn"]
    bench.kept(number, {"barnets_syn": "Alma vil gerne, at der kommer en voksen hver tirsdag."})
    decide(bench.sag, number, **bench.leader)


def test_paragraf_5_a_decision_made_anew_says_where_the_childs_view_is_from(bench: Bench) -> None:
    old = bench.decided()
    with bench.town.product.store.write(actor=KAREN, now=bench.town.now) as work:
        sag = sager.by_id(work.connection, bench.sag)
        assert sag is not None
        new = begun(work, sag, "stoette", product=bench.town.product, in_place_of=bench.its(old))
    it = bench.whole(new)
    assert it.said["barnets_syn"] == TEXTS["barnets_syn"]
    assert it.view.fetched_from == "den tidligere afgørelse fra den 11.\u00a0juni 2026"
    assert "barnet_sagt" not in it.said, "what it told then was about that"
