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
