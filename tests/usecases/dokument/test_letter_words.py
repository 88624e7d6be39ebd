"""Words that every letter shares, and how they stand on its paper."""

import io
import re
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import docx
import pytest

from dubu_plugin.documents import reading
from dubu_plugin.documents.fill import render
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.usecases.dokument.child_words import first_name, spoken_of
from dubu_plugin.usecases.dokument.law_words import law_line, within
from dubu_plugin.usecases.dokument.order.skrift import NO_SOURCES
from dubu_plugin.usecases.dokument.vurdering_words import time_used

SHELF = LetterShelf.load([Path(str(files("dubu_templates")))])


def written(code: str, **other: Any) -> bytes:
    letter = SHELF[code]
    changed = {name.replace("__", "."): value for name, value in other.items()}
    return render(letter, {**letter.example, **changed})


def test_an_unborn_child_is_spoken_of_within_a_sentence() -> None:
    unborn = "Ufødt barn af Freja Prøvelund"
    assert spoken_of(unborn, "Oliver Testskov") == "det ufødte barn af Freja Prøvelund"
    assert spoken_of(unborn, "Freja Prøvelund") == "dit ufødte barn", "she reads of her own child"
    assert spoken_of("Alma Testvad", "Sanne Testvad") == "Alma Testvad"
    assert first_name("Alma Testvad") == "Alma"


def test_an_assessment_that_took_half_a_year_is_told_in_days() -> None:
    came = datetime(2026, 1, 5, 9, tzinfo=UTC)
    for took, said in (
        (timedelta(hours=4301, minutes=37), "179 dage: fristen på 24 timer er overskredet"),
        (timedelta(hours=26, minutes=4), "26 t. 4 min.: fristen på 24 timer er overskredet"),
        (timedelta(hours=4, minutes=26), "4 t. 26 min. af 24 timer"),
    ):
        assert time_used(came, came + took).replace("\N{NO-BREAK SPACE}", " ") == said


def test_a_law_has_a_small_letter_within_a_sentence() -> None:
    assert within("Barnets lov § 95") == "barnets lov §\N{NO-BREAK SPACE}95"


@pytest.mark.parametrize("code", [letter.code for letter in SHELF if letter.is_sent])
def test_who_signs_stands_close_together_and_in_bold(code: str) -> None:
    document = docx.Document(io.BytesIO(written(code)))
    name = str(SHELF[code].example["afsender.navn"])
    after, signed = (
        [one for one in document.paragraphs if one.style and one.style.name == style]
        for style in ("Hilsen", "Underskrift")
    )
    assert len(after) == 1
    assert len(signed) >= 2
    assert "".join(signed[0]._p.xpath(".//w:t/text()")) == name
    assert signed[0]._p.xpath(".//w:rPr/w:b")


@pytest.mark.parametrize("code", ["opfoelgning_brev", "opfoelgning_barn", "opfoelgning_ung"])
def test_who_has_no_plan_is_not_told_of_its_goals(code: str) -> None:
    with_goals = reading.text(written(code))
    without = reading.text(written(code, opfoelgning__status=[]))
    assert "plan" in with_goals
    assert "plan" not in without
    empty = docx.Document(io.BytesIO(written(code, opfoelgning__status=[])))
    assert [one for one in empty.tables if not one.rows] == []


@pytest.mark.parametrize("code", ["indkaldelse_barn", "indkaldelse_ung"])
def test_a_child_is_greeted_by_its_first_name(code: str) -> None:
    said = reading.text(written(code, modtager__navn="Alma Testvad", barn__fornavn="Alma"))
    assert "Hej Alma\n" in said


def test_a_writing_without_sources_says_so_without_a_hole() -> None:
    said = reading.text(written("screening", skrift__kilder=[NO_SOURCES]))
    assert "\nIngen" in said


@pytest.mark.parametrize(
    ("law", "said"),
    [
        ("BL § 20 stk. 3", "Barnets lov § 20, stk. 3"),
        ("BL § 32 stk. 1 nr. 5", "Barnets lov § 32, stk. 1, nr. 5"),
        ("BL § 81 stk. 4; BEK 1464/2023 § 2",
         "Barnets lov § 81, stk. 4; bekendtgørelse 1464 af 2023, § 2"),
        ("BEK 861/2025 §§ 15-16", "Bekendtgørelse 861 af 2025, §§ 15-16"),
        ("BEK 263/2024 om voksenansvar", "Bekendtgørelse 263 af 2024 om voksenansvar"),
        ("RSL § 72 stk. 2, 3, 7", "Retssikkerhedsloven § 72, stk. 2, 3, 7"),
        ("SEL § 50 stk. 9, jf. stk. 7", "Lov om social service § 50, stk. 9, jf. stk. 7"),
        ("FVL §§ 22, 24", "Forvaltningsloven §§ 22, 24"),
    ],
)  # fmt: skip
def test_a_paragraph_is_said_in_full(law: str, said: str) -> None:
    assert law_line(law).replace("\u00a0", " ") == said


def test_no_deadlines_paragraph_is_said_by_letters_alone() -> None:
    rules = RuleBook.load([Path(str(files("dubu_templates"))) / "frister"])
    for rule in rules.rules:
        assert not re.search(r"\b(BL|SEL|LUK|VAL|RSL|FVL|OL|DBL|BEK|GDPR)\b", law_line(rule.law))
