"""The page for the lawyer is the rules as they stand."""

from pathlib import Path

import pytest

from dubu_plugin.frister.fields import FIELDS
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.rulefile import Row
from dubu_plugin.frister.table import page
from dubu_plugin.frister.words import AREAS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.checkout
def test_the_page_is_up_to_date(rules: RuleBook) -> None:
    """Else: python -m dubu_plugin.frister.table > docs/frister.md"""
    assert (DOCS / "frister.md").read_text(encoding="utf-8") == page(rules)


def test_the_page_has_every_version_of_every_rule_once(rules: RuleBook) -> None:
    rows = [line for line in page(rules).splitlines() if line.startswith("| ")]
    for code, versions in rules.versions.items():
        assert sum(row.startswith(f"| {code} |") for row in rows) == len(versions)


def test_a_rule_that_is_off_says_why_on_the_page(rules: RuleBook) -> None:
    told = page(rules)
    for rule in rules.rules:
        assert rule.on or f"Slået fra: {rule.off_because}" in told


def test_every_field_of_a_row_is_explained_in_its_order() -> None:
    assert list(FIELDS) == list(Row.model_fields)


def test_every_heading_has_its_place_and_stands_once(rules: RuleBook) -> None:
    assert {rule.area for rule in rules.rules} == set(AREAS)
    headings = [line for line in page(rules).splitlines() if line.startswith("## ")]
    assert headings == [*(f"## {area}" for area in AREAS), "## Sådan skrives en række"]


def test_a_rule_on_the_page_says_when_it_is_warned_of(rules: RuleBook) -> None:
    rows = [line.split(" | ") for line in page(rules).splitlines() if line.startswith("| ")]
    at = rows[0].index("Varsel")
    told = {row[0].removeprefix("| "): row[at] for row in rows if "fra 1.1.2024" in row}
    assert (told["TILSYN-2"], told["UND-REG"]) == ("21 dage før", "–")


@pytest.mark.parametrize("code", ["TILSYN-2", "HJEMTRAEN"])
def test_a_year_the_law_does_not_say_how_to_count_is_told_as_unsure(
    rules: RuleBook, code: str
) -> None:
    rule = rules.newest(code)
    assert rule is not None
    assert rule.note.startswith("Usikkert: ")
    assert "kalenderåret eller de seneste 12 måneder" in rule.note
    assert rule.note in page(rules)
