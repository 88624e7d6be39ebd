"""The tool that draws a new letter, and gives all of ours the same head."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from dubu_plugin.documents import reading
from dubu_plugin.documents.fill import render
from dubu_plugin.documents.lint import lint
from dubu_plugin.documents.shelf import LetterShelf

from .conftest import SHELF

pytestmark = pytest.mark.checkout

TEXT = """
@ {{ modtager.navn }}
# Prøve
| Modtaget | {{ underretning.modtaget }}
|{% for barn in vurdering.soeskende %}
| {{ barn.navn }} | {{ barn.foedt }}
|{% endfor %}
{% if afsender.titel %}
Ring på **{{ enhed.telefon }}** efter § 138, stk. 1.
{% endif %}
{{ modtager.adresse }}
"""

ROW = """
[proeve]
title = "Prøve"
legal_basis = "barnets lov § 1"
recipient = "intern"
direction = "internal"
journal_title = "Prøve"
journal_note = "Prøve."
needs = ["modtager.navn", "modtager.adresse", "underretning.modtaget", "vurdering.soeskende",
         "afsender.titel", "enhed.telefon", "enhed.navn", "kommune.navn", "kommune.adresse",
         "kommune.telefon", "kommune.web"]
"""


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the tool, at work on a copy of the shelf."""
    file = Path(__file__).parents[2] / "build_tools" / "letter.py"
    spec = importlib.util.spec_from_file_location("letter_tool", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    copy = tmp_path / "shelf"
    shutil.copytree(SHELF, copy)
    monkeypatch.setattr(module, "SHELF", copy)
    return module


def test_a_drawn_letter_is_right_at_once(tool: ModuleType, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    with (shelf / "letters.toml").open("a", encoding="utf-8") as listed:
        listed.write(ROW)
    (tmp_path / "text").write_text(TEXT, encoding="utf-8")
    tool.draw(tmp_path / "text", "proeve", internal=True)
    letter = LetterShelf.load([shelf])["proeve"]
    assert lint(letter) == []
    said = reading.text(render(letter, letter.example))
    assert "Viggo Prøvesen" in said
    assert "Fortroligt" in said
    assert "§\xa0138, stk.\xa01" in said


def test_our_letters_have_the_head_as_it_is_now(tool: ModuleType, tmp_path: Path) -> None:
    """Where this is red: ``.venv/bin/python build_tools/letter.py dress``, and look at the page."""
    tool.dress()
    dressed = sorted((tmp_path / "shelf" / "letters").glob("*.docx"))
    assert dressed
    for file in dressed:
        assert file.read_bytes() == (SHELF / "letters" / file.name).read_bytes(), file.name
