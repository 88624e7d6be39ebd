"""What is said of a file that came in: also that a person must say which child it is."""

from uuid import uuid4

import pytest

from dubu_plugin.cli.intake_lines import Line, line_object
from dubu_plugin.domain.intake import Status
from dubu_plugin.usecases.underretning.outcome import Outcome
from dubu_plugin.usecases.underretning.receive import Receipt

RECEIPT = Receipt(Status.REGISTERED, uuid4(), uuid4(), message="Gemt.")


@pytest.mark.parametrize(
    ("likely", "said"),
    [(0, "find det i Indgang"), (1, "1 muligt barn"), (3, "3 mulige børn")],
)
def test_where_nobody_is_chosen_a_person_is_told_to_choose(likely: int, said: str) -> None:
    told = line_object(Line("a.txt", RECEIPT, Outcome(uuid4(), likely=likely, chosen=False)))
    assert told["choose_child"] is True
    assert told["likely_children"] == likely
    assert told["child"] is None
    assert said in told["message"]


def test_where_the_child_is_known_nothing_is_left_to_do() -> None:
    told = line_object(Line("a.txt", RECEIPT, Outcome(uuid4(), child="Alma Testvad")))
    assert told["choose_child"] is False
    assert told["message"] == "Gemt."


def test_what_was_refused_has_no_child_to_choose() -> None:
    told = line_object(Line("a.txt", Receipt(Status.REFUSED, message="Nej.")))
    assert told["choose_child"] is False
