"""Above a form that was refused each thing is said once."""

import html
import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest

import dubu_plugin
from dubu_plugin.errors import CaseworkError
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web.drawing import Drawing
from dubu_plugin.web.said_once import KEPT

HEADINGS = ("Det er ikke gemt", "Klagen er ikke noteret", "Planen er ikke sendt")
SAYS = "Det, du skrev, står her endnu."


def errors(of: type[CaseworkError] = CaseworkError) -> Iterator[type[CaseworkError]]:
    for name in pkgutil.walk_packages(dubu_plugin.__path__, "dubu_plugin."):
        if ".usecases." in name.name or ".web." in name.name:
            importlib.import_module(name.name)
    yield from _below(of)


def _below(of: type[CaseworkError]) -> Iterator[type[CaseworkError]]:
    for one in of.__subclasses__():
        yield one
        yield from _below(one)


@pytest.fixture
def drawn(day: Day) -> Any:
    """Return the alert above a form as somebody reads it."""
    macro = Drawing(day.town.product).environment.get_template("parts.html").module.errors  # type: ignore[attr-defined]

    def read(heading: str, found: dict[str, str], kept: str = SAYS) -> str:
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", macro(heading, found, kept))).split())

    return read


def test_no_refusal_says_twice_that_nothing_is_saved_or_that_the_text_is_kept(drawn: Any) -> None:
    known = [one for one in errors() if "danish" in vars(one)]
    assert len(known) > 100
    for one in known:
        for heading in HEADINGS:
            said = drawn(heading, {"": one.danish})
            assert len(KEPT.findall(said)) == 1, (one, said)
            assert said.count(heading) == 1, (one, said)


def test_the_same_sentence_at_two_fields_stands_once_above_the_form(drawn: Any) -> None:
    said = drawn("Det er ikke gemt", {"fra": "Skriv dagen.", "til": "Skriv dagen."})
    assert said == f"Det er ikke gemt Skriv dagen. {SAYS}"


def test_what_a_sentence_says_besides_the_heading_stands(drawn: Any) -> None:
    assert drawn("Det er ikke gemt", {"": "Det er ikke gemt endnu. Ret felterne."}, "") == (
        "Det er ikke gemt Ret felterne."
    )
    assert drawn("Det er ikke gemt", {"": "Det er ikke gemt"}, "") == (
        "Det er ikke gemt Det er ikke gemt"
    )
