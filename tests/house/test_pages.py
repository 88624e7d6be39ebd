"""The pages keep to the strict content security policy, which a browser would only enforce."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout

JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
FETCHED = {"src", "srcset", "action", "data", "poster"}


class Breaches(HTMLParser):
    """Collects what the policy forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style" or (tag == "script" and "src" not in given):
            self.note(f"<{tag}> with content of its own")
        for name, value in given.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                self.note(f"{name}=… on <{tag}>")
            if value.strip().lower().startswith(("javascript:", "js:")):
                self.note(f"{name}={value.strip()[:11]}… on <{tag}>")
            fetched = name in FETCHED or (tag == "link" and name == "href")
            if fetched and re.match(r"\s*(https?:)?//", value):
                self.note(f"<{tag}> from another machine")

    def note(self, what: str) -> None:
        self.found.append(f"line {self.getpos()[0]}: {what}")


def breaches(page: str) -> list[str]:
    parser = Breaches()
    # What Jinja writes is put in place first: its quotes would end an attribute too soon.
    parser.feed(JINJA.sub(lambda found: "j" + "\n" * found.group().count("\n"), page))
    parser.close()
    return parser.found


def pages(root: Path, tracked: list[Path]) -> Iterator[Path]:
    for file in tracked:
        parts = file.relative_to(root).parts
        if parts[0] in {"dubu_plugin", "adapters"} and file.suffix in {".html", ".jinja"}:
            yield file


@pytest.mark.parametrize(
    "page",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>1</script>",
        '<a onclick="x()">',
        '<a href="javascript:x()">',
        '<p hx-on:click="x()">',
        '<script src="//cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="https://cdn.example/x.css">',
    ],
)
def test_a_breach_is_seen(page: str) -> None:
    assert breaches(page)


def test_no_page_has_style_or_script_of_its_own(root: Path, tracked: list[Path]) -> None:
    found = {
        str(page.relative_to(root)): wrong
        for page in pages(root, tracked)
        if (wrong := breaches(page.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_no_style_sheet_fetches_from_another_machine(root: Path, tracked: list[Path]) -> None:
    found = [
        str(file.relative_to(root))
        for file in tracked
        if file.suffix == ".css"
        and re.search(r"""(@import|url\()\s*["']?(https?:)?//""", file.read_text(encoding="utf-8"))
    ]
    assert found == []
