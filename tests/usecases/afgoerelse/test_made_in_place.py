"""A decision that is made in place of another is about the same, and touches nothing else
(retssikkerhedsloven §§ 66, 68 and 72)."""

from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import AfgoerelseState, Outcome
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.store.afgoerelse import locks
from dubu_plugin.store.afgoerelse.klager import Genvurdering, KlageState, Ruling
from dubu_plugin.store.tables import afgoerelser as rows
from dubu_plugin.store.tables import klager as complaints
from dubu_plugin.usecases.afgoerelse import complain
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.on_klage import KlageNotClear
from dubu_plugin.usecases.afgoerelse.prepare import give_up, prepare
from dubu_plugin.usecases.afgoerelse.settle import follow

from .bench import CHOSEN, TEXTS, Bench
from .complaining import complained, made_anew, stands
from .test_given_again import CAME, FALLS, Paid, then
from .test_settle import at_ankestyrelsen, duties, given, in_force, ruled

OTHER = {"afgoerelse": "Aflastning en weekend om måneden."}


def right(bench: Bench, klage: UUID, outcome: Genvurdering = Genvurdering.MEDHOLD) -> UUID:
    """Have a complaint be right, and return the decision that is begun."""
    new = complain.reassess(klage, outcome, "Ret.", sag=bench.sag, **bench.leader)
    assert new is not None
    return new


def made(bench: Bench, new: object) -> None:
    """Make a decision that is begun with everything of another."""
    assert isinstance(new, UUID)
    bench.kept(new, {**TEXTS, "barnets_syn": "»Godt.«"}, **CHOSEN)
    bench.consents(new, bench.mother, bench.father)
    bench.left_out(new)
    decide(bench.sag, new, **bench.leader)


def fathers(bench: Bench, number: UUID) -> UUID:
    """Have the father complain, and be sent on too."""
    klage = complained(bench, number, person=bench.father).id
    complain.reassess(klage, Genvurdering.INTET, "Det står.", sag=bench.sag, **bench.leader)
    bench.sends_on(klage)
    return klage


def test_rsl_66_a_draft_about_something_else_is_not_what_a_complaint_is_answered_by(
    bench: Bench,
) -> None:
    number = bench.decided()
    klage = complained(bench, number)
    other = prepare(bench.sag, "stoette", **bench.act())
    bench.kept(other, OTHER)
    new = right(bench, klage.id)
    assert bench.its(other).replaces is None
    assert bench.whole(new).said["afgoerelse"] != OTHER["afgoerelse"]
    made(bench, other)
    assert bench.its(number).state is AfgoerelseState.TRUFFET
    assert stands(bench, klage.id).state is KlageState.GENVURDERET
    assert prepare(bench.sag, "stoette", **bench.act()) != new, "nor is it another's"
    made_anew(bench, new)
    assert stands(bench, klage.id).state is KlageState.AFGJORT


@pytest.mark.parametrize("ruling", FALLS)
def test_rsl_68_a_draft_about_something_else_is_not_made_in_place_of_what_fell(
    bench: Bench, ruling: Ruling
) -> None:
    klage = at_ankestyrelsen(bench, bench.decided())
    other = prepare(bench.sag, "stoette", **bench.act())
    bench.kept(other, OTHER)
    new = ruled(bench, klage, ruling, anew=True)
    assert new not in (None, other)
    made(bench, other)
    assert duties(bench, "HJEMVIST") in ([], [("HJEMVIST", "aaben")])


def test_rsl_66_what_anothers_complaint_had_made_is_what_is_made_anew(bench: Bench) -> None:
    number = bench.decided()
    hers, his = complained(bench, number), complained(bench, number, person=bench.father)
    first = right(bench, hers.id)
    made_anew(bench, first)
    second = right(bench, his.id)
    assert bench.its(second).replaces == first
    made(bench, second)
    assert in_force(bench) == [second]
    assert stands(bench, his.id).state is KlageState.AFGJORT


def test_rsl_66_a_complaint_is_open_again_where_the_decision_begun_for_it_is_given_up(
    bench: Bench,
) -> None:
    number = bench.decided()
    hers = at_ankestyrelsen(bench, number)
    his = complained(bench, number, person=bench.father)
    new = right(bench, his.id)
    ruled(bench, hers, Ruling.OPHAEVET)
    give_up(bench.sag, new, **bench.act())
    assert stands(bench, his.id).state is KlageState.MODTAGET


def test_rsl_68_the_new_decision_is_not_lifted_by_what_was_said_of_the_old(bench: Bench) -> None:
    number = bench.decided()
    hers, his = at_ankestyrelsen(bench, number), fathers(bench, number)
    new = ruled(bench, hers, Ruling.OPHAEVET, anew=True)
    made(bench, new)
    ruled(bench, his, Ruling.OPHAEVET)
    assert in_force(bench) == [new]


def test_rsl_3_a_a_decision_is_sent_back_once(bench: Bench) -> None:
    number = bench.decided()
    hers, his = at_ankestyrelsen(bench, number), fathers(bench, number)
    new = ruled(bench, hers, Ruling.HJEMVIST)
    ruled(bench, his, Ruling.HJEMVIST)
    made(bench, new)
    assert duties(bench, "HJEMVIST") == [("HJEMVIST", "opfyldt")]


def test_rsl_68_what_the_new_decision_gives_does_not_rest_on_the_one_that_was_lifted(
    bench: Bench,
) -> None:
    number = bench.decided()
    klage = at_ankestyrelsen(bench, number)
    new = ruled(bench, klage, Ruling.OPHAEVET, anew=True)
    made(bench, new)
    assert new is not None
    given(bench, new)
    follow(klage, sag=bench.sag, **bench.act())
    assert duties(bench, "ANKE-FOELG") == [("ANKE-FOELG", "opfyldt")]


@pytest.mark.parametrize("ruling", FALLS)
def test_rsl_68_help_that_ended_by_what_fell_is_given_again_though_a_new_decision_is_made(
    bench: Bench, ruling: Ruling
) -> None:
    paid = Paid(bench)
    paid.stops()
    bench.town.now = CAME
    new = ruled(bench, paid.klage, ruling, came_on=danish_day(CAME), anew=True)
    assert new is not None
    bench.talked()
    words = {"barnets_syn": "»Godt.«", "barnet_sagt": "Du er glad."}
    bench.kept(new, words, indsats=None, outcome=Outcome.AFSLAG)
    bench.left_out(new)
    decide(bench.sag, new, **bench.leader)
    [back] = then(bench, paid.klage)
    assert "ophørte ved afgørelsen" in back.sentence
    assert "fra=2026-09-22" in back.links[0][0]
    if ruling is Ruling.OPHAEVET:
        with pytest.raises(KlageNotClear):
            follow(paid.klage, sag=bench.sag, **bench.act())
    paid.begins(date(2026, 9, 22))
    assert then(bench, paid.klage) == []


def test_rsl_66_help_that_ended_by_what_our_own_look_changed_is_named(bench: Bench) -> None:
    paid = Paid(bench)
    paid.stops()
    bench.town.now = CAME
    klage = complained(bench, paid.takes, person=bench.father, day=date(2026, 7, 1))
    new = right(bench, klage.id)
    bench.talked()
    words = {"barnets_syn": "»Godt.«", "barnet_sagt": "Du er glad."}
    bench.kept(new, words, indsats=None, outcome=Outcome.AFSLAG)
    bench.left_out(new)
    decide(bench.sag, new, **bench.leader)
    [back] = then(bench, klage.id)
    assert "er lavet om" in back.sentence


def test_rsl_72_what_is_made_where_a_complaint_is_right_in_some_waits_for_the_rest(
    bench: Bench,
) -> None:
    number = bench.decided()
    klage = complained(bench, number)
    new = right(bench, klage.id, Genvurdering.DELVIST)
    made_anew(bench, new)
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        work.connection.execute(sa.update(complaints).values(suspensive=True))
    with bench.town.product.store.read() as connection:
        assert new in locks.locked(connection, bench.sag)
        assert locks.execution_lock(connection, new) is not None


def test_paragraf_11_what_ankestyrelsen_changes_before_the_notice_is_over_is_not_stopped(
    bench: Bench,
) -> None:
    paid = Paid(bench)
    day = danish_day(bench.town.now)
    ruled(bench, paid.klage, Ruling.AENDRET, came_on=day, words="Den gives.", counts_from=day)
    [changed] = then(bench, paid.klage)
    assert "afslut den ikke, når varslet" in changed.sentence


def test_rsl_72_what_is_set_in_motion_at_once_is_not_kept_by_the_one_it_is_in_place_of(
    bench: Bench,
) -> None:
    number = bench.decided()
    klage = complained(bench, number)
    new = right(bench, klage.id, Genvurdering.DELVIST)
    made_anew(bench, new)
    at_once = sa.update(rows).where(rows.c.skrift_id == new).values(at_once=True)
    for change, kept in ((sa.update(complaints).values(suspensive=True), True), (at_once, False)):
        with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
            work.connection.execute(change)
        with bench.town.product.store.read() as connection:
            assert bool(locks.locked(connection, bench.sag)) is kept
            assert bool(locks.execution_lock(connection, number)) is kept, "its page says the same"


def test_rsl_68_help_that_ended_by_what_was_sent_back_is_a_duty_until_it_is_given_again(
    bench: Bench,
) -> None:
    paid = Paid(bench)
    paid.stops()
    bench.town.now = CAME
    new = ruled(bench, paid.klage, Ruling.HJEMVIST, came_on=danish_day(CAME))
    assert new is not None
    bench.talked()
    words = {"barnets_syn": "»Godt.«", "barnet_sagt": "Du er glad."}
    bench.kept(new, words, indsats=None, outcome=Outcome.AFSLAG)
    bench.left_out(new)
    decide(bench.sag, new, **bench.leader)
    its = ("HJEMVIST", "ANKE-FOELG", "ANKE-IGEN")
    assert duties(bench, *its) == [("ANKE-IGEN", "aaben"), ("HJEMVIST", "opfyldt")]
    with pytest.raises(KlageNotClear) as no:
        follow(paid.klage, sag=bench.sag, **bench.act())
    assert set(no.value.fields) == {"fulgt"}
    paid.begins(date(2026, 9, 22))
    follow(paid.klage, sag=bench.sag, **bench.act())
    assert duties(bench, "ANKE-IGEN") == [("ANKE-IGEN", "opfyldt")]


def test_rsl_68_what_is_sent_back_and_ended_nothing_is_no_duty_to_give_again(
    bench: Bench,
) -> None:
    ruled(bench, at_ankestyrelsen(bench, bench.decided()), Ruling.HJEMVIST)
    assert duties(bench, "ANKE-IGEN") == []


@pytest.mark.parametrize("stopped", [False, True])
def test_paragraf_11_help_that_has_stopped_is_not_said_not_to_be_stopped(
    bench: Bench, stopped: bool
) -> None:
    paid = Paid(bench)
    if stopped:
        paid.stops()
        bench.town.now = CAME
    came = danish_day(bench.town.now)
    ruled(bench, paid.klage, Ruling.AENDRET, came_on=came, words="Ti timer.", counts_from=came)
    said = " ".join(one.sentence for one in then(bench, paid.klage))
    assert ("afslut den ikke" in said) is not stopped
    assert ("begynd den igen" in said) is stopped
