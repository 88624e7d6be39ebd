"""A decision is made when every gate opens, by who may, and each party is told."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import AfgoerelseState, Capacity, Outcome
from dubu_plugin.domain.custody import Kendt
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser, before_decision, partshoeringer
from dubu_plugin.store.afgoerelse.answers_given import answers_given
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.tables import afgoerelser as afgoerelse_rows
from dubu_plugin.testing.fake_ports import ANDERS
from dubu_plugin.usecases.afgoerelse.decide import GatesShut, NotYoursToDecide, decide
from dubu_plugin.usecases.afgoerelse.keep import ChangedMeanwhile, Kept, keep
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Decided
from dubu_plugin.usecases.afgoerelse.prepare import NotToday, give_up, prepare
from dubu_plugin.usecases.netvaerk.say_custody import Said, say_custody
from dubu_plugin.usecases.skrift import begin, present
from dubu_plugin.usecases.skrift.write import write

from .bench import CHOSEN, TEXTS, TODAY, Bench


def test_a_decision_stands_with_the_law_of_the_day_and_its_facts(bench: Bench) -> None:
    number = bench.decided()
    its = bench.its(number)
    assert (its.state, its.law) == (AfgoerelseState.TRUFFET, "BL § 32")
    assert [one.law for one in its.given] == ["BL § 32 stk. 1 nr. 5"]
    assert (its.decided_on, its.made_by) == (TODAY, "henrik")
    [made] = bench.happened(H.AFGOERELSE_TRUFFET)
    assert made == {
        "afgoerelse": str(number), "forhold": "stoette", "medhold": True, "tilbud": True,
        "afgoerelsesdato": "2026-06-11", "grundlag": "stoette", "plan": True,
        "i_stedet_for": str(number),
    }  # fmt: skip
    assert bench.happened(H.AFGOERELSE_BEGRUNDET)
    with bench.town.product.store.read() as connection:
        assert [one.id for one in afgoerelser.in_force(connection, bench.sag, TODAY)] == [number]


def test_each_party_gets_a_letter_with_their_own_address_and_answer(bench: Bench) -> None:
    bench.decided()
    [(father, to_father), (mother, to_mother)] = bench.letters("afgoerelse")
    assert (father, mother) == (
        "Mads Prøvesen\nPrøvevej 2\n9999 Prøvestrup", "Sofie Testvad\nTestvej 1\n9999 Prøvestrup",
    )  # fmt: skip
    assert "Prøvevej" not in str(to_mother)
    assert "Testvej" not in str(to_father)
    assert "Ankestyrelsen" in to_mother["afgoerelse.klage"], "nobody applied, so nobody is met"
    assert to_mother["afgoerelse.lov"] == "barnets lov §\u00a032"
    assert bench.letters("afgoerelse_barn", "afgoerelse_ung") == [], "she is nine"


def test_paragraf_3_a_child_who_turned_ten_since_is_seen_at_the_moment_of_deciding(
    bench: Bench,
) -> None:
    number = bench.ready()
    bench.grows(date(2016, 6, 11))
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert [one.law for one in shut.value.lacking] == ["§ 3"]
    bench.kept(number, {})
    assert [one.capacity for one in bench.parts(number)][-1] is Capacity.BARN
    bench.left_out(number)
    decide(bench.sag, number, **bench.leader)
    [(child, to_child)] = bench.letters("afgoerelse_barn")
    assert child.startswith("Alma Testvad")
    assert to_child["afgoerelse.til_barnet"] == TEXTS["til_barnet"]


def test_paragraf_46_a_youth_who_turned_fifteen_since_consents(bench: Bench) -> None:
    bench.grows(date(2011, 6, 12))
    bench.town.happened(H.UNDERSOEGELSE_AFSLUTTET, sag=bench.sag, person=bench.alma)
    text = "Truffet efter barnets lov § 46, stk. 1, fordi …"
    number = bench.ready("anbringelse_samtykke", begrundelse=text)
    bench.kept(number, {}, indsats="anbringelse_samtykke", place="almen_plejefamilie")
    bench.grows(date(2011, 6, 11))
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert ["fyldt 15 år" in one.sentence.replace("\u00a0", " ") for one in shut.value.lacking] == [
        True
    ]
    bench.consents(number, bench.alma)
    decide(bench.sag, number, **bench.leader)
    assert len(bench.letters("afgoerelse_ung")) == 1
    assert bench.happened(H.AFGOERELSE_TRUFFET)[0]["grundlag"] == "samtykke"


def test_paragraf_99_who_turned_eighteen_since_is_not_decided_for(bench: Bench) -> None:
    number = bench.ready()
    bench.grows(date(2008, 6, 11))
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert "§ 99" in [one.law for one in shut.value.lacking]


def test_paragraf_5_a_talk_on_the_case_is_enough_and_without_one_it_says_why(bench: Bench) -> None:
    number = bench.prepared()
    bench.kept(number, TEXTS, **CHOSEN)
    bench.consents(number, bench.mother, bench.father)
    bench.left_out(number)
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert [one.law for one in shut.value.lacking] == ["§ 5"]
    bench.talked()
    decide(bench.sag, number, **bench.leader)


def test_paragraf_5_a_talk_of_last_year_was_about_something_else(bench: Bench) -> None:
    number = bench.ready()
    bench.town.now = bench.town.now + timedelta(days=184)
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert "§ 5" in [one.law for one in shut.value.lacking]


def test_paragraf_5_the_deadline_is_met_by_the_decision_that_has_the_view_in_it(
    bench: Bench,
) -> None:
    number = bench.ready()
    assert bench.happened(H.BARNETS_HOLDNING_INDHENTET) == []
    decide(bench.sag, number, **bench.leader)
    assert bench.happened(H.BARNETS_HOLDNING_INDHENTET) == [{"afgoerelse": str(number)}]
    with bench.town.product.store.read() as connection:
        assert not before_decision.waits_for_view(connection, bench.sag)


def test_nothing_that_is_typed_is_lost_where_a_gate_is_shut(bench: Bench) -> None:
    number = bench.prepared()
    bench.kept(number, {"afgoerelse": "Halvt skrevet"}, outcome=Outcome.DELVIST)
    with pytest.raises(GatesShut):
        decide(bench.sag, number, **bench.leader)
    assert bench.whole(number).said["afgoerelse"] == "Halvt skrevet"
    assert bench.its(number).outcome is Outcome.DELVIST


def test_who_may_not_decide_is_told_who_does(bench: Bench) -> None:
    number = bench.ready()
    with pytest.raises(NotYoursToDecide) as no:
        decide(bench.sag, number, **bench.act())
    assert "§ 32 træffes af din leder" in no.value.for_people()
    with pytest.raises(NotYours):
        decide(bench.sag, number, **bench.act(ANDERS))
    assert bench.its(number).is_open


def test_an_adviser_decides_what_the_catalogue_lets_them(bench: Bench) -> None:
    text = "Truffet efter barnets lov § 36, fordi …"
    bench.helped("familiebehandling")
    number = bench.ready("transport", begrundelse=text)
    bench.kept(number, {}, indsats="transport_foraeldre")
    decide(bench.sag, number, **bench.act())
    assert bench.its(number).made_by == "karen"


def test_paragraf_142_what_the_committee_decided_counts_from_its_meeting(bench: Bench) -> None:
    bench.town.happened(H.UNDERSOEGELSE_AFSLUTTET, sag=bench.sag, person=bench.alma)
    bench.town.happened(H.BARNETS_PLAN_VEDTAGET, sag=bench.sag, person=bench.alma)
    text = "Truffet efter barnets lov § 47, stk. 1, nr. 1, fordi …"
    number = bench.ready("anbringelse_uden", begrundelse=text)
    bench.town.now = bench.town.now + timedelta(days=1)
    assert bench.happened(H.ANBRINGELSE_FORBEREDT) == [
        {"afgoerelse": str(number), "grundlag": "tvang"}
    ]
    bench.kept(number, {}, indsats="anbringelse_uden", place="almen_plejefamilie",
               committee_on=TODAY, votes_for=3, protocol="Punkt 4")  # fmt: skip
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert [one.law for one in shut.value.lacking] == ["§ 142"]
    bench.kept(number, {}, votes_for=5)
    decide(bench.sag, number, **bench.leader)
    assert bench.its(number).decided_on == TODAY
    [said] = bench.happened(H.UDVALGSAFGOERELSE_TRUFFET)
    assert (said["genbehandling"], said["grundlag"]) == ("et_aar", "tvang")
    [(_, told), _] = bench.letters("afgoerelse")
    assert "5 medlemmer ud af 5 stemte for" in told["afgoerelse.udvalg"]
    assert "igen senest den 11. juni 2027" in told["afgoerelse.udvalg"].replace("\u00a0", " ")
    assert "§ 146" in told["afgoerelse.klage"]


def test_a_decision_dated_before_the_catalogue_can_still_be_read(bench: Bench) -> None:
    number = bench.decided()
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        work.connection.execute(sa.update(afgoerelse_rows).values(decided_on=date(2020, 1, 1)))
    assert bench.whole(number).matter.code == "stoette"


def test_paragraf_20_an_undersoegelse_is_decided_from_the_day_the_need_was_known(
    bench: Bench,
) -> None:
    text = "Truffet efter barnets lov § 20, stk. 1, nr. 1, fordi …"
    number = bench.ready("undersoegelse", begrundelse=text)
    bench.kept(number, {}, indsats=None, starts_on=date(2026, 3, 2))
    decide(bench.sag, number, **bench.leader)
    [said] = bench.happened(H.UNDERSOEGELSE_BESLUTTET)
    assert (said["undersoegelse"], said["kendskab"]) == ("barnet", "2026-03-02")


def test_paragraf_25_what_nobody_applied_for_says_how_to_complain(bench: Bench) -> None:
    text = "Truffet efter barnets lov § 52, stk. 1, fordi …"
    bench.placed()
    number = bench.ready("anbringelsessted", begrundelse=text)
    bench.kept(number, {}, indsats=None)
    decide(bench.sag, number, **bench.leader)
    assert all("Ankestyrelsen" in told["afgoerelse.klage"]
               for _, told in bench.letters("afgoerelse"))  # fmt: skip


@pytest.mark.parametrize("applied", [True, False])
def test_paragraf_25_all_that_was_applied_for_says_nothing_of_complaining(
    bench: Bench, applied: bool
) -> None:
    text = "Truffet efter barnets lov § 36, fordi …"
    bench.helped("familiebehandling")
    if applied:
        bench.applied("Vi søger om hjælp til kørslen til møderne.")
    number = bench.ready("transport", begrundelse=text)
    bench.kept(number, {}, indsats="transport_foraeldre")
    decide(bench.sag, number, **bench.act())
    said = [told["afgoerelse.klage"] for _, told in bench.letters("afgoerelse")]
    assert [text == "" for text in said] == [applied, applied]


def test_paragraf_22_a_refusal_of_what_was_applied_for_is_called_so(bench: Bench) -> None:
    bench.applied("Vi søger om hjælp til Alma, så hun kan komme i skole.")
    number = bench.ready()
    bench.kept(number, {}, outcome=Outcome.AFSLAG, indsats=None)
    decide(bench.sag, number, **bench.leader)
    [(_, told), _] = bench.letters("afgoerelse")
    assert "Vi giver afslag." in told["afgoerelse.tekst"]
    assert bench.happened(H.ANSOEGNING_AFGJORT)
    with bench.town.product.store.read() as connection:
        assert answers_given(connection, bench.sag) == {number}


def test_a_refusal_gives_nothing_and_says_how_to_complain(bench: Bench) -> None:
    number = bench.ready()
    bench.kept(number, {}, outcome=Outcome.AFSLAG, indsats=None)
    decide(bench.sag, number, **bench.leader)
    [said] = bench.happened(H.AFGOERELSE_TRUFFET)
    assert ("grundlag" in said, said["medhold"], said["tilbud"]) == (False, False, False)
    [(_, told), _] = bench.letters("afgoerelse")
    assert "Det er besluttet, at det ikke skal ske." in told["afgoerelse.tekst"]
    assert "Ankestyrelsen" in told["afgoerelse.klage"]
    with bench.town.product.store.read() as connection:
        assert afgoerelser.in_force(connection, bench.sag) == []


def test_a_parent_without_custody_is_heard_and_not_asked_for_consent(bench: Bench) -> None:
    number = bench.ready()
    with bench.town.product.store.write(actor="karen", now=bench.town.now) as work:
        partshoeringer.keep_consent(
            work.connection, number, bench.father, None, by="karen", now=bench.town.now
        )
    with pytest.raises(GatesShut):
        decide(bench.sag, number, **bench.leader)
    bench.custody(number, bench.father, Capacity.FORAELDER)
    decide(bench.sag, number, **bench.leader)


def test_paragraf_46_custody_that_is_noted_is_not_taken_from_a_parent_on_the_decision(
    bench: Bench,
) -> None:
    number = bench.ready()
    with bench.town.product.store.write(actor="karen", now=bench.town.now) as work:
        partshoeringer.keep_consent(
            work.connection, number, bench.father, None, by="karen", now=bench.town.now
        )
    both = frozenset({bench.mother, bench.father})
    said = Said(seen={}, seen_card=0, holders=both, source=Kendt.OPLYST)
    say_custody(bench.sag, said, **bench.act())
    bench.custody(number, bench.father, Capacity.FORAELDER)
    roles = {one.person: one.capacity for one in bench.parts(number)}
    assert roles[bench.father] is Capacity.FORAELDREMYNDIGHED
    with pytest.raises(GatesShut):
        decide(bench.sag, number, **bench.leader)


def test_what_is_made_is_not_changed_given_up_or_taken_up_by_another_door(bench: Bench) -> None:
    number = bench.decided()
    for act in (decide, give_up):
        with pytest.raises(Decided):
            act(bench.sag, number, **bench.leader)
    with pytest.raises(present.HasActsOfItsOwn):
        present.begin_version(bench.sag, number, **bench.act())
    with pytest.raises(NotYours):
        begin.begin(bench.sag, SkriftKind.AFGOERELSE, **bench.act())


def test_approving_it_as_any_skrift_does_not_go_around_the_gates(bench: Bench) -> None:
    number = bench.prepared()
    with pytest.raises(present.HasActsOfItsOwn):
        present.approve(bench.sag, number, **bench.leader)
    with bench.town.product.store.read() as connection:
        skrift = skrifter.by_id(connection, number)
    assert skrift is not None
    assert skrift.is_open


def test_two_who_prepare_the_same_prepare_one(bench: Bench) -> None:
    assert bench.prepared() == bench.prepared()
    give_up(bench.sag, bench.prepared(), **bench.act())
    assert bench.happened(H.AFGOERELSE_OPGIVET)
    assert len({bench.prepared(), bench.prepared()}) == 1


def test_what_is_not_for_the_child_today_is_not_begun(bench: Bench) -> None:
    for code in ("ungestoette", "anbringelse_ufoedt", "brev_og_telefon", "findes_ikke"):
        with pytest.raises(NotToday):
            prepare(bench.sag, code, **bench.act())


def test_two_who_choose_at_once_and_two_who_write_at_once_lose_nothing(bench: Bench) -> None:
    number = bench.prepared()
    seen = bench.its(number).version
    bench.kept(number, {"formaal": "Karens"}, plan=True)
    with pytest.raises(ChangedMeanwhile):
        keep(bench.sag, number, Kept(seen=seen, chosen={"plan": False}), **bench.act())
    late = Kept(seen=bench.its(number).version, texts={"formaal": Written("Mettes", 0)})
    [clash] = keep(bench.sag, number, late, **bench.act())
    assert (clash.theirs.text, clash.mine) == ("Karens", "Mettes")
    assert bench.whole(number).said["formaal"] == "Karens"


def test_the_childs_view_in_the_undersoegelse_is_not_typed_again(bench: Bench) -> None:
    bfu = begin.begin(bench.sag, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, **bench.act())
    said = {("", "barnets_holdning"): Written("»Jeg vil bo hjemme.«", 0)}
    write(bench.sag, bfu.id, said, **bench.act())
    assert bench.whole(bench.prepared()).said["barnets_syn"] == "»Jeg vil bo hjemme.«"
