"""The page about the methods is the methods as they stand."""

from pathlib import Path

import pytest

from dubu_plugin.metode.fields import FIELDS
from dubu_plugin.metode.methodbook import MethodBook
from dubu_plugin.metode.methodfile import TABLES
from dubu_plugin.metode.table import page

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.checkout
def test_the_page_is_up_to_date(ours: MethodBook) -> None:
    """Else: python -m dubu_plugin.metode.table > docs/metode.md"""
    assert (DOCS / "metode.md").read_text(encoding="utf-8") == page(ours)


def test_the_page_has_every_dimension_and_how_sure_it_is(ours: MethodBook) -> None:
    told = page(ours)
    for method in ours.methods:
        assert method.confidence in told
        for dimension in method.dimensions:
            assert f"| {dimension.title} | `{dimension.code}` |" in told


def test_a_question_of_ours_is_marked_on_the_page(ours: MethodBook) -> None:
    told = page(ours)
    for method in ours.methods:
        for asked in method.own_guidance.values():
            assert all(f"{question} (vores)" in told for question in asked.ours)


def test_every_field_of_every_row_is_explained_in_its_order() -> None:
    assert {table: list(fields) for table, fields in FIELDS.items()} == {
        table: list(row.model_fields) for table, row in TABLES.items()
    }
