"""An HTML mail as the plain text a person would read in it."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from lxml import etree

from dubu_plugin.intake.text import clean, tidy

UNSEEN: Final = frozenset({"script", "style", "head", "title", "template", "noscript", "object"})
PARAGRAPHS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset"}
    | {"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol"}
    | {"p", "pre", "section", "table", "ul"}
)
_TAGS: Final = re.compile(r"<(?:script|style).*?</(?:script|style)>|<[^<>]*>", re.DOTALL | re.I)
# The parser compares every attribute of an element with all the others.
_LONG_TAGS: Final = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,20})\s[^<>]{5000,}>")
LINES: Final = frozenset({"br", "li", "tr", "caption", "option"})


def readable(html: str) -> str:
    """Return the text of a page: no tags, no scripts, one line a paragraph, cells apart by tabs."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    html = _LONG_TAGS.sub(r"<\1>", html)
    # What UTF-8 cannot hold is not text; lxml takes bytes so that a claim inside is ignored.
    root = etree.fromstring(html.encode("utf-8", "ignore") or b" ", parser)
    text = "" if root is None else tidy(clean("".join(_pieces(root))))
    # Deeper than any person nests, the parser gives up; the words are there all the same.
    return text or tidy(clean(unescape(_TAGS.sub("\n", html))))


def _pieces(root: etree._Element) -> Iterator[str]:
    """Yield the text in order. Walks without recursion, so that deep nesting does no harm."""
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in UNSEEN:
            hidden += 1 if event == "start" else -1
        elif not hidden:
            yield _break(tag, event)
            if event == "start" and element.text:
                yield _folded(element.text, tag)
        if event == "end" and element.tail and not hidden:
            yield _folded(element.tail, "")


def _break(tag: str, event: str) -> str:
    if tag in PARAGRAPHS:
        return "\n"
    if tag in LINES and (event == "start") != (tag == "tr"):
        return "\n- " if tag == "li" else "\n"
    return "\t" if tag in {"td", "th"} and event == "end" else ""


def _folded(text: str, tag: str) -> str:
    """Return the text with white space folded as a browser does."""
    if tag == "pre":
        return text
    folded = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and folded else ""
    return f"{before}{folded}{after}"
