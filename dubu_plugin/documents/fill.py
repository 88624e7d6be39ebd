"""Values into a Word file.

docxtpl's own environment escapes nothing and prints a missing value as nothing. Ours escapes, makes
a missing value an error, and runs a template in a sandbox, since a municipality writes its own.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, MutableMapping
from functools import lru_cache
from typing import Any, ClassVar, Final
from xml.sax.saxutils import escape as escaped

import jinja2
from docx import Document as docx_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import LRUCache
from markupsafe import Markup, escape

from dubu_plugin.documents.letter import FieldRow, Letter, Value, Values
from dubu_plugin.documents.page_ends import keep_together

MOMENT: Final = (2020, 1, 1, 0, 0, 0)
"""The date on every file inside a Word file, so that the same letter gives the same bytes."""

NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LINE_ENDS: Final = re.compile(r"[ \t]*\n\s*")
PARAGRAPH: Final = "\a"
"""What docxtpl turns into a new paragraph with the properties of the one it stands in."""

NEW_LINES: Final = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
REWRITTEN: Final = str.maketrans({"{": "&#123;", "}": "&#125;"})
"""docxtpl turns ``{_{`` in the finished text into ``{{``; as references they are left alone."""

STAMP_COLOUR: Final = RGBColor(0xB0, 0x00, 0x20)

KEPT: Final = 256
"""So many compiled parts of letters are kept: more than all of ours have."""

CORE: Final = "docProps/core.xml"
APP: Final = "docProps/app.xml"


class Remembering(ImmutableSandboxedEnvironment):
    """Compiles the parts of a letter once: half of what it takes to write one."""

    def __init__(self, **options: Any) -> None:
        """Begin with nothing compiled."""
        super().__init__(**options)
        self._compiled = LRUCache(KEPT)

    def from_string(
        self,
        source: str | jinja2.nodes.Template,
        globals: MutableMapping[str, Any] | None = None,
        template_class: type[jinja2.Template] | None = None,
    ) -> jinja2.Template:
        """Return the template of a text, as it was compiled when it was first asked for."""
        if not isinstance(source, str) or globals is not None or template_class is not None:
            return super().from_string(source, globals, template_class)
        found: jinja2.Template | None = self._compiled.get(source)
        if found is None:
            found = self._compiled[source] = super().from_string(source)
        return found


class Template(DocxTemplate):  # type: ignore[misc]
    """A Word file whose parts are made ready for values once: a fourth of what is left of it."""

    _ready: ClassVar = LRUCache(KEPT)

    def patch_xml(self, src_xml: str) -> str:
        """Return a part as Jinja reads it, as it was made when it was first asked for."""
        found: str | None = self._ready.get(src_xml)
        if found is None:
            found = self._ready[src_xml] = super().patch_xml(src_xml)
        return found


def environment() -> jinja2.Environment:
    """Return the environment letters are rendered in."""
    return Remembering(autoescape=True, undefined=jinja2.StrictUndefined, finalize=_only_text)


def render(letter: Letter, values: Values, stamp: str = "") -> bytes:
    """Return the finished Word file. The same letter and values give the same bytes.

    :param stamp: what stands at the top of every page, such as that it is no real letter.
    :raises ValueError: see `Letter.require`.
    :raises jinja2.UndefinedError: the Word file uses a value that is not declared.
    """
    letter.require(values, late=True)
    template = Template(io.BytesIO(_stamped(letter.docx, stamp) if stamp else letter.docx))
    clean = {name: cleaned(value, name, letter.fields) for name, value in values.items()}
    template.render(nested(clean), jinja_env=_environment())
    _number_controls(template.docx)
    keep_together(template.docx)
    saved = io.BytesIO()
    template.save(saved)
    return _sealed(saved.getvalue(), letter.title, str(values.get("kommune.navn", "")))


def nested(values: Values) -> dict[str, Any]:
    """Return ``{"barn": {"navn": …}}`` for ``{"barn.navn": …}``."""
    tree: dict[str, Any] = {}
    for name, value in values.items():
        *path, leaf = name.split(".")
        branch = tree
        for step in path:
            branch = branch.setdefault(step, {})
        branch[leaf] = value
    return tree


def cleaned(value: Value, name: str, fields: Mapping[str, FieldRow]) -> Value:
    """Return the value as a Word file can hold it.

    Signs XML has no place for are left out. In a field of several lines each line becomes a
    paragraph, because LibreOffice misplaces line breaks inside a content control; in any other
    field a new line becomes a space.
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, list):
        return [
            {key: str(cleaned(text, f"{name}.{key}", fields)) for key, text in row.items()}
            for row in value
        ]
    text = NOT_IN_XML.sub("", NEW_LINES.sub("\n", value)).strip()
    return LINE_ENDS.sub(PARAGRAPH if fields[name].lines else " ", text)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return environment()


def _only_text(value: Any) -> Any:
    if isinstance(value, jinja2.Undefined):
        return value
    if not isinstance(value, str):
        raise TypeError("only a text can be printed in a letter")
    return Markup(str(escape(value)).translate(REWRITTEN))


def _stamped(docx: bytes, text: str) -> bytes:
    """Return the file with a line at the top of every page's head; the first's and the even's too.

    Before it is filled in: docxtpl puts the heads back by itself.
    """
    document = docx_document(io.BytesIO(docx))
    for section in document.sections:
        heads = [section.header]
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            heads.append(section.even_page_header)
        for head in heads:
            if head.is_linked_to_previous and section is not document.sections[0]:
                continue
            first = head.paragraphs[0] if head.paragraphs else head.add_paragraph()
            line = first.insert_paragraph_before()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = line.add_run(text)
            run.bold = True
            run.font.size = Pt(14)
            run.font.color.rgb = STAMP_COLOUR
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _number_controls(document: Document) -> None:
    """Give every content control a number of its own: a loop has copied some."""
    for number, found in enumerate(document.element.body.iter(qn("w:sdtPr")), start=1):
        for identity in found.findall(qn("w:id")):
            identity.set(qn("w:val"), str(number))


def _sealed(docx: bytes, title: str, author: str) -> bytes:
    """Return the file with our properties in place of anybody's, and with nobody's dates."""
    ours = {CORE: _core(title, author), APP: _app()}
    sealed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as read, zipfile.ZipFile(sealed, "w") as written:
        for name, content in _in_order(read):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(entry, ours.get(name, content))
    return sealed.getvalue()


def _in_order(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    first = "[Content_Types].xml"
    names = sorted(package.namelist(), key=lambda name: (name != first, name))
    return ((name, package.read(name)) for name in names)


def _core(title: str, author: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        "<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(title)}</dc:title><dc:creator>{escaped(author)}</dc:creator>"
        "<dc:language>da-DK</dc:language></cp:coreProperties>"
    ).encode()


def _app() -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Properties xmlns="{space}"/>'.encode()


def content_parts(docx: bytes) -> Mapping[str, bytes]:
    """Return the parts of a Word file that hold text: the letter, its heads and its feet."""
    holds_text = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        names = [name for name in package.namelist() if holds_text.fullmatch(name)]
        return {name: package.read(name) for name in sorted(names, key=_reading_order)}


def _reading_order(part: str) -> tuple[int, str]:
    order = ("word/header", "word/document", "word/foot", "word/end", "word/comments")
    return next(n for n, start in enumerate(order) if part.startswith(start)), part
