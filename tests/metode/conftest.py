"""The methods as they are delivered, and a small one of a test's own."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from dubu_plugin.metode.methodbook import MethodBook

SHELF = Path(str(files("dubu_templates"))) / "metode"

SMALL = """\
[[metode]]
code = "vores"
version = "1"
kind = "boernefaglig"
title = "Vores metode"
about = "Den, vi bruger her."
source = "Kommunen selv."
confidence = "sikker"
figure = "liste"
valid_from = 2027-01-01

[[side]]
code = "barnet"
title = "Barnet"

[[dimension]]
code = "hverdag"
number = 1
side = "barnet"
title = "Hverdag"
about = "Alt det almindelige."
shown_in = { ics_2019 = ["sundhedsforhold"] }

[[felt]]
code = "beskrivelse"
title = "Beskrivelse"
role = "beskrivelse"

[[vejledning]]
dimension = "hverdag"
bands = ["ufoedt", "mdr_0_11", "aar_1_2", "aar_3_5", "aar_6_9", "aar_10_14"]
ours = ["Hvordan er en god dag?", "Hvordan er en dårlig dag?", "Hvem er der?"]

[[vejledning]]
dimension = "hverdag"
bands = ["aar_15_17", "aar_18_22"]
ours = ["Hvad bestemmer den unge?", "Hvad hjælper?", "Hvem er der?"]
"""

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def ours() -> MethodBook:
    """The methods that come with the product."""
    return MethodBook.load([SHELF])


@pytest.fixture
def small(tmp_path: Path) -> Write:
    """Write the small method, with texts in it changed, and return its file."""

    def write(*changes: tuple[str, str], name: str = "vores.toml", folder: str = "nye") -> Path:
        text = SMALL
        for before, after in changes:
            assert before in text, before
            text = text.replace(before, after)
        file = tmp_path / folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write
