"""A complaint is looked at again in four weeks, and waits, is kept or is taken back."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import AfgoerelseState, Outcome
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import locks
from dubu_plugin.store.afgoerelse.klager import Genvurdering, KlageState
from dubu_plugin.store.tables import sager
from dubu_plugin.testing.fake_ports import ANDERS
from dubu_plugin.usecases.afgoerelse import complain, in_part
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.on_klage import KlageNotClear, NotNow
from dubu_plugin.usecases.afgoerelse.prepare import give_up
from dubu_plugin.usecases.skrift.on_skrift import CaseClosed

from .bench import TODAY, Bench
from .complaining import complained, deadlines, made_anew, received, stands


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
    assert said["klage.imens"].startswith("Afgørelsen gælder, mens klagen behandles")
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
    [(_, said)] = bench.letters("kvittering_for_klage")
    assert "først tages bort, når varslet" in said["klage.imens"]
    assert "§\u00a011, stk.\u00a02" in said["klage.imens"]


def test_rsl_72_a_complaint_locks_what_has_opsaettende_virkning(bench: Bench) -> None:
    number = suspensive(bench)
    klage = complained(bench, number)
    with bench.town.product.store.read() as connection:
        lock = locks.execution_lock(connection, number)  # type: ignore[arg-type]
    assert lock is not None
    assert lock.klage == klage.id
    assert deadlines(bench, "OPSAET") == {"OPSAET": "aaben"}
    complain.withdraw(klage.id, sag=bench.sag, **bench.act())
    with bench.town.product.store.read() as connection:
        assert locks.execution_lock(connection, number) is None  # type: ignore[arg-type]
    assert deadlines(bench, "OPSAET") != {"OPSAET": "aaben"}


def test_rsl_72_what_is_set_in_motion_at_once_is_not_locked(bench: Bench) -> None:
    number = suspensive(bench, at_once=True)
    assert not complained(bench, number).suspensive
    with bench.town.product.store.read() as connection:
        assert locks.execution_lock(connection, number) is None  # type: ignore[arg-type]


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
        assert locks.execution_lock(connection, number) is not None  # type: ignore[arg-type]
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
        in_part.hold_on(klage.id, TODAY, sag=bench.sag, **bench.act())
    made_anew(bench, new)
    with pytest.raises(KlageNotClear):
        in_part.hold_on(klage.id, None, sag=bench.sag, **bench.act())
    in_part.hold_on(klage.id, TODAY, sag=bench.sag, **bench.act())
    assert stands(bench, klage.id).due_on == date(2026, 6, 25)
    assert deadlines(bench, "GENV-DELV") == {"GENV-DELV": "aaben"}
    bench.sends_on(klage.id)
    assert deadlines(bench, "GENV-DELV") == {"GENV-DELV": "opfyldt"}


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


def test_rsl_72_a_refusal_has_nothing_a_complaint_could_keep_back(bench: Bench) -> None:
    text = "Truffet efter barnets lov § 52, stk. 1, fordi …"
    bench.placed()
    number = bench.ready("anbringelsessted", begrundelse=text)
    bench.kept(number, {}, indsats=None, outcome=Outcome.AFSLAG)
    decide(bench.sag, number, **bench.leader)
    assert not complained(bench, number).suspensive
    assert "OPSAET" not in deadlines(bench, "OPSAET")
    with bench.town.product.store.read() as connection:
        assert not locks.locked(connection, bench.sag)
