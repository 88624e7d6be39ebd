"""Who has custody, who must be asked, and which parents two children share."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.custody import (
    custody_words,
    holders,
    may_be_holders,
    with_holders,
    wrong_custody,
)
from dubu_plugin.domain.netvaerk import (
    INNER,
    Faelles,
    Hjaelp,
    Kreds,
    Myndighed,
    Part,
    Rolle,
    as_family,
    shared,
    usual,
    wrong_part,
)

MOTHER, FATHER, GRANNY = (uuid4() for _ in range(3))
BORN, TODAY = date(2016, 12, 3), date(2026, 3, 2)


def family() -> dict[UUID, Part]:
    return {
        MOTHER: as_family("mor"),
        FATHER: as_family("far"),
        GRANNY: as_family("bedsteforaelder"),
    }


def test_while_nobody_has_said_who_has_custody_each_parent_is_asked_and_no_other() -> None:
    assert holders(family()) == set()
    assert may_be_holders(family()) == {MOTHER, FATHER}


def test_where_one_has_it_alone_the_other_parent_is_not_asked() -> None:
    parts = family() | dict(with_holders(family(), [MOTHER], [MOTHER]))
    assert may_be_holders(parts) == {MOTHER}
    assert parts[FATHER].custody is Myndighed.INGEN
    assert parts[MOTHER].lives_here
    assert not parts[FATHER].lives_here


def test_a_grandmother_custody_is_given_to_is_the_one_who_is_asked() -> None:
    parts = family() | dict(with_holders(family(), [GRANNY], [GRANNY]))
    assert may_be_holders(parts) == {GRANNY}


def test_what_does_not_change_is_not_written_again() -> None:
    parts = family() | dict(with_holders(family(), [MOTHER], [MOTHER]))
    assert with_holders(parts, [MOTHER], [MOTHER]) == {}


def test_said_not_to_be_known_the_parents_may_have_it_again() -> None:
    parts = family() | dict(with_holders(family(), [MOTHER], [MOTHER]))
    back = parts | dict(with_holders(parts, [], []))
    assert may_be_holders(back) == {MOTHER, FATHER}


@pytest.mark.parametrize(
    ("have", "homes", "words"),
    [
        (["mor", "far"], ["mor"], "Fælles, bor hos mor"),
        (["mor", "far"], ["mor", "far"], "Fælles, bor hos mor og far"),
        (["mor", "medmor"], [], "Fælles for mor og medmor"),
        (["mor"], ["mor"], "Mor alene"),
        (["far"], ["farmor"], "Far alene, bor hos farmor"),
        ([], ["mor"], ""),
    ],
)
def test_the_header_says_custody_in_few_words(
    have: list[str], homes: list[str], words: str
) -> None:
    assert custody_words(have, homes, BORN, TODAY) == words


def test_from_eighteen_nobody_has_custody() -> None:
    assert custody_words(["mor"], [], BORN, date(2034, 12, 2)) == "Mor alene"
    assert custody_words(["mor"], [], BORN, date(2034, 12, 3)) == "Myndig"


def test_foraeldreansvarsloven_paragraf_2_three_cannot_have_custody_together() -> None:
    three = [MOTHER, FATHER, GRANNY]
    assert set(wrong_custody(family(), three, [])) == {"har"}
    assert wrong_custody(family(), three[:2], three[:2]) == {}


def test_a_teacher_cannot_have_custody() -> None:
    parts = family() | {GRANNY: usual(Rolle.LAERER)}
    assert set(wrong_custody(parts, [GRANNY], [])) == {"har"}


def test_who_can_step_in_says_with_what_and_not_for_a_day_to_come() -> None:
    part = Part(role=Rolle.NABO, steps_in=Hjaelp.JA, steps_in_on=date(2026, 3, 3))
    assert set(wrong_part(part, TODAY)) == {"med", "dag"}


def test_somebody_who_is_not_in_the_address_book_has_a_name() -> None:
    assert set(wrong_part(usual(Rolle.LAERER), TODAY, asks_name=" ")) == {"navn"}


def test_a_text_or_a_ring_that_cannot_be_is_told_at_its_field() -> None:
    part = Part(role=Rolle.VEN, called="x" * 61, samvaer="x" * 501, end_reason="x" * 301, ring=4)
    assert set(wrong_part(part, TODAY)) == {"kaldes", "samvaer", "hvorfor", "ring"}


def test_an_answer_half_a_year_old_is_asked_for_again() -> None:
    part = Part(role=Rolle.NABO, steps_in=Hjaelp.JA, steps_in_on=date(2025, 9, 2))
    assert part.was_asked_long_ago(TODAY)
    assert part.can_step_in(TODAY)


def test_who_has_left_steps_in_for_nobody() -> None:
    part = Part(role=Rolle.NABO, steps_in=Hjaelp.JA, ended_on=TODAY)
    assert part.is_over(TODAY)
    assert not part.can_step_in(TODAY)


def test_parents_and_siblings_begin_closest_and_a_teacher_far_out() -> None:
    assert (usual(Rolle.MOR).circle, usual(Rolle.MOR).ring) == (Kreds.PRIMAER, INNER)
    assert usual(Rolle.LAERER).circle is Kreds.SEKUNDAER
    assert as_family("soeskende").custody is Myndighed.INGEN


def test_two_parents_are_shared_by_full_siblings_and_one_by_half_siblings() -> None:
    other = uuid4()
    assert shared([MOTHER, FATHER], [FATHER, MOTHER]) == (
        Faelles.BEGGE,
        frozenset({MOTHER, FATHER}),
    )
    assert shared([MOTHER, FATHER], [FATHER, other]) == (Faelles.EN, frozenset({FATHER}))


def test_where_a_parent_is_not_known_it_is_not_said_that_they_are_half_siblings() -> None:
    assert shared([MOTHER, FATHER], [MOTHER]) == (Faelles.UKENDT, frozenset({MOTHER}))
    assert shared([MOTHER], []) == (Faelles.UKENDT, frozenset())
