"""What is given up is no step that was taken."""

from typing import Any

from dubu_plugin.domain.forloeb import Stage, State
from dubu_plugin.domain.haendelser import Haendelse as H

from .test_forloeb import told

BEGUN: tuple[H, dict[str, Any]] = (
    H.SKRIFT_BEGYNDT, {"art": "boernefaglig_undersoegelse", "skrift": "b"}
)  # fmt: skip
LEFT: tuple[H, dict[str, Any]] = (
    H.SKRIFT_OPGIVET, {"art": "boernefaglig_undersoegelse", "skrift": "b"}
)  # fmt: skip


def test_paragraf_20_an_undersoegelse_that_is_given_up_is_no_step_and_no_screening() -> None:
    found = told(
        H.UNDERRETNING_MODTAGET, H.UNDERSOEGELSE_BESLUTTET, BEGUN, LEFT, H.UNDERSOEGELSE_OPGIVET
    )
    assert found[Stage.SCREENING] is State.KOMMER
    assert found[Stage.UNDERSOEGELSE] is State.KOMMER


def test_paragraf_20_a_screening_that_was_asked_for_is_asked_for_again() -> None:
    asked = H.UNDERRETNING_VURDERET, {"naeste": "screening", "behov": True}
    found = told(asked, H.UNDERSOEGELSE_BESLUTTET, H.UNDERSOEGELSE_OPGIVET)
    assert found[Stage.SCREENING] is State.I_GANG


def test_paragraf_18_a_screening_that_was_made_stands_where_the_next_is_given_up() -> None:
    made = H.SCREENING_AFSLUTTET, {"udfald": "undersoegelse"}
    found = told(made, H.UNDERSOEGELSE_BESLUTTET, BEGUN, LEFT, H.UNDERSOEGELSE_OPGIVET)
    assert found[Stage.SCREENING] is State.FAERDIG


def test_paragraf_19_the_afdaekning_goes_on_where_what_grew_from_it_is_given_up() -> None:
    first = H.SKRIFT_BEGYNDT, {"art": "afdaekning", "skrift": "a"}
    given_up = first, H.UNDERSOEGELSE_BESLUTTET, BEGUN, LEFT, H.UNDERSOEGELSE_OPGIVET
    assert told(*given_up)[Stage.UNDERSOEGELSE] is State.I_GANG
    done = told(*given_up, H.AFDAEKNING_AFSLUTTET)
    assert done[Stage.UNDERSOEGELSE] is State.FAERDIG


def test_paragraf_20_one_that_stood_is_done_also_where_the_next_is_given_up() -> None:
    stood = H.SKRIFT_GODKENDT, {"art": "boernefaglig_undersoegelse", "skrift": "b"}
    first = H.UNDERSOEGELSE_BESLUTTET, BEGUN, stood, H.UNDERSOEGELSE_AFSLUTTET
    new = H.SKRIFT_NY_VERSION, {"art": "boernefaglig_undersoegelse", "skrift": "b"}
    found = told(*first, new, LEFT, H.UNDERSOEGELSE_OPGIVET)
    assert found[Stage.UNDERSOEGELSE] is State.FAERDIG


def test_what_is_given_up_and_taken_up_again_is_begun() -> None:
    first = H.SKRIFT_BEGYNDT, {"art": "afdaekning", "skrift": "a"}
    left = H.SKRIFT_OPGIVET, {"art": "afdaekning", "skrift": "a"}
    assert told(first, left)[Stage.UNDERSOEGELSE] is State.KOMMER
    again = H.SKRIFT_NY_VERSION, {"art": "afdaekning", "skrift": "a"}
    assert told(first, left, again)[Stage.UNDERSOEGELSE] is State.I_GANG


def test_a_decision_that_is_given_up_is_not_made() -> None:
    one = H.SKRIFT_BEGYNDT, {"art": "afgoerelse", "skrift": "d"}
    ready = H.AFGOERELSE_FORBEREDT, {"afgoerelse": "d"}
    left = H.AFGOERELSE_OPGIVET, {"afgoerelse": "d"}
    assert told(one, ready, left)[Stage.AFGOERELSE] is State.KOMMER
    other = H.AFGOERELSE_FORBEREDT, {"afgoerelse": "e"}
    assert told(one, ready, other, left)[Stage.AFGOERELSE] is State.I_GANG
