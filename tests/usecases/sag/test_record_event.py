"""What happened is noted on a case: what follows is shown first, and can be put right after."""

import ast
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import dubu_plugin
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.indsats.running import running
from dubu_plugin.store.sag import noted, sager
from dubu_plugin.store.tables import frister, haendelser
from dubu_plugin.testing.fake_ports import ANDERS
from dubu_plugin.usecases.sag import recordable
from dubu_plugin.usecases.sag.by_hand import ROWS
from dubu_plugin.usecases.sag.close_case import close_case
from dubu_plugin.usecases.sag.put_right import (
    take_back,
)
from dubu_plugin.usecases.sag.record_event import (
    NEW,
    NONE,
    CaseIsClosed,
    NotClear,
    foresee,
    record_event,
)
from dubu_plugin.usecases.sag.recordable import can_be_noted

from .desk import INDSATS, NOW, Desk

BARNET = {"undersoegelse": "barnet"}
UNBORN = {"grundlag": "tvang", "ufoedt": "ja"}


# -- noting ----------------------------------------------------------------------------------------


def test_what_follows_is_shown_before_and_nothing_of_it_is_stored(desk: Desk) -> None:
    note = desk.note(H.INDSATS_IVAERKSAT, answers=INDSATS)
    before = desk.all(sa.select(haendelser.c.id)), desk.all(sa.select(frister.c.id))
    shown = foresee(desk.sag, note, **desk.act())
    assert (desk.all(sa.select(haendelser.c.id)), desk.all(sa.select(frister.c.id))) == before
    assert desk.notes() == []
    said = [str(one).replace("\N{NO-BREAK SPACE}", " ") for one in shown]
    assert "Starter: Første opfølgning, senest 12. februar 2027 (§ 95)" in said


def test_what_was_shown_is_what_follows(desk: Desk) -> None:
    note = desk.note(H.INDSATS_IVAERKSAT, answers=INDSATS)
    shown = foresee(desk.sag, note, **desk.act())
    assert shown == record_event(desk.sag, note, **desk.act())
    assert danish_day(desk.row("OPF-1").due) == date(2027, 2, 12)


def test_meeting_one_and_starting_the_next_is_said(desk: Desk) -> None:
    desk.say(H.INDSATS_IVAERKSAT, answers=INDSATS)
    desk.town.now += timedelta(days=30)
    next_one = {"naeste_opfoelgning": "2027-06-01"}
    shown = record_event(desk.sag, desk.note(H.OPFOELGNING_AFHOLDT, answers=next_one), **desk.act())
    assert {str(one).split(":")[0] for one in shown} == {"Opfylder", "Starter"}
    assert danish_day(desk.row("OPF-N").due) == date(2027, 6, 1)


def test_the_journal_gets_a_note_and_the_chain_no_words(desk: Desk) -> None:
    note = desk.note(H.INDSATS_IVAERKSAT, answers=INDSATS, text="Familien er glad for det.")
    record_event(desk.sag, note, **desk.act())
    (told,) = desk.notes()
    assert "Familien er glad for det." in told["body"]
    assert "Starter: Første opfølgning" in told["body"]
    assert "glad" not in desk.newest(H.INDSATS_IVAERKSAT).data


def test_the_same_button_twice_is_one_note(desk: Desk) -> None:
    note = desk.note(H.INDSATS_IVAERKSAT, answers=INDSATS)
    record_event(desk.sag, note, **desk.act())
    assert record_event(desk.sag, note, **desk.act()) == ()
    assert len(desk.rows("OPF-1")) == len(desk.notes()) == 1


def test_told_late_it_counts_from_when_it_was(desk: Desk) -> None:
    desk.say(H.INDSATS_IVAERKSAT, NOW - timedelta(days=31), answers=INDSATS)
    assert danish_day(desk.row("OPF-1").due) == date(2027, 1, 12)


def test_the_future_is_refused_but_for_what_is_known_ahead(desk: Desk) -> None:
    ahead = NOW + timedelta(days=3)
    with pytest.raises(NotClear) as no:
        record_event(desk.sag, desk.note(H.INDSATS_IVAERKSAT, ahead, answers=INDSATS), **desk.act())
    assert set(no.value.fields) == {"sket"}
    record_event(desk.sag, desk.note(H.FAMILIE_FLYTTET, ahead), **desk.act())


def test_what_is_known_ahead_ends_no_deadline(desk: Desk) -> None:
    rules = desk.town.product.store.rules
    assert [what for what, row in ROWS.items() if row.ahead and rules.ended_by(what)] == []


@pytest.mark.parametrize(
    ("what", "answers", "wrong"),
    [
        (H.INDSATS_IVAERKSAT, {}, {"handicap", "hjaelp"}),
        (H.INDSATS_IVAERKSAT, {**INDSATS, "handicap": "måske"}, {"handicap"}),
        (H.PARTSHOERING_SENDT, {"svarfrist": "på mandag"}, {"svarfrist"}),
        (H.HJEMGIVELSE_SOEGT, {"grundlag": "andet"}, {"grundlag"}),
        (H.OPLYSNING_MODTAGET_MUNDTLIGT, {}, {"notat"}),
        (H.UNDERSOEGELSE_BESLUTTET, BARNET, {"kendskab"}),
        (H.UNDERSOEGELSE_BESLUTTET, BARNET | {"kendskab": "2026-11-13"}, {"kendskab"}),
        (H.UNDERSOEGELSE_BESLUTTET, BARNET | {"kendskab": "0226-11-01"}, {"kendskab"}),
        (H.PLAN_BESLUTTET, {"plan": "ja", "grundlag": "stoette"}, {"afgoerelsesdato"}),
        (H.ANBRINGELSE_FORBEREDT, UNBORN, {"termin"}),
    ],
)
def test_what_is_left_out_or_cannot_be_is_asked_for(
    desk: Desk, what: H, answers: dict[str, str], wrong: set[str]
) -> None:
    with pytest.raises(NotClear) as no:
        record_event(desk.sag, desk.note(what, answers=answers), **desk.act())
    assert set(no.value.fields) == wrong


@pytest.mark.parametrize(
    ("what", "answers", "said"),
    [
        (H.SAMVAER_SUSPENDERET, {"ende": "2027-12-31"}, "§ 103 stk. 2, § 104 stk. 5 kan det højst"),
        (
            H.HJEMGIVELSE_BESLUTTET,
            {"ende": "2030-06-30", "periode_fra": "2026-11-12", "uden_periode": "nej"},
            "§ 100 stk. 3 kan det højst",
        ),
        (H.PAALAEG_FORLAENGET, {"ende": "2027-05-13"}, "højst være til 12. maj 2027"),
        (H.SAMVAER_SUSPENDERET, {"ende": "2026-11-11"}, "før den dag, det skete"),
        (
            H.UDVALGSAFGOERELSE_TRUFFET,
            {
                "angaar": "anbringelse",
                "genbehandling": "et_aar",
                "genbehandling_senest": "2030-06-30",
            },
            "12 måneder",
        ),
    ],
)
def test_an_end_later_than_the_law_allows_is_refused_with_its_paragraph(
    desk: Desk, what: H, answers: dict[str, str], said: str
) -> None:
    with pytest.raises(NotClear) as no:
        record_event(desk.sag, desk.note(what, answers=answers), **desk.act())
    (sentence,) = no.value.fields.values()
    assert said in sentence.replace("\N{NO-BREAK SPACE}", " ")


def test_a_longer_time_to_genbehandling_is_noted_with_why(desk: Desk) -> None:
    longer = {
        "angaar": "anbringelse",
        "genbehandling": "et_aar",
        "genbehandling_senest": "2028-06-30",
    }
    desk.say(
        H.UDVALGSAFGOERELSE_TRUFFET, answers=longer, text="Udvalget fandt undtagelsen opfyldt."
    )
    assert danish_day(desk.row("GENB-1").due) == date(2028, 6, 30)


def test_nothing_is_shown_before_the_day_it_is_counted_from_is_said(desk: Desk) -> None:
    note = desk.note(H.UNDERSOEGELSE_BESLUTTET, answers=BARNET)
    assert foresee(desk.sag, note, **desk.act()) == ()


def test_an_undersoegelse_runs_from_the_day_the_need_was_known(desk: Desk) -> None:
    desk.say(H.UNDERSOEGELSE_BESLUTTET, answers=BARNET | {"kendskab": "2026-10-01"})
    assert danish_day(desk.row("BFU-4M").due) == date(2027, 2, 1)


def test_a_date_no_clock_starts_at_may_be_left_out(desk: Desk) -> None:
    desk.say(H.AFGOERELSE_TRUFFET, answers={"grundlag": "samtykke", "plan": "nej", "tilbud": "nej"})
    assert danish_day(desk.row("PLAN-ANB").due) == date(2027, 2, 12)
    desk.say(H.ANBRINGELSE_FORBEREDT, answers=UNBORN | {"ufoedt": "nej"})


def test_a_day_that_has_passed_is_said_to_have_passed(desk: Desk) -> None:
    note = desk.note(H.UNDERSOEGELSE_BESLUTTET, answers=BARNET | {"kendskab": "2026-06-01"})
    shown = foresee(desk.sag, note, **desk.act())
    said = [str(one).replace("\N{NO-BREAK SPACE}", " ") for one in shown]
    late = "Starter: Børnefaglig undersøgelse, senest 1. oktober 2026, allerede overskredet (§ 20)"
    assert late in said


def test_none_of_them_is_an_answer_and_starts_nothing(desk: Desk) -> None:
    record_event(desk.sag, desk.note(H.HJEMGIVELSE_SOEGT, answers={"grundlag": NONE}), **desk.act())
    assert desk.rows("HJEMG-7D") == []
    desk.say(H.HJEMGIVELSE_SOEGT, answers={"grundlag": "samtykke"})
    assert len(desk.rows("HJEMG-7D")) == 1


def test_a_complaint_gets_a_key_and_what_meets_it_names_it(desk: Desk) -> None:
    first = {"opsaettende": "nej"}
    desk.say(H.KLAGE_MODTAGET, answers=first)
    desk.town.now += timedelta(days=1)
    desk.say(H.KLAGE_MODTAGET, answers=first)
    one, other = desk.rows("GENV-4U")
    assert one.subject_id != other.subject_id
    with pytest.raises(NotClear) as no:
        record_event(desk.sag, desk.note(H.KLAGE_GENVURDERET), **desk.act())
    assert set(no.value.fields) == {"klage"}
    about = {Subject.KLAGE: str(other.subject_id)}
    desk.say(H.KLAGE_GENVURDERET, about=about)
    states = {row.subject_id: row.state for row in desk.rows("GENV-4U")}
    assert states == {one.subject_id: "aaben", other.subject_id: "opfyldt"}


def test_a_decision_that_is_not_noted_yet_is_a_new_one(desk: Desk) -> None:
    sent = {"forsendelse": "digital"}
    desk.say(H.AFGOERELSE_MEDDELT, answers=sent)
    desk.say(H.AFGOERELSE_MEDDELT, answers=sent, about={Subject.AFGOERELSE: NEW})
    assert len({row.subject_id for row in desk.rows("KLAGE-4U")}) == 2


def test_a_screening_ends_on_the_underretning_it_began_on(desk: Desk) -> None:
    number = desk.town.underretning("En bekymring.", child=desk.child, sag=desk.sag)
    about = {Subject.UNDERRETNING: str(number)}
    desk.say(H.SCREENING_BEGYNDT, answers={"behov": "ja"}, about=about)
    desk.say(H.SCREENING_AFSLUTTET, answers={"udfald": "undersoegelse"}, about=about)
    assert desk.row("SCR", "opfyldt").underretning_id == number


def test_from_a_support_on_the_child_is_supported(desk: Desk) -> None:
    wrong = desk.say(H.INDSATS_IVAERKSAT, answers=INDSATS)
    with desk.town.product.store.read() as connection:
        found = sager.by_id(connection, desk.sag)
    assert found is not None
    assert found.has_indsats
    take_back(desk.sag, wrong, "Indsats", "Det var en anden sag.", **desk.act())
    with desk.town.product.store.read() as connection:
        found = sager.by_id(connection, desk.sag)
    assert found is not None
    assert not found.has_indsats


def test_the_end_of_a_support_says_which_and_the_last_one_ends_the_mark(desk: Desk) -> None:
    for _ in range(2):
        desk.say(H.INDSATS_IVAERKSAT, answers=INDSATS)
    with desk.town.product.store.read() as connection:
        known = [str(one.id) for one in noted.things(connection, desk.sag, Subject.INDSATS)]
    with pytest.raises(NotClear) as no:
        desk.say(H.INDSATS_OPHOERT)
    assert set(no.value.fields) == {"indsats"}
    for left, key in ((True, known[0]), (False, known[1])):
        desk.say(H.INDSATS_OPHOERT, about={Subject.INDSATS: key})
        with desk.town.product.store.read() as connection:
            ours = sager.by_id(connection, desk.sag)
            assert bool(running(connection, desk.sag)) is left
        assert ours is not None
        assert ours.has_indsats is left


def test_nobody_of_another_unit_notes_or_looks_ahead(desk: Desk) -> None:
    note = desk.note(H.INDSATS_IVAERKSAT, answers=INDSATS)
    for act in (foresee, record_event):
        with pytest.raises(NotYours):
            act(desk.sag, note, **desk.act(ANDERS))


def test_nothing_is_noted_on_a_closed_case(desk: Desk) -> None:
    close_case(desk.sag, "Familien er flyttet.", **desk.act())
    with pytest.raises(CaseIsClosed):
        record_event(desk.sag, desk.note(H.INDSATS_IVAERKSAT, answers=INDSATS), **desk.act())


def test_a_complaint_after_closing_is_noted_and_its_clock_runs(desk: Desk) -> None:
    close_case(desk.sag, "Familien er flyttet.", **desk.act())
    desk.say(H.KLAGE_MODTAGET, answers={"opsaettende": "nej"})
    assert desk.all(sa.select(frister).where(frister.c.state == "aaben")), "its clock runs"
    titles = [note["title"] for note in desk.notes()]
    assert titles == ["Sagen er afsluttet", "klage_modtaget"]
    with desk.town.product.store.read() as connection:
        found = sager.by_id(connection, desk.sag)
    assert found is not None
    assert found.is_closed, "a complaint does not open the case"
    take_back(desk.sag, desk.newest(H.KLAGE_MODTAGET).id, "Klage", "Fejl.", **desk.act())


def test_all_that_may_come_after_closing_can_be_noted(desk: Desk) -> None:
    """And a name the rules no longer know would be left standing in the list."""
    known = can_be_noted(desk.town.product.store.rules, NOW.date())
    assert {H.KLAGE_MODTAGET, H.AKTINDSIGT_ANMODET, H.AKTINDSIGT_BESVARET} <= known
    assert known >= {what for what, row in ROWS.items() if row.after_closing}


@pytest.mark.parametrize("what", [H.UNDERRETNING_VURDERET, H.SAG_LUKKET, H.FRIST_OVERSKREDET])
def test_what_another_act_records_is_not_noted(desk: Desk, what: H) -> None:
    with pytest.raises(NotYours):
        record_event(desk.sag, desk.note(what), **desk.act())


def test_what_the_acts_record_by_themselves_is_kept_out_of_the_list() -> None:
    """Whoever writes an act that records something takes it out of what is noted by hand."""
    folder = Path(dubu_plugin.__file__).parent
    named = set()
    for file in [*folder.glob("usecases/**/*.py"), *folder.glob("delivery/**/*.py")]:
        if file.name in ("recordable.py", "by_hand.py", "record_event.py", "put_right.py"):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr == "happened" and node.args:
                named |= {
                    part.attr for part in ast.walk(node.args[0]) if isinstance(part, ast.Attribute)
                }
    recorded = {H[name] for name in named if name in H.__members__}
    by_hand_too = {  # what has an act here, and is also done elsewhere
        H.AFDAEKNING_AFSLUTTET, H.ANKEAFGOERELSE_FULGT, H.HJEMVISNING_MODTAGET,
        H.FORELOEBIG_AFGOERELSE_GODKENDT, H.SIKRET_OPHOLD_OPHOERT,
        H.ANKEAFGOERELSE_MEDDELT, H.ENDELIG_AFGOERELSE_TRUFFET,
        H.AFGOERELSE_BEGRUNDET, H.AFGOERELSE_OPGIVET, H.AFGOERELSE_TRUFFET, H.ANBRINGELSE_OPHOERT,
        H.ANSOEGNING_AFGJORT, H.FUNKTIONSNEDSAETTELSE_REGISTRERET, H.HJEMMETRAENING_GODKENDT,
        H.BARNETS_HOLDNING_INDHENTET, H.BARN_HJEMGIVET, H.BOERNESAMTALE_HOLDT,
        H.BOERNESAMTALE_UNDLADT, H.INDSATS_OPHOERT, H.KLAGE_AFGJORT, H.KLAGE_FASTHOLDT,
        H.KLAGE_DELVIST_MEDDELT, H.FRATAGELSE_IVAERKSAT, H.KLAGE_GENVURDERING_UDSAT,
        H.KLAGE_GENVURDERET, H.KLAGE_MODTAGET, H.KLAGE_SENDT_TIL_ANKESTYRELSEN, H.KLAGE_TRUKKET,
        H.FORAELDREHANDLEPLAN_VURDERET, H.HJEMGIVELSE_VURDERET, H.OPFOELGNING_AFHOLDT,
        H.OPFOELGNING_PLANLAGT,
        H.SCREENING_AFSLUTTET,
        H.PARTSHOERING_BESVARET, H.PARTSHOERING_SENDT, H.PARTSHOERING_UDELADT, H.PLAN_BESLUTTET,
        H.TILSYNSBESOEG_FOERT, H.UDVALGSAFGOERELSE_TRUFFET, H.UNDERSOEGELSE_OPGIVET,
    }  # fmt: skip
    assert recorded
    rules_react_to = {
        what
        for rule in build_rules()
        for what in rule.opens_on | rule.met_by | rule.annulled_by | rule.corrected_by
    }
    assert (recorded & rules_react_to) - recordable.BY_OTHER_ACTS - by_hand_too == set()


def build_rules() -> Any:
    from importlib.resources import files

    from dubu_plugin.frister.rulebook import RuleBook

    return RuleBook.load([Path(str(files("dubu_templates"))) / "frister"]).rules
