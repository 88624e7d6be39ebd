"""Files are named for what they hold, are short enough to read, and speak the ordbog's words."""

import re
from pathlib import Path
from pydoc_data.topics import topics

import pytest

pytestmark = pytest.mark.checkout

SAYS_NOTHING = {"base", "common", "core", "helper", "helpers", "manager", "misc", "util", "utils"}

LINES = 350

# The files that may be longer, and why each is read better whole than in parts.
LONGER: dict[str, str] = {
    "dubu_plugin/ports/journal.py": "one Protocol: what every journal system must be able to do",
}

# English words in our modules' names that Python's own manual happens not to use.
ENGLISH: set[str] = set()


def words(name: str) -> set[str]:
    return set(re.findall(r"[a-z]+", name.lower()))


def test_a_module_is_named_for_what_it_holds(modules: dict[str, Path]) -> None:
    found = [name for name in modules if SAYS_NOTHING & set(name.split("."))]
    assert found == []


def test_a_file_can_be_read_in_one_sitting(root: Path, tracked: list[Path]) -> None:
    lengths = {
        str(file.relative_to(root)): len(file.read_text(encoding="utf-8").splitlines())
        for file in tracked
        if file.suffix == ".py"
    }
    long = {name for name, length in lengths.items() if length > LINES}
    assert sorted(long - set(LONGER)) == [], f"over {LINES} lines: split it, or say why not"
    assert sorted(set(LONGER) - long) == [], "no longer long: take it off the list"


def test_every_term_of_the_law_stands_in_the_ordbog(root: Path, modules: dict[str, Path]) -> None:
    """A word that is not English is a term of the law or the method, and has one explanation."""
    english = words(" ".join(topics.values())) | ENGLISH
    explained = words((root / "docs" / "ordbog.md").read_text(encoding="utf-8"))
    unexplained = {
        f"{word} ({name})"
        for name in modules
        for part in name.split(".")[1:]
        for word in words(part) - english - explained
    }
    assert sorted(unexplained) == [], "explain it in docs/ordbog.md, or list it in ENGLISH above"


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_what_we_tell_people_to_make_can_be_made(root: Path, document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.M))
    told = set(re.findall(r"`make ([a-z-]+)", (root / document).read_text(encoding="utf-8")))
    assert told
    assert told - targets == set()
