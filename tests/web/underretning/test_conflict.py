"""What two people disagree on is shown whole, and a blank never wipes out what the law asks for."""

from typing import Any

import pytest

from dubu_plugin.web.underretning.assessment_form import LISTS, TEXTS, Values
from dubu_plugin.web.underretning.conflict_view import FIELDS, _rows, both, kept

STEERING = {
    "find", "find_navn", "mor", "mor_navn", "mor_valgt", "termin", "beskrivelse",
    "hjem_ok",  # asked anew at each kvittering, and kept nowhere
}  # fmt: skip
NAMES = {"u2": "Anders Prøvebjerg", "p1": "Viggo Prøvesen"}


def form(**answers: Any) -> Values:
    return dict.fromkeys(TEXTS, "") | {name: [] for name in LISTS} | answers


THEIRS = form(
    fare="ikke_akut",
    begrundelse="Talt med skolen.",
    naeste="screening",
    nye_oejne="u2",
    samtale="undladt",
    samtale_grund="Barnet er to år.",
    soeskende=["p1"],
    tilbagehold="ja",
    tilbagehold_grund="Trusler.",
    bekymring=["3"],
    underretter_adresse="skole@test.example",
)
MINE = form(fare="akut", begrundelse="Set barnet.", naeste="akut", bekymring=["14"])


def test_every_answer_of_the_form_can_be_compared() -> None:
    of_the_form = {*TEXTS, "bekymring", "soeskende"} - STEERING - {"nye_oejne_anden"}
    assert set(FIELDS) == of_the_form


@pytest.mark.parametrize("name", [name for name in FIELDS if THEIRS[name]])
def test_a_difference_in_any_field_is_shown(name: str) -> None:
    same = form(**{**THEIRS, name: [] if isinstance(THEIRS[name], list) else ""})
    assert [row.label for row in _rows(THEIRS, same, NAMES)] == [FIELDS[name]]


def test_people_are_shown_by_name() -> None:
    said = {row.label: row.theirs for row in _rows(THEIRS, MINE, NAMES)}
    assert said[FIELDS["nye_oejne"]] == "Anders Prøvebjerg"
    assert said[FIELDS["soeskende"]] == "Viggo Prøvesen"


def test_keeping_ones_own_does_not_wipe_out_what_137_asks_for() -> None:
    result = kept(MINE, THEIRS)
    assert result["begrundelse"] == "Set barnet."
    assert (result["fare"], result["naeste"], result["bekymring"]) == ("akut", "akut", ["14"])
    assert (result["nye_oejne"], result["samtale"]) == ("u2", "undladt")
    assert result["samtale_grund"] == "Barnet er to år."
    assert result["soeskende"] == ["p1"]
    assert result["tilbagehold_grund"] == "Trusler."


def test_ones_own_conversation_outranks_the_others() -> None:
    mine = form(**{**MINE, "samtale": "holdt", "samtale_tid": "2026-03-02T10:00"})
    assert kept(mine, THEIRS)["samtale"] == "holdt"


def test_put_together_asks_again_where_the_two_differ() -> None:
    result = both(MINE, THEIRS)
    assert (result["fare"], result["naeste"]) == ("", "")
    assert result["begrundelse"] == "Set barnet.\n\nTalt med skolen."
    assert result["bekymring"] == ["14", "3"]
    assert both(form(**THEIRS), THEIRS)["fare"] == "ikke_akut"
