"""How to complain is told as it is: who looks at a complaint, and who does not."""

from datetime import timedelta

import pytest

from dubu_plugin.domain.afgoerelser import Matter, Outcome
from dubu_plugin.domain.indsatser import DecidedBy
from dubu_plugin.store.afgoerelse import klager
from dubu_plugin.usecases.afgoerelse import complain
from dubu_plugin.usecases.afgoerelse.complain import Received
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.guidance import guidance, guidance_to_child
from dubu_plugin.usecases.afgoerelse.window import goes_straight_on, why_straight_on

from .bench import TODAY, Bench

AGAIN = ("en gang til", "ser på sagen igen", "enige med dig", "Holder vi fast")


def matters(bench: Bench, *by: DecidedBy) -> list[Matter]:
    found = [one for one in bench.town.product.matters.rows if one.decided_by in by]
    assert found
    return found


@pytest.mark.parametrize("young", [False, True])
def test_paragraf_146_no_child_is_told_that_what_the_committee_decided_is_looked_at_again_here(
    bench: Bench, young: bool
) -> None:
    for matter in matters(bench, DecidedBy.UDVALGET):
        told = guidance_to_child(matter, young=young)
        assert not [words for words in AGAIN if words in told], matter.code
        assert "videre til Ankestyrelsen" in told
        assert "4 uger" in told


@pytest.mark.parametrize("young", [False, True])
def test_paragraf_143_a_child_is_told_that_the_committee_sees_the_chairs_decision_within_7_days(
    bench: Bench, young: bool
) -> None:
    for matter in matters(bench, DecidedBy.FORMANDEN):
        for told in (guidance(matter), guidance_to_child(matter, young=young)):
            assert not [words for words in AGAIN if words in told], matter.code
            assert "7 dage" in told
            assert "advokat" in told


@pytest.mark.parametrize(
    ("code", "lasts"),
    [
        ("foreloebig", "gælder den i en måned"),
        ("foreloebig_samvaer", "gælder den i en måned"),
        ("foreloebig_undersoegelse", "til undersøgelsen er slut, dog højst i to måneder"),
        ("foreloebig_privat_pleje", "til der er truffet en ny afgørelse"),
    ],
)
def test_paragraf_143_stk_5_it_says_how_long_the_chairs_decision_is_valid(
    bench: Bench, code: str, lasts: str
) -> None:
    [matter] = [one for one in matters(bench, DecidedBy.FORMANDEN) if one.code == code]
    assert lasts in guidance(matter)
    for young in (False, True):
        told = guidance_to_child(matter, young=young)
        assert "Siger udvalget ja, gælder det" in told
        assert "{" not in told


def test_paragraf_66_a_child_is_told_that_we_look_at_our_own_decision_again(bench: Bench) -> None:
    for matter in matters(bench, DecidedBy.KOMMUNALBESTYRELSEN):
        assert "en gang til" in guidance_to_child(matter, young=False)
        assert "ser på sagen igen" in guidance_to_child(matter, young=True)
        assert not goes_straight_on(matter, late=False)


def test_paragraf_11_stk_2_the_notice_runs_out_before_anything_is_taken(bench: Bench) -> None:
    for matter in matters(bench, DecidedBy.KOMMUNALBESTYRELSEN):
        told = guidance(matter)
        assert ("14 uger" in told) is bool(matter.notice), matter.code
        assert ("§ 11, stk. 2" in told) is bool(matter.notice), matter.code


def test_paragraf_11_the_letter_says_the_last_day_and_the_notice(bench: Bench) -> None:
    bench.helped("tabt_arbejdsfortjeneste")
    number = bench.ready("tabt_ophoer", begrundelse="Truffet efter barnets lov § 87, fordi …")
    last = TODAY + timedelta(weeks=15)
    bench.kept(number, {}, indsats=None, outcome=Outcome.MEDHOLD, ends_on=last)
    decide(bench.sag, number, **bench.leader)
    for _to, said in bench.letters("afgoerelse"):
        period = said["afgoerelse.periode"].replace("\u00a0", " ")
        assert period.startswith("Hjælpen gives til og med den 24. september 2026")
        assert "mindst 14 uger fra den dag, du har fået afgørelsen (barnets lov § 11)" in period
        assert "§ 11, stk. 2" in said["afgoerelse.klage"]


def test_paragraf_143_a_complaint_about_the_chairs_decision_waits_for_no_new_look(
    bench: Bench,
) -> None:
    matter = matters(bench, DecidedBy.FORMANDEN)[0]
    assert goes_straight_on(matter, late=False)
    words = Received(person=bench.mother, day=TODAY, form="mundtligt", words="Nej.")
    key = complain.receive(bench.sag, bench.decided(), words, **bench.act())
    with bench.town.product.store.read() as connection:
        klage = klager.by_id(connection, key)
    assert klage is not None
    assert "§\u00a0143" in why_straight_on(klage, matter)


@pytest.mark.parametrize(
    ("code", "law"), [("aendret_sted", "§ 98, stk. 3"), ("hjemgivelse", "§ 101"), ("stoette", "")]
)
def test_paragraf_98_stk_3_and_101_who_cares_for_a_small_child_may_ask_ankestyrelsen(
    bench: Bench, code: str, law: str
) -> None:
    matter = bench.town.product.matters.get(code, TODAY)
    assert matter is not None
    said = guidance(matter)
    assert ("plejefamilien" in said) is bool(law)
    assert law in said
