"""Files are named for what they hold, are short enough to read, and speak the ordbog's words."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout

SAYS_NOTHING = {"base", "common", "core", "helper", "helpers", "manager", "misc", "util", "utils"}

LINES = 350

# What people read in Danish: where the words of the law and the method are spelled out.
DANISH = (
    "dubu_plugin/web/pages/**/*.html",
    "docs/brugervejledning/**/*.md",
    "docs/skabeloner.md",
    "templates/dubu_templates/letters.toml",
    "templates/dubu_templates/frister/*.toml",
)

# Words of ours that are English as well as Danish, and no terms.
BOTH = {
    "add",
    "administration",
    "demo",
    "end",
    "give",
    "hold",
    "log",
    "mail",
    "orient",
    "original",
    "over",
    "pdf",
    "plugin",
    "post",
    "send",
    "status",
    "stop",
    "text",
    "toml",
    "web",
}

MARKUP = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<[^>]*>|`[^`]*`|^\s*#[^\n]*|^\w+ =", re.S | re.M
)
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def words(text: str) -> set[str]:
    """Return the words of a text as a module would be named after them."""
    return set(re.findall(r"[a-z]+", text.lower().translate(LETTERS)))


def danish(root: Path) -> set[str]:
    texts = (file.read_text(encoding="utf-8") for glob in DANISH for file in root.glob(glob))
    return words(" ".join(MARKUP.sub(" ", text) for text in texts))


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
    assert sorted(long) == [], f"over {LINES} lines: split it"


def test_every_term_of_the_law_stands_in_the_ordbog(root: Path, modules: dict[str, Path]) -> None:
    """A module named with a word of the pages is named for a term, and a term has one meaning."""
    terms = danish(root) - BOTH
    assert {"underretning", "kvittering"} <= terms
    explained = words((root / "docs" / "ordbog.md").read_text(encoding="utf-8"))
    unexplained = {
        f"{word} ({name})"
        for name in modules
        for part in name.split(".")[1:]
        for word in words(part)
        if word not in explained and (word in terms or re.search("ae|oe|aa", word))
    }
    assert sorted(unexplained) == [], "explain it in docs/ordbog.md, or list it in BOTH above"


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_what_we_tell_people_to_make_can_be_made(root: Path, document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.M))
    told = set(re.findall(r"(?:^ *|`)make ([a-z-]+)", (root / document).read_text("utf-8"), re.M))
    assert told
    assert told - targets == set()
