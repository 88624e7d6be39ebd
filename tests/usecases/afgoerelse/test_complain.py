"""A complaint is looked at again in four weeks, and waits, is sent on or settled."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import AfgoerelseState, Outcome
from dubu_plugin.domain.danish import long_date
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser, klager
from dubu_plugin.store.afgoerelse.klager import Genvurdering, Klage, KlageState, Ruling
from dubu_plugin.store.tables import frister, letters, sager
from dubu_plugin.testing.fake_ports import ANDERS
from dubu_plugin.usecases.afgoerelse import complain
from dubu_plugin.usecases.afgoerelse.complain import NotYoursToReassess, Received
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.on_klage import KlageNotClear, NotNow
from dubu_plugin.usecases.afgoerelse.prepare import give_up
from dubu_plugin.usecases.afgoerelse.settle import Ruled, settle
from dubu_plugin.usecases.afgoerelse.window import is_to_be_sent, late_words
from dubu_plugin.usecases.dokument.letter_states import sent
from dubu_plugin.usecases.skrift.on_skrift import CaseClosed

from .bench import CHOSEN, TODAY, Bench


def received(bench: Bench, **more: object) -> Received:
    given = {"person": bench.mother, "day": TODAY, "form": "skriftligt",
             "words": "Fire timer er ikke nok."}  # fmt: skip
    return Received(**{**given, **more})  # type: ignore[arg-type]


def complained(bench: Bench, number: object, **more: object) -> Klage:
    new = complain.receive(bench.sag, number, received(bench, **more), **bench.act())  # type: ignore[arg-type]
    return stands(bench, new)


def stands(bench: Bench, klage: object) -> Klage:
    with bench.town.product.store.read() as connection:
        found = klager.by_id(connection, klage)  # type: ignore[arg-type]
    assert found is not None
    return found


def deadlines(bench: Bench, *rules: str) -> dict[str, str]:
    with bench.town.product.store.read() as connection:
        rows = connection.execute(sa.select(frister).where(frister.c.rule.in_(rules)))
        return {row.rule: row.state for row in rows}


def suspensive(bench: Bench, **more: object) -> object:
    text = "Truffet efter barnets lov § 52, stk. 1, fordi …"
    bench.placed()
    number = bench.ready("anbringelsessted", begrundelse=text)
    bench.kept(number, {"straks_grund": "Hun er i fare."}, indsats=None, **more)
    decide(bench.sag, number, **bench.leader)
    return number


def test_a_complaint_has_a_receipt_and_four_weeks(bench: Bench) -> None:
    number = bench.decided()
    klage = complained(bench, number)
    assert (klage.due_on, klage.late, klage.suspensive) == (date(2026, 7, 9), False, False)
    [(to, said)] = bench.letters("kvittering_for_klage")
    assert to.startswith("Sofie Testvad")
    assert said["klage.svar_senest"] == "9.\u00a0juli 2026"
    assert bench.happened(H.KLAGE_MODTAGET) == [
        {
            "klage": str(klage.id),
            "afgoerelse": str(number),
            "opsaettende": False,
            "parten": str(bench.mother),
        }
    ]
    assert deadlines(bench, "GENV-4U", "OPSAET") == {"GENV-4U": "aaben"}


def test_paragraf_11_what_takes_help_away_is_looked_at_in_fourteen_days(bench: Bench) -> None:
    text = "Truffet efter barnets lov § 87, fordi …"
    bench.helped("tabt_arbejdsfortjeneste")
    number = bench.ready("tabt_ophoer", begrundelse=text)
    last = TODAY + timedelta(weeks=14)
    bench.kept(number, {}, indsats=None, outcome=Outcome.MEDHOLD, ends_on=last)
    decide(bench.sag, number, **bench.leader)
    assert bench.happened(H.FRATAGELSE_VARSLET)
    assert complained(bench, number).due_on == date(2026, 6, 25)
    assert bench.happened(H.KLAGE_MODTAGET)[0]["svarfrist"] == "2026-06-25"


def test_rsl_72_a_complaint_locks_what_has_opsaettende_virkning(bench: Bench) -> None:
    number = suspensive(bench)
    klage = complained(bench, number)
    with bench.town.product.store.read() as connection:
        lock = afgoerelser.execution_lock(connection, number)  # type: ignore[arg-type]
    assert lock is not None
    assert lock.klage == klage.id
    assert deadlines(bench, "OPSAET") == {"OPSAET": "aaben"}
    complain.withdraw(klage.id, sag=bench.sag, **bench.act())
    with bench.town.product.store.read() as connection:
        assert afgoerelser.execution_lock(connection, number) is None  # type: ignore[arg-type]
    assert deadlines(bench, "OPSAET") != {"OPSAET": "aaben"}


def test_rsl_72_what_is_set_in_motion_at_once_is_not_locked(bench: Bench) -> None:
    number = suspensive(bench, at_once=True)
    assert not complained(bench, number).suspensive
    with bench.town.product.store.read() as connection:
        assert afgoerelser.execution_lock(connection, number) is None  # type: ignore[arg-type]


def test_right_in_all_begins_a_new_decision_with_everything_it_said(bench: Bench) -> None:
    number = bench.decided()
    klage = complained(bench, number)
    new = complain.reassess(
        klage.id, Genvurdering.MEDHOLD, "Seks timer er rigtigt.", sag=bench.sag, **bench.leader
    )
    assert new is not None
    assert bench.its(number).state is AfgoerelseState.TRUFFET, "nothing new is decided"
    assert stands(bench, klage.id).state is KlageState.GENVURDERET
    assert deadlines(bench, "GENV-4U") == {"GENV-4U": "aaben"}
    made_anew(bench, new)
    assert bench.its(number).state is AfgoerelseState.ERSTATTET
    assert bench.its(new).replaces == number
    assert bench.whole(new).said["formaal"] == "At Alma kommer i skole."
    assert stands(bench, klage.id).state is KlageState.AFGJORT
    assert deadlines(bench, "GENV-4U") == {"GENV-4U": "opfyldt"}


def test_rsl_66_giving_up_the_new_decision_puts_the_complaint_back(bench: Bench) -> None:
    number = suspensive(bench)
    klage = complained(bench, number)
    new = complain.reassess(
        klage.id, Genvurdering.MEDHOLD, "Hun har ret.", sag=bench.sag, **bench.leader
    )
    assert new is not None
    with bench.town.product.store.read() as connection:
        assert afgoerelser.execution_lock(connection, number) is not None  # type: ignore[arg-type]
    give_up(bench.sag, new, **bench.act())
    back = stands(bench, klage.id)
    assert (back.state, back.outcome) == (KlageState.MODTAGET, None)
    assert bench.its(number).state is AfgoerelseState.TRUFFET  # type: ignore[arg-type]
    assert deadlines(bench, "GENV-4U", "OPSAET") == {"GENV-4U": "aaben", "OPSAET": "aaben"}


def test_right_in_some_is_kept_by_the_citizen_and_sent_in_fourteen_days(bench: Bench) -> None:
    klage = complained(bench, bench.decided())
    new = complain.reassess(
        klage.id, Genvurdering.DELVIST, "Fem timer.", sag=bench.sag, **bench.leader
    )
    with pytest.raises(NotNow):
        complain.hold_on(klage.id, TODAY, sag=bench.sag, **bench.act())
    made_anew(bench, new)
    with pytest.raises(KlageNotClear):
        complain.hold_on(klage.id, None, sag=bench.sag, **bench.act())
    complain.hold_on(klage.id, TODAY, sag=bench.sag, **bench.act())
    assert stands(bench, klage.id).due_on == date(2026, 6, 25)
    assert deadlines(bench, "GENV-DELV") == {"GENV-DELV": "aaben"}
    bench.sends_on(klage.id)
    assert deadlines(bench, "GENV-DELV") == {"GENV-DELV": "opfyldt"}


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
    with pytest.raises(NotNow):
        complain.reassess(klage.id, Genvurdering.INTET, "Nej.", sag=bench.sag, **bench.leader)
    bench.sends_on(klage.id)
    [(_, said)] = bench.letters("oversendelse")
    assert "§\u00a011, stk.\u00a06" in said["klage.straks"]
    assert "sendt straks til jer" in said["klage.straks"]
    assert said["klage.kommet_til"] == ""


def test_what_is_left_out_of_a_complaint_is_asked_for(bench: Bench) -> None:
    number = bench.decided()
    wrong = {"person": bench.sag, "day": TODAY + timedelta(days=1), "form": "", "words": " "}
    with pytest.raises(KlageNotClear) as no:
        complained(bench, number, **wrong)
    assert set(no.value.fields) == {"klager", "modtaget", "form", "klage"}
    with pytest.raises(NotYours):
        complained(bench, bench.prepared("stofmisbrug"))
    with pytest.raises(NotYours):
        complain.receive(bench.sag, number, received(bench), **bench.act(ANDERS))


def test_a_closed_case_can_be_complained_of(bench: Bench) -> None:
    number = bench.decided()
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        work.connection.execute(sa.update(sager).values(phase="closed"))
    klage = complained(bench, number)
    assert klage.state is KlageState.MODTAGET
    with pytest.raises(CaseClosed):
        complain.reassess(klage.id, Genvurdering.DELVIST, "Ja.", sag=bench.sag, **bench.leader)
    assert stands(bench, klage.id).state is KlageState.MODTAGET


def told(bench: Bench, number: object) -> object:
    """Have the post send the letter of who complains."""
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        letters_of = {
            one.person: one
            for one in afgoerelser.told(work.connection, number)  # type: ignore[arg-type]
        }
        first = letters_of[bench.mother]
        row = work.connection.execute(sa.select(letters).where(letters.c.id == first.letter)).one()
        sent(work, row, bench.town.product.letters["afgoerelse"], how="papir")
    return first.letter


def made_anew(bench: Bench, new: object) -> None:
    """Make the new decision."""
    assert isinstance(new, UUID)
    bench.kept(new, {"barnets_syn": "»Nu er det godt.«"}, **CHOSEN)
    bench.consents(new, bench.mother, bench.father)
    bench.left_out(new)
    decide(bench.sag, new, **bench.leader)


def test_rsl_72_a_refusal_has_nothing_a_complaint_could_keep_back(bench: Bench) -> None:
    text = "Truffet efter barnets lov § 52, stk. 1, fordi …"
    bench.placed()
    number = bench.ready("anbringelsessted", begrundelse=text)
    bench.kept(number, {}, indsats=None, outcome=Outcome.AFSLAG)
    decide(bench.sag, number, **bench.leader)
    assert not complained(bench, number).suspensive
    assert "OPSAET" not in deadlines(bench, "OPSAET")
    with bench.town.product.store.read() as connection:
        assert not afgoerelser.locked(connection, bench.sag)
