"""Running text stands clear of the table or the list it may come right after."""

import io
from collections.abc import Iterator
from typing import Final

import docx
from lxml.etree import _Element

from dubu_plugin.documents.letter import Letter

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TIGHT: Final = {"table", "ListBullet"}
"""What leaves no room after itself."""


def crowded(body: _Element) -> Iterator[str]:
    """Yield each running text that may stand right after a table or a list, with no room before.

    What stands before depends on which paragraphs are taken in: every way is followed.
    """
    before: set[str] = set()
    ways: list[tuple[set[str], set[str]]] = []
    for block in body.iter(f"{W}p", f"{W}tbl"):
        if any(True for _ in block.iterancestors(f"{W}tbl")):
            continue
        text = "".join(one.text or "" for one in block.iter(f"{W}t"))
        word = text.removeprefix("{%p").split()[0] if text.startswith("{%p") else ""
        if word in ("if", "for"):
            ways.append((set(before), set(before)))
        elif word == "else":
            entered, _ = ways.pop()
            ways.append((entered, before))
            before = set(entered)
        elif word:
            _, past = ways.pop()
            before |= past
        elif block.tag == f"{W}tbl":
            before = {"table"}
        else:
            style = block.find(f"{W}pPr/{W}pStyle")
            named = "" if style is None else style.get(f"{W}val", "")
            if not named and before & TIGHT and block.find(f"{W}pPr/{W}spacing") is None:
                yield text
            before = {named}


def test_no_text_touches_the_table_or_the_list_above_it(letter: Letter) -> None:
    body = docx.Document(io.BytesIO(letter.docx)).element.body
    assert list(crowded(body)) == []
