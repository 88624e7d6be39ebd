"""Every link in what we write leads to something that is there."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

pytestmark = pytest.mark.checkout

FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
HEADING = re.compile(r"^#{1,6}[ ]+(.+?)[ #]*$", re.MULTILINE)
ANCHOR = re.compile(r"<a\s+(?:id|name)=\"([^\"]+)\"")
LINK = re.compile(
    r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(<?([^()\s>]+(?:\([^()\s]*\))?)>?(?:\s+\"[^\"]*\")?\)"
    r"|^\[[^\]]+\]:\s+<?([^\s>]+)"
    r"|(?:href|src)=\"([^\"]+)\"",
    re.MULTILINE,
)


def documents(root: Path, tracked: list[Path]) -> list[Path]:
    """What people read outside the program."""
    docs = root / "docs"
    return [
        file
        for file in tracked
        if file.suffix == ".md" and (file.parent == root or file.is_relative_to(docs))
    ]


def links(text: str) -> Iterator[str]:
    """Where a document's links lead; what stands in code is no link."""
    for found in LINK.finditer(CODE.sub("``", FENCED.sub("", text))):
        yield next(target for target in found.groups() if target)


def anchors(text: str) -> set[str]:
    """The places of a document that can be linked to, as GitHub and most others name them."""
    plain = FENCED.sub("", text)
    found = set(ANCHOR.findall(plain))
    seen: Counter[str] = Counter()
    for heading in HEADING.findall(plain):
        said = re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*]", r"\1", heading)
        kept = "".join(c for c in said.lower() if c in " -_" or unicodedata.category(c)[0] in "LN")
        name = kept.strip().replace(" ", "-")
        found.add(f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return found


def leads_nowhere(document: Path, target: str, root: Path) -> str | None:
    """Why a link leads nowhere, or None."""
    if re.match(r"[a-z][a-z0-9+.-]*:|//", target):
        return None
    path, _, anchor = target.partition("#")
    there = (document.parent / unquote(path)).resolve() if path else document
    if not there.is_relative_to(root.resolve()):
        return "it leads out of the project"
    if not there.exists():
        return "it is not there"
    if anchor and there.suffix == ".md":
        named = anchors(there.read_text(encoding="utf-8"))
        return None if unquote(anchor) in named else "there is no such heading"
    return None


def test_every_link_leads_to_something(root: Path, tracked: list[Path]) -> None:
    broken = [
        f"{document.relative_to(root)}: {target}: {why}"
        for document in documents(root, tracked)
        for target in links(document.read_text(encoding="utf-8"))
        if (why := leads_nowhere(document.resolve(), target, root))
    ]
    assert broken == []


def test_the_documents_are_read(root: Path, tracked: list[Path]) -> None:
    names = {str(file.relative_to(root)) for file in documents(root, tracked)}
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/ordbog.md"} <= names
    found = [
        target for file in documents(root, tracked) for target in links(file.read_text("utf-8"))
    ]
    assert len(found) > 20


@pytest.mark.parametrize(
    ("target", "broken"),
    [
        ("b.md", False),
        ("b.md#om-fristen--24-timer", False),
        ("b.md#om-fristen--24-timer-1", False),
        ("#første-æble", False),
        ("#her", False),
        ("billede%20to.png", False),
        ("https://example.org/x#y", False),
        ("mailto:a@b.example", False),
        ("mangler.md", True),
        ("b.md#mangler", True),
        ("#mangler", True),
        ("../udenfor.md", True),
    ],
)
def test_a_broken_link_is_seen(tmp_path: Path, target: str, broken: bool) -> None:
    heading = "# Om fristen – 24 timer\n"
    (tmp_path / "b.md").write_text(heading * 2, encoding="utf-8")
    (tmp_path / "billede to.png").write_bytes(b"")
    text = (
        f'## Første `æble`\n<a id="her"></a>\n[x]({target})\n```\n[y](nej.md)\n```\n`[z](nej.md)`\n'
    )
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert list(links(text)) == [target]
    assert bool(leads_nowhere(tmp_path / "a.md", target, tmp_path)) is broken
