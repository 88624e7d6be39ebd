"""What Ankestyrelsen decides changes what stands: nothing lifted is carried out, nothing sent back
is forgotten (retssikkerhedsloven § 68)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import AfgoerelseState, Outcome
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.svarfrister import Svarfrist, Unit
from dubu_plugin.store.afgoerelse import afgoerelser, klager
from dubu_plugin.store.afgoerelse.klager import Genvurdering, Klage, KlageState, Ruling
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.tables import afgoerelser as rows
from dubu_plugin.store.tables import frister, indsats_skift, indsatser
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.usecases.afgoerelse import complain, in_part
from dubu_plugin.usecases.afgoerelse.complain import Received
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.on_klage import KlageNotClear, NotNow
from dubu_plugin.usecases.afgoerelse.prepare import give_up, prepare
from dubu_plugin.usecases.afgoerelse.settle import Ruled, follow, settle
from dubu_plugin.usecases.afgoerelse.window import is_to_be_sent

from .bench import CHOSEN, TODAY, Bench, hidden_place


def at_ankestyrelsen(bench: Bench, number: UUID) -> UUID:
    """Have a complaint about a decision come, be found wrong, and be sent on."""
    received = Received(person=bench.mother, day=TODAY, form="skriftligt", words="Nej.")
    klage = complain.receive(bench.sag, number, received, **bench.act())
    if not is_to_be_sent(stands(bench, klage)):
        complain.reassess(klage, Genvurdering.INTET, "Det står.", sag=bench.sag, **bench.leader)
    bench.sends_on(klage)
    return klage


def ruled(bench: Bench, klage: UUID, ruling: Ruling, **more: Any) -> UUID | None:
    given = {"came_on": TODAY, "anew": False, **more}
    return settle(klage, Ruled(ruling=ruling, **given), sag=bench.sag, **bench.act())


def stands(bench: Bench, klage: UUID) -> Klage:
    with bench.town.product.store.read() as connection:
        found = klager.by_id(connection, klage)
    assert found is not None
    return found


def in_force(bench: Bench) -> list[UUID]:
    with bench.town.product.store.read() as connection:
        return [one.id for one in afgoerelser.in_force(connection, bench.sag)]


def duties(bench: Bench, *rules: str) -> list[tuple[str, str]]:
    with bench.town.product.store.read() as connection:
        rows = connection.execute(sa.select(frister).where(frister.c.rule.in_(rules)))
        return sorted((row.rule, row.state) for row in rows)


def given(bench: Bench, number: UUID) -> UUID:
    """Have an indsats run on a decision."""
    key = uuid4()
    bench.town.insert(
        indsatser, id=key, sag_id=bench.sag, person_id=bench.alma, code="familiebehandling",
        law="BL § 32 stk. 1 nr. 5", decision_law="BL § 32", afgoerelse_id=number,
        place_hidden=False, unit="timer", starts_on=TODAY, state="i_gang", made_at=bench.town.now,
        made_by=KAREN, version=1,
    )  # fmt: skip
    return key


def hiding(bench: Bench) -> UUID:
    """Have it decided that the parents are not told where the child lives (§ 105)."""
    number = bench.decided()
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        its = rows.c.skrift_id == number
        work.connection.execute(sa.update(rows).where(its).values(matter="samvaer_afbrudt"))
    return number


def test_rsl_68_what_is_sent_back_gives_nothing_and_is_begun_anew_with_a_deadline(
    bench: Bench,
) -> None:
    number = bench.decided()
    new = ruled(bench, at_ankestyrelsen(bench, number), Ruling.HJEMVIST)
    its = bench.its(number)
    assert (its.state, its.ended_on) == (AfgoerelseState.HJEMVIST, TODAY)
    assert in_force(bench) == []
    assert new is not None
    assert bench.its(new).replaces == number
    assert bench.whole(new).said["formaal"] == "At Alma kommer i skole."
    assert duties(bench, "HJEMVIST", "ANKE-FOELG") == [("HJEMVIST", "aaben")]


def test_rsl_3_a_what_is_sent_back_is_decided_by_the_time_of_its_area(bench: Bench) -> None:
    number = bench.decided()
    one = Svarfrist(
        area=bench.its(number).matter, title="Støtte", law="BL § 32", amount=2, unit=Unit.WEEKS,
        valid_from=date(2026, 1, 1), source="by.dk",
    )  # fmt: skip
    with bench.town.product.store.write(actor="anne", now=bench.town.now) as work:
        svarfrister.add(work.connection, one, by="anne", now=work.now)
    ruled(bench, at_ankestyrelsen(bench, number), Ruling.HJEMVIST)
    with bench.town.product.store.read() as connection:
        due = connection.scalar(sa.select(frister.c.due).where(frister.c.rule == "HJEMVIST"))
    assert due is not None
    assert due.date() == TODAY + timedelta(weeks=2)


def test_rsl_3_a_another_decision_does_not_answer_what_is_sent_back(bench: Bench) -> None:
    new = ruled(bench, at_ankestyrelsen(bench, bench.decided()), Ruling.HJEMVIST)
    assert new is not None
    bench.placed()
    other = bench.ready("anbringelsessted", begrundelse="Truffet efter barnets lov § 52, stk. 1.")
    bench.kept(other, {}, indsats=None)
    decide(bench.sag, other, **bench.leader)
    assert duties(bench, "HJEMVIST") == [("HJEMVIST", "aaben")]
    bench.kept(new, {"barnets_syn": "»Nu er det godt.«", "barnet_sagt": "Du er glad."}, **CHOSEN)
    bench.consents(new, bench.mother, bench.father)
    bench.left_out(new)
    decide(bench.sag, new, **bench.leader)
    assert duties(bench, "HJEMVIST") == [("HJEMVIST", "opfyldt")]


def test_what_is_sent_back_can_be_begun_again_after_the_draft_was_given_up(bench: Bench) -> None:
    number = bench.decided()
    new = ruled(bench, at_ankestyrelsen(bench, number), Ruling.HJEMVIST)
    assert new is not None
    give_up(bench.sag, new, **bench.act())
    assert duties(bench, "HJEMVIST") == [("HJEMVIST", "aaben")], "the case is not decided"
    again = prepare(bench.sag, "stoette", **bench.act())
    assert bench.its(again).replaces == number
    assert bench.whole(again).said["formaal"] == "At Alma kommer i skole."


def test_rsl_68_what_is_lifted_gives_nothing_until_what_rests_on_it_has_ended(
    bench: Bench,
) -> None:
    number = bench.decided()
    helps = given(bench, number)
    klage = at_ankestyrelsen(bench, number)
    assert ruled(bench, klage, Ruling.OPHAEVET) is None
    assert bench.its(number).state is AfgoerelseState.OPHAEVET
    assert in_force(bench) == []
    assert duties(bench, "HJEMVIST", "ANKE-FOELG") == [("ANKE-FOELG", "aaben")]
    with pytest.raises(KlageNotClear) as no:
        follow(klage, sag=bench.sag, **bench.act())
    assert set(no.value.fields) == {"fulgt"}
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        work.connection.execute(
            sa.update(indsatser).where(indsatser.c.id == helps)
            .values(state="ophoert", ended_on=TODAY)
        )  # fmt: skip
    follow(klage, sag=bench.sag, **bench.act())
    assert duties(bench, "ANKE-FOELG") == [("ANKE-FOELG", "opfyldt")]
    with pytest.raises(NotNow):
        follow(klage, sag=bench.sag, **bench.act())


def test_rsl_68_a_new_decision_is_begun_after_what_is_lifted_where_one_is_to_be_made(
    bench: Bench,
) -> None:
    number = bench.decided()
    new = ruled(bench, at_ankestyrelsen(bench, number), Ruling.OPHAEVET, anew=True)
    assert new is not None
    assert bench.its(new).replaces == number


def test_rsl_68_what_is_changed_is_carried_out_as_ankestyrelsen_said(bench: Bench) -> None:
    number = bench.ready()
    bench.kept(number, {}, outcome=Outcome.AFSLAG, indsats=None)
    decide(bench.sag, number, **bench.leader)
    assert in_force(bench) == [], "it was refused"
    klage = at_ankestyrelsen(bench, number)
    with pytest.raises(KlageNotClear) as no:
        ruled(bench, klage, Ruling.AENDRET)
    assert set(no.value.fields) == {"nyt", "gaelder_fra"}
    changed = {"words": "Seks timer om ugen.", "counts_from": date(2026, 7, 1)}
    assert ruled(bench, klage, Ruling.AENDRET, **changed) is None
    assert in_force(bench) == [number], "what Ankestyrelsen gives can begin"
    it = stands(bench, klage)
    assert (it.ruled_words, it.ruled_from) == ("Seks timer om ugen.", date(2026, 7, 1))
    assert duties(bench, "ANKE-FOELG") == [("ANKE-FOELG", "aaben")]
    follow(klage, sag=bench.sag, **bench.act())
    assert duties(bench, "ANKE-FOELG") == [("ANKE-FOELG", "opfyldt")]


@pytest.mark.parametrize("ruling", [Ruling.OPHAEVET, Ruling.HJEMVIST])
def test_paragraf_105_no_place_is_hidden_by_a_decision_that_is_no_more(
    bench: Bench, ruling: Ruling
) -> None:
    number = hiding(bench)
    hidden_place(bench.town, bench.sag, bench.alma)
    ruled(bench, at_ankestyrelsen(bench, number), ruling)
    with bench.town.product.store.read() as connection:
        assert connection.scalar(sa.select(indsatser.c.place_hidden)) is False
        assert "§ 105" in (connection.scalar(sa.select(indsats_skift.c.words)) or "")


@pytest.mark.parametrize("ruling", [Ruling.STADFAESTET, Ruling.AFVIST])
def test_rsl_68_what_is_upheld_stands_and_asks_nothing(bench: Bench, ruling: Ruling) -> None:
    number = hiding(bench)
    hidden_place(bench.town, bench.sag, bench.alma)
    klage = at_ankestyrelsen(bench, number)
    assert ruled(bench, klage, ruling, anew=None) is None
    assert in_force(bench) == [number]
    assert stands(bench, klage).state is KlageState.AFGJORT
    assert duties(bench, "HJEMVIST", "ANKE-FOELG") == []
    with bench.town.product.store.read() as connection:
        assert connection.scalar(sa.select(indsatser.c.place_hidden)) is True


def test_what_is_left_out_of_a_ruling_is_asked_for_and_nothing_is_changed(bench: Bench) -> None:
    number = bench.decided()
    klage = at_ankestyrelsen(bench, number)
    nothing = Ruled(ruling=None, came_on=TODAY - timedelta(days=1))
    with pytest.raises(KlageNotClear) as no:
        settle(klage, nothing, sag=bench.sag, **bench.act())
    assert set(no.value.fields) == {"afgoerelse", "kom"}, "it was sent today"
    with pytest.raises(KlageNotClear) as no:
        ruled(bench, klage, Ruling.OPHAEVET, anew=None)
    assert set(no.value.fields) == {"ny"}
    assert bench.its(number).state is AfgoerelseState.TRUFFET
    assert bench.happened(H.KLAGE_AFGJORT) == []


def test_a_ruling_is_about_the_new_decision_where_some_was_right(bench: Bench) -> None:
    old = bench.decided()
    received = Received(person=bench.mother, day=TODAY, form="skriftligt", words="Nej.")
    klage = complain.receive(bench.sag, old, received, **bench.act())
    new = complain.reassess(
        klage, Genvurdering.DELVIST, "Fem timer.", sag=bench.sag, **bench.leader
    )
    assert new is not None
    bench.kept(new, {"barnets_syn": "»Det er godt.«", "barnet_sagt": "Du er glad."}, **CHOSEN)
    bench.consents(new, bench.mother, bench.father)
    bench.left_out(new)
    decide(bench.sag, new, **bench.leader)
    in_part.hold_on(klage, TODAY, sag=bench.sag, **bench.act())
    bench.sends_on(klage)
    ruled(bench, klage, Ruling.OPHAEVET)
    assert bench.its(new).state is AfgoerelseState.OPHAEVET
    assert bench.its(old).state is AfgoerelseState.ERSTATTET
