"""The letters we ship, each with values that show what happens to them."""

import io
import itertools
import zipfile
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from dubu_plugin.documents.letter import FieldRow, Letter, Value
from dubu_plugin.documents.shelf import LetterShelf

SHELF = Path(str(files("dubu_templates")))
LETTERS = list(LetterShelf.load([SHELF]))

Edited = Callable[[Letter, str, str], Letter]


@pytest.fixture
def shelf() -> LetterShelf:
    return LetterShelf.load([SHELF])


@pytest.fixture(params=LETTERS, ids=lambda letter: letter.code)
def letter(request: pytest.FixtureRequest) -> Letter:
    chosen: Letter = request.param
    return chosen


@pytest.fixture
def kvittering(shelf: LetterShelf) -> Letter:
    return shelf["kvittering"]


def hard(name: str) -> str:
    """Return a text that is easily damaged, and can be told from every other field's."""
    return f'<{name}> & "æøå" {{{{x}}}} {{_{{ {{%p if %}}  😀'.replace("  ", " ")


def marked(name: str, row: FieldRow) -> Value:
    shown = row.shown
    if isinstance(shown, list):
        return [{key: hard(f"{name}.{key}") for key in line} for line in shown]
    return hard(name)


def variants(letter: Letter) -> Iterator[dict[str, Value]]:
    """Yield hard values for every way the letter's yes-or-no fields can be answered."""
    choices = [name for name in sorted(letter.needs) if isinstance(letter.fields[name].shown, bool)]
    texts = {
        name: marked(name, letter.fields[name]) for name in sorted(letter.needs - set(choices))
    }
    for answers in itertools.product((True, False), repeat=len(choices)):
        yield {**texts, **dict(zip(choices, answers, strict=True))}


def leaves(values: dict[str, Value]) -> Iterator[tuple[str, str]]:
    """Yield every text among the values, with the name of its field."""
    for name, value in values.items():
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, list):
            for line in value:
                yield from ((f"{name}.{key}", text) for key, text in line.items())


@pytest.fixture
def edited() -> Edited:
    """Return what puts one text in place of another in every part of a letter's Word file."""

    def edit(letter: Letter, old: str, new: str) -> Letter:
        written = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(letter.docx)) as read,
            zipfile.ZipFile(written, "w") as package,
        ):
            before = {name: read.read(name).decode() for name in read.namelist()}
            assert any(old in part for part in before.values())
            for name, part in before.items():
                package.writestr(name, part.replace(old, new))
        return Letter(letter.code, letter.row, written.getvalue(), letter.fields)

    return edit
