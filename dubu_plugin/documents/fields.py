"""Which fields a Word file uses, and where they stand."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import nodes
from lxml import etree

from dubu_plugin.documents.fill import content_parts, environment

PRINTED: Final = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
LOOP: Final = re.compile(r"\{%\w*\s*for\s+(\w+)\s+in\s+([\w.]+)\s*%\}")
WITHIN_A_LOOP: Final = "loop"
"""Jinja's own name for how far a loop has come."""


@dataclass(frozen=True, slots=True)
class Control:
    """A content control."""

    tag: str
    alias: str
    text: str
    """What it holds, a line a paragraph."""
    prints: tuple[str, ...]
    """The fields printed in it, where it is a letter's and not a finished one's."""
    is_around_paragraphs: bool
    """Whether it holds whole paragraphs, and not a part of one."""


def used(docx: bytes) -> frozenset[str]:
    """Return every field a Word file reads, also those that only decide what is taken in.

    The fields of a row are named below their list: ``vurdering.soeskende.navn``.

    :raises jinja2.TemplateSyntaxError: a ``{{`` or ``{%`` is not closed, or says nothing.
    """
    patch = DocxTemplate(io.BytesIO(docx)).patch_xml
    parts = (patch(part.decode()) for part in content_parts(docx).values())
    return frozenset(
        name for part in parts for name in _read(environment().parse(part), {WITHIN_A_LOOP: ""})
    ) - {""}


def controls(docx: bytes) -> list[Control]:
    """Return the content controls of a Word file, in the order they stand."""
    return [
        _control(found, loops)
        for root, loops in _roots(docx)
        for found in root.iter(qn("w:sdt"))
        if found.find(f".//{qn('w:sdt')}") is None
    ]


def printed(docx: bytes) -> list[str]:
    """Return the fields a Word file prints, once for each place, in content controls or not."""
    return [name for root, loops in _roots(docx) for name in _printed(_text(root), loops)]


def has_open_brace(docx: bytes) -> bool:
    """Tell whether a ``{{`` is left open; the rest of the file would be read as part of it."""
    texts = (_text(root) for root, _ in _roots(docx))
    return any(text.count("{{") != len(PRINTED.findall(text)) for text in texts)


def _roots(docx: bytes) -> Iterator[tuple[etree._Element, Mapping[str, str]]]:
    for part in content_parts(docx).values():
        root = etree.fromstring(part)
        yield root, dict(LOOP.findall(_text(root)))


def _control(found: etree._Element, loops: Mapping[str, str]) -> Control:
    def said(name: str) -> str:
        element = found.find(f"{qn('w:sdtPr')}/{qn(name)}")
        return "" if element is None else element.get(qn("w:val"), "")

    return Control(
        tag=said("w:tag"),
        alias=said("w:alias"),
        text="\n".join(map(_text, found.iter(qn("w:p")))) or _text(found),
        prints=tuple(_printed(_text(found), loops)),
        is_around_paragraphs=found.find(f"{qn('w:sdtContent')}/{qn('w:p')}") is not None,
    )


def _printed(text: str, loops: Mapping[str, str]) -> Iterator[str]:
    for expression in PRINTED.findall(text):
        root, dot, rest = expression.partition(".")
        yield loops.get(root, root) + dot + rest


def _text(root: etree._Element) -> str:
    return "".join(piece.text or "" for piece in root.iter(qn("w:t")))


def _read(node: nodes.Node, scope: Mapping[str, str]) -> Iterator[str]:
    """Yield the whole path of each value read: ``barn.navn``, and not ``barn``."""
    path = _path(node, scope)
    if path is not None:
        yield path
    elif isinstance(node, nodes.For):
        yield from _read(node.iter, scope)
        inside = dict(scope)
        if isinstance(node.target, nodes.Name):
            inside[node.target.name] = _path(node.iter, scope) or ""
        for child in (*node.body, *node.else_):
            yield from _read(child, inside)
    else:
        for child in node.iter_child_nodes():
            yield from _read(child, scope)


def _path(node: nodes.Node, scope: Mapping[str, str]) -> str | None:
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        above = _path(node.node, scope)
        return f"{above}.{node.attr}" if above else above
    return None
