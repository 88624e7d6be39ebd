"""The page for operations names every setting there is, with the default it has."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from dubu_journal.installation import Storage
from dubu_journal.serving import Serving
from dubu_plugin.settings import Section, Settings

pytestmark = pytest.mark.checkout

SET_WHEN_READ = {"folder", "source"}
ROW = re.compile(r"^\| `([a-z_.]+)` \| (none|`([^`]*)`) \| \S.* \|$", re.MULTILINE)


def said(part: str) -> dict[str, str]:
    """Return the defaults a part of the page tells, by the names of the settings."""
    return {name: default or "" for name, _, default in ROW.findall(part)}


def there(model: type[BaseModel], before: str = "") -> Iterator[tuple[str, str]]:
    for name, known in model.model_fields.items():
        if isinstance(known.default, Section):
            yield from there(type(known.default), f"{name}.")
        elif before or name not in SET_WHEN_READ:
            yield f"{before}{name}", written(known.default)


def written(default: Any) -> str:
    if default is None:
        return ""
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, tuple):
        return ", ".join(default)
    return str(default)


@pytest.fixture(scope="session")
def parts(root: Path) -> tuple[str, str]:
    page = (root / "docs" / "operations.md").read_text(encoding="utf-8")
    ours, _, journal = page.partition("### The embedded journal")
    return ours, journal


def test_every_setting_is_explained(parts: tuple[str, str]) -> None:
    assert said(parts[0]) == dict(there(Settings))


def test_so_are_the_embedded_journals(parts: tuple[str, str]) -> None:
    assert said(parts[1]) == {**dict(there(Storage)), **dict(there(Serving))}
