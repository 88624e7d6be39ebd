"""A decision gives several indsatser: all stand in it, in the letter, and each is begun."""

from datetime import date

import pytest

from dubu_plugin.domain.afgoerelser import Given
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.usecases.afgoerelse.decide import GatesShut, decide
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear
from dubu_plugin.usecases.indsats.start import begin
from dubu_plugin.usecases.indsats.wanted import Wanted

from .bench import TODAY, Bench

BEGINS, ENDS = date(2026, 6, 15), date(2026, 12, 14)
HELP = Given(code="familiebehandling")
HOME = Given(
    code="stoette_i_hjemmet", purpose="At aftenerne får en fast gang.", ends_on=date(2026, 9, 14)
)


def two(bench: Bench) -> list[Given]:
    """Have a decision made that gives both, and return them as they stand."""
    number = bench.ready()
    bench.kept(number, {}, given=[HELP, HOME], starts_on=TODAY, ends_on=ENDS)
    decide(bench.sag, number, **bench.leader)
    return list(bench.its(number).given)


def test_they_stand_in_their_order_with_the_law_of_the_day(bench: Bench) -> None:
    found = two(bench)
    assert [(one.code, one.law, one.ends_on) for one in found] == [
        ("familiebehandling", "BL § 32 stk. 1 nr. 5", None),
        ("stoette_i_hjemmet", "BL § 32 stk. 1 nr. 2", date(2026, 9, 14)),
    ]


def test_the_letter_names_each_with_its_purpose_and_days(bench: Bench) -> None:
    two(bench)
    [(_, told), _] = bench.letters("afgoerelse")
    first, other = told["afgoerelse.indsats"].splitlines()
    assert first.startswith("1. Familiebehandling")
    assert first.endswith("(barnets lov §\u00a032, stk.\u00a01, nr.\u00a05)")
    assert other.startswith("2. ")
    assert "nr.\u00a02)" in other
    assert "til og med den 14.\u00a0september 2026" in other
    assert "Formål: At aftenerne får en fast gang." in other


def test_a_decision_with_none_and_one_with_several_are_read_in_one_question(bench: Bench) -> None:
    number = bench.ready()
    bench.kept(number, {}, given=[HELP, HOME], starts_on=BEGINS, ends_on=ENDS)
    bench.placed()
    bench.prepared("samvaer")
    with bench.town.product.store.read() as connection:
        found = {one.matter: one.given for one in afgoerelser.of_sag(connection, bench.sag)}
    assert found["samvaer"] == ()
    assert found["stoette"] == (HELP, HOME)
    bench.kept(number, {}, given=[HOME])
    assert bench.its(number).given == (HOME,)


def test_what_another_chose_is_not_written_over(bench: Bench) -> None:
    number = bench.ready()
    with bench.town.product.store.write(actor="karen", now=bench.town.now) as work:
        its = bench.its(number)
        assert not afgoerelser.change(work.connection, its, {"given": [HOME]}, seen=0)
    assert bench.its(number).given == (HELP,)


def test_paragraf_32_stk_3_the_second_without_a_purpose_is_refused(bench: Bench) -> None:
    number = bench.ready()
    bench.kept(number, {}, given=[HELP, Given(code="kontaktperson")], ends_on=ENDS)
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert [one.field for one in shut.value.lacking] == ["formaal-2"]


def test_each_is_begun_from_it_and_nothing_else_is(bench: Bench) -> None:
    two(bench)
    [number] = [one.id for one in _standing(bench)]
    for code in ("familiebehandling", "stoette_i_hjemmet"):
        wanted = Wanted(code=code, afgoerelse=number, starts_on=TODAY)
        assert begin(bench.sag, wanted, **bench.act()).afgoerelse == number
    with pytest.raises(IndsatsNotClear) as no:
        begin(
            bench.sag, Wanted(code="kontaktperson", afgoerelse=number, starts_on=TODAY),
            **bench.act(),
        )  # fmt: skip
    assert set(no.value.fields) == {"hvad"}


def test_none_outlasts_the_days_it_is_given(bench: Bench) -> None:
    two(bench)
    [number] = [one.id for one in _standing(bench)]
    wanted = Wanted(
        code="stoette_i_hjemmet", afgoerelse=number, starts_on=TODAY,
        expected_end=date(2026, 9, 15),
    )  # fmt: skip
    with pytest.raises(IndsatsNotClear) as no:
        begin(bench.sag, wanted, **bench.act())
    assert "14.\u00a0september 2026" in no.value.fields["til"]


def _standing(bench: Bench) -> list[afgoerelser.Afgoerelse]:
    with bench.town.product.store.read() as connection:
        return list(afgoerelser.in_force(connection, bench.sag, TODAY))
