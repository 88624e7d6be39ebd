"""A complaint is sent on to Ankestyrelsen: when it is not right, or at once."""

from datetime import date, timedelta

import pytest

from dubu_plugin.domain.danish import long_date
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.klager import Genvurdering, KlageState, Ruling
from dubu_plugin.usecases.afgoerelse import complain
from dubu_plugin.usecases.afgoerelse.complain import NotYoursToReassess
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.on_klage import KlageNotClear, NotNow
from dubu_plugin.usecases.afgoerelse.settle import Ruled, settle
from dubu_plugin.usecases.afgoerelse.window import is_to_be_sent, late_words

from .bench import TODAY, Bench
from .complaining import complained, deadlines, stands, told


def test_not_right_is_sent_on_and_only_that_meets_the_deadline(bench: Bench) -> None:
    klage = complained(bench, bench.decided())
    with pytest.raises(NotNow):
        complain.send_on(klage.id, sag=bench.sag, **bench.act())
    reassess = (klage.id, Genvurdering.INTET, "Timerne er nok.")
    with pytest.raises(NotYoursToReassess):
        complain.reassess(*reassess, sag=bench.sag, **bench.act())
    complain.reassess(*reassess, sag=bench.sag, **bench.leader)
    assert deadlines(bench, "GENV-4U") == {"GENV-4U": "aaben"}
    bench.sends_on(klage.id)
    assert deadlines(bench, "GENV-4U") == {"GENV-4U": "opfyldt"}
    [(to, said)] = bench.letters("oversendelse")
    assert to.startswith("Ankestyrelsen")
    assert said["klage.genvurdering"] == "Timerne er nok."
    assert "holder fast i afgørelsen" in said["klage.kommet_til"]
    assert said["klage.straks"] == ""
    [(_, told)] = bench.letters("klage_sendt_videre")
    why = told["klage.genvurdering"].replace("\N{NO-BREAK SPACE}", " ")
    assert why == (
        "Vi har set på sagen igen og holder fast i afgørelsen (retssikkerhedsloven § 66).\n\n"
        "Timerne er nok."
    )
    ruled = Ruled(ruling=Ruling.STADFAESTET, came_on=TODAY)
    settle(klage.id, ruled, sag=bench.sag, **bench.act())
    with pytest.raises(NotNow):
        complain.withdraw(klage.id, sag=bench.sag, **bench.act())


def test_paragraf_66_it_is_with_ankestyrelsen_when_its_letter_is_sent_and_not_before(
    bench: Bench,
) -> None:
    klage = complained(bench, bench.decided())
    intet = (klage.id, Genvurdering.INTET, "Timerne er nok.")
    complain.reassess(*intet, sag=bench.sag, **bench.leader)
    complain.send_on(klage.id, sag=bench.sag, **bench.act())
    assert (stands(bench, klage.id).state, stands(bench, klage.id).sent_at) == ("paa_vej", None)
    assert not bench.happened(H.KLAGE_SENDT_TIL_ANKESTYRELSEN)
    assert deadlines(bench, "GENV-4U") == {"GENV-4U": "aaben"}
    with pytest.raises(NotNow):
        complain.send_on(klage.id, sag=bench.sag, **bench.act())
    with pytest.raises(NotNow):
        settle(klage.id, Ruled(ruling=Ruling.AFVIST, came_on=TODAY), sag=bench.sag, **bench.act())
    bench.posted(klage.letter)
    there = stands(bench, klage.id)
    assert (there.state, there.sent_at) == (KlageState.SENDT, bench.town.now)
    [said] = bench.happened(H.KLAGE_SENDT_TIL_ANKESTYRELSEN)
    assert (said["klage"], said["opsaettende"]) == (str(klage.id), False)
    assert deadlines(bench, "GENV-4U") == {"GENV-4U": "opfyldt"}


def test_what_is_taken_back_before_its_letter_is_sent_is_not_with_ankestyrelsen(
    bench: Bench,
) -> None:
    klage = complained(bench, bench.decided())
    intet = (klage.id, Genvurdering.INTET, "Timerne er nok.")
    complain.reassess(*intet, sag=bench.sag, **bench.leader)
    complain.send_on(klage.id, sag=bench.sag, **bench.act())
    complain.withdraw(klage.id, sag=bench.sag, **bench.act())
    bench.posted(klage.letter)
    assert stands(bench, klage.id).state is KlageState.TRUKKET
    assert not bench.happened(H.KLAGE_SENDT_TIL_ANKESTYRELSEN)


def test_too_late_goes_straight_on_and_is_not_looked_at(bench: Bench) -> None:
    number = bench.decided()
    letter = told(bench, number)
    with bench.town.product.store.read() as connection:
        party = afgoerelser.party_of_letter(connection, letter)  # type: ignore[arg-type]
    assert bench.happened(H.AFGOERELSE_MEDDELT)[0] | {"maade": ""} == {
        "brev": str(letter), "skabelon": "afgoerelse", "maade": "", "afgoerelse": str(number),
        "parten": str(party), "forsendelse": "brev",
    }  # fmt: skip
    bench.town.now = bench.town.now + timedelta(days=60)
    klage = complained(bench, number, day=TODAY + timedelta(days=60))
    assert klage.late
    assert klage.due_on == klage.received_at.date()
    with pytest.raises(NotNow):
        complain.reassess(klage.id, Genvurdering.INTET, "Nej.", sag=bench.sag, **bench.act())
    bench.sends_on(klage.id)
    why = bench.letters("oversendelse")[0][1]["klage.straks"].replace("\u00a0", " ")
    assert klage.window_ends_on is not None
    assert late_words(klage).replace("\u00a0", " ") == "3 uger for sent"
    assert "Klagen kom 3 uger for sent" in why
    assert long_date(klage.window_ends_on) in why
    assert "retssikkerhedsloven § 67" in why
    assert "bekendtgørelse 861 af 2025, § 13" in why
    [(_, told_of)] = bench.letters("klage_sendt_videre")
    assert "3\u00a0uger for sent" in told_of["klage.straks"]
    assert "Ankestyrelsen afgør, om den" in told_of["klage.straks"]
    assert "I afgør, om den behandles alligevel" in why, "the letter is to Ankestyrelsen"
    assert "Ankestyrelsen" not in why


def test_paragraf_67_where_no_letter_is_sent_the_day_the_decision_was_got_is_asked(
    bench: Bench,
) -> None:
    number = bench.decided()
    bench.town.now = bench.town.now + timedelta(days=120)
    day = TODAY + timedelta(days=119)
    with pytest.raises(KlageNotClear) as no:
        complained(bench, number, day=day)
    assert set(no.value.fields) == {"fik"}
    for wrong in (TODAY - timedelta(days=1), day + timedelta(days=1)):
        with pytest.raises(KlageNotClear):
            complained(bench, number, day=day, told_on=wrong)
    in_time = complained(bench, number, day=day, told_on=day - timedelta(days=28))
    assert (in_time.late, in_time.due_on) == (False, day + timedelta(weeks=4))
    late = complained(bench, number, day=day, told_on=TODAY)
    assert (late.late, late.window_ends_on) == (True, date(2026, 7, 9))
    assert late_words(late).replace("\u00a0", " ") == "13 uger for sent"
    receipts = [said["klage.straks"] for _, said in bench.letters("kvittering_for_klage")]
    assert sorted("13" in str(one) for one in receipts) == [False, True]


def test_paragraf_11_stk_6_what_the_committee_decided_goes_straight_on(bench: Bench) -> None:
    for what in (H.UNDERSOEGELSE_AFSLUTTET, H.BARNETS_PLAN_VEDTAGET):
        bench.town.happened(what, sag=bench.sag, person=bench.alma)
    text = "Truffet efter barnets lov § 47, stk. 1, nr. 1, fordi …"
    number = bench.ready("anbringelse_uden", begrundelse=text)
    bench.kept(number, {}, indsats="anbringelse_uden", place="almen_plejefamilie",
               committee_on=TODAY, votes_for=5, protocol="Punkt 4", dissent=False)  # fmt: skip
    decide(bench.sag, number, **bench.leader)
    klage = complained(bench, number)
    assert (klage.late, klage.due_on) == (False, TODAY)
    assert is_to_be_sent(klage)
    [(_, receipt)] = bench.letters("kvittering_for_klage")
    assert "børne- og ungeudvalget" in receipt["klage.straks"]
    assert "§\u00a0146, stk.\u00a03" in receipt["klage.imens"]
    assert "retssikkerhedsloven" not in receipt["klage.imens"]
    with pytest.raises(NotNow):
        complain.reassess(klage.id, Genvurdering.INTET, "Nej.", sag=bench.sag, **bench.leader)
    bench.sends_on(klage.id)
    [(_, said)] = bench.letters("oversendelse")
    assert "§\u00a011, stk.\u00a06" in said["klage.straks"]
    assert "sendt straks til jer" in said["klage.straks"]
    assert said["klage.kommet_til"] == ""
