"""Draw the first Word file of a new letter from a plain text, with our letterhead and its fields.

    .venv/bin/python build_tools/letter.py draw TEXT CODE
    .venv/bin/python build_tools/letter.py dress

`draw` makes ``templates/dubu_templates/letters/CODE.docx``; from then on the Word file is the
letter, and is changed in Word. `dress` gives every letter we ship the letterhead as it is now.

One line of the text is one paragraph. It is running text unless it begins with

* ``# ``, ``## `` or ``### ``, a heading; ``- ``, a point in a list;
* ``> ``, set off; ``, ``, small print;
* ``@ ``, the recipient; ``= ``, the date; ``~ ``, the greeting at the end; ``_ ``, a line under it;
* ``| name | value``, a row of a table of facts;
* ``{% … %}``, which takes paragraphs in or out, or ``|{% … %}``, which does so with rows.

``{{ felt }}`` becomes a content control with the field's name as its tag and its title in
fields.toml as its alias. ``**…**`` is set in bold.
"""

import argparse
import re
import tomllib
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from dubu_plugin.domain.danish import unbroken

ROOT: Final = Path(__file__).parents[1]
SHELF: Final = ROOT / "templates" / "dubu_templates"
LETTERHEAD: Final = Path(__file__).parent / "letterhead"
STATIC: Final = ("styles.xml", "settings.xml", "numbering.xml", "fontTable.xml")

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
SPACES: Final = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}/relationships"'
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EPOCH: Final = (2020, 1, 1, 0, 0, 0)

STYLES: Final = {
    "# ": "Heading1",
    "## ": "Heading2",
    "### ": "Heading3",
    "- ": "ListBullet",
    "@ ": "Modtager",
    "= ": "Brevdato",
    "~ ": "Hilsen",
    "_ ": "Underskrift",
    ", ": "Diskret",
    "> ": "Fremhaevet",
}
LOOKS: Final = {
    # LibreOffice loses a character style inside a content control, so bold is said outright too.
    "Strong": '<w:rStyle w:val="Strong"/><w:b/><w:bCs/>',
    "Fortroligt": '<w:rStyle w:val="Fortroligt"/>',
}
NAME_WIDTH: Final = 2900
VALUE_WIDTH: Final = 6170

PIECES: Final = re.compile(r"(\{\{.*?\}\}|\*\*.*?\*\*|!!.*?!!|\t|PAGE|NUMPAGES)")
ALONE: Final = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
LOOP: Final = re.compile(r"\{%\s*for\s+(\w+)\s+in\s+([\w.]+)\s*%\}")


class Fields:
    """Turns ``{{ … }}`` into content controls, each with a tag, a title and a number of its own."""

    def __init__(self) -> None:
        text = (SHELF / "fields.toml").read_text(encoding="utf-8")
        self.rows: dict[str, dict[str, object]] = tomllib.loads(text)
        self.loops: dict[str, str] = {}
        self.drawn = 0

    def enter(self, control: str) -> None:
        """Learn the loop variable of a ``{% for x in felt %}``."""
        if loop := LOOP.match(control):
            self.loops[loop[1]] = loop[2]

    def tag(self, expression: str) -> str:
        """Return the field an expression prints."""
        root, dot, rest = expression.strip().partition(".")
        return self.loops.get(root, root) + dot + rest

    def has_lines(self, expression: str) -> bool:
        """Tell whether the field may have several lines."""
        return bool(self.rows[self.tag(expression)].get("lines"))

    def control(self, expression: str, content: str) -> str:
        """Return the content control of one expression around its content.

        A text of several lines stands in a control around the whole paragraph: LibreOffice puts
        the line breaks of a control inside one in the wrong place.
        """
        tag = self.tag(expression)
        self.drawn += 1
        number = zlib.crc32(f"{tag}{self.drawn}".encode()) & 0x7FFFFFFF
        kind = "<w:richText/>"
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(str(self.rows[tag]['title']))}/>"
            f'<w:tag w:val="{tag}"/><w:id w:val="{number}"/>{kind}</w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )


def run(text: str, look: str = "") -> str:
    """Return one run of text, with a character style where one is named."""
    properties = f"<w:rPr>{LOOKS[look]}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def runs(text: str, fields: Fields, look: str = "") -> Iterator[str]:
    """Return the runs and content controls of one paragraph."""
    for piece in PIECES.split(text):
        if piece.startswith("{{"):
            yield fields.control(piece[2:-2], run(piece, look))
        elif piece.startswith("**") and len(piece) > 4:
            yield from runs(piece[2:-2], fields, "Strong")
        elif piece.startswith("!!"):
            yield run(piece[2:-2], "Fortroligt")
        elif piece == "\t":
            yield "<w:r><w:tab/></w:r>"
        elif piece in ("PAGE", "NUMPAGES"):
            yield f'<w:fldSimple w:instr=" {piece} ">{run("1")}</w:fldSimple>'
        elif piece:
            yield run(unbroken(piece), look)


def paragraph(style: str, text: str, fields: Fields) -> str:
    """Return one paragraph."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    if (field := ALONE.fullmatch(text)) and fields.has_lines(field[1]):
        return fields.control(field[1], f"<w:p>{properties}{run(text)}</w:p>")
    return f"<w:p>{properties}{''.join(runs(text, fields))}</w:p>"


def row(name: str, value: str, fields: Fields) -> str:
    """Return one row of a table of facts: what it is, and what it says."""
    cells = (
        (NAME_WIDTH, paragraph("FaktaNavn", name, fields)),
        (VALUE_WIDTH, paragraph("FaktaVaerdi", value, fields)),
    )
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
        for width, content in cells
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inside}</w:tr>"


def table(lines: Iterable[str], fields: Fields) -> str:
    """Return a table of facts, its first column the headings of the rows."""
    rows = []
    for line in (line.removeprefix("|").strip() for line in lines):
        if line.startswith("{%"):
            fields.enter(line)
            rows.append(row(line.replace("{%", "{%tr", 1), "", fields))
        else:
            name, value = (part.strip() for part in line.split("|", 1))
            rows.append(row(name, value, fields))
    width = NAME_WIDTH + VALUE_WIDTH
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Fakta"/><w:tblW w:w="{width}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0680" w:firstRow="0" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{NAME_WIDTH}"/><w:gridCol w:w="{VALUE_WIDTH}"/></w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def blocks(text: str, fields: Fields) -> Iterator[str]:
    """Return the paragraphs and tables of a letter."""
    lines = [line.strip(" ") for line in text.splitlines() if line.strip()]
    while lines:
        if lines[0].startswith("|"):
            facts = list(takewhile(lambda line: line.startswith("|"), lines))
            del lines[: len(facts)]
            yield table(facts, fields)
            continue
        line = lines.pop(0)
        if line.startswith("{%"):
            fields.enter(line)
            yield paragraph("", line.replace("{%", "{%p", 1), fields)
            continue
        mark = next((mark for mark in STYLES if line.startswith(mark)), "")
        yield paragraph(STYLES.get(mark, ""), line.removeprefix(mark), fields)


# -- the letterhead --------------------------------------------------------------------------------


def heads(title: str, internal: bool) -> dict[str, str]:
    """Return the heads and feet: one on the first page, one on those after it."""
    fields = Fields()
    private = "\t!!Fortroligt!!" if internal else ""
    first = paragraph("Kommune", "{{ kommune.navn }}" + private, fields)
    first += paragraph("Enhed", "{{ enhed.navn }}", fields)
    after = paragraph("Header", "{{ kommune.navn }} · " + escape(title) + private, fields)
    foot = paragraph(
        "Footer",
        "{{ kommune.adresse }} · Telefon {{ kommune.telefon }} · {{ kommune.web }}"
        "\tSide PAGE af NUMPAGES",
        fields,
    )
    return {
        "header1.xml": f"<w:hdr {SPACES}>{first}</w:hdr>",
        "header2.xml": f"<w:hdr {SPACES}>{after}</w:hdr>",
        "footer1.xml": f"<w:ftr {SPACES}>{foot}</w:ftr>",
        "footer2.xml": f"<w:ftr {SPACES}>{foot}</w:ftr>",
    }


SECTION: Final = (
    '<w:sectPr><w:headerReference w:type="first" r:id="rId11"/>'
    '<w:headerReference w:type="default" r:id="rId12"/>'
    '<w:footerReference w:type="first" r:id="rId13"/>'
    '<w:footerReference w:type="default" r:id="rId14"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="{top}" w:right="1418" w:bottom="1588" w:left="1418" w:header="737"'
    ' w:footer="680" w:gutter="0"/><w:titlePg/></w:sectPr>'
)


def document(text: str) -> str:
    """Return the letter's own part."""
    fields = Fields()
    body = "".join(blocks(text, fields))
    section = SECTION.format(top=1985)
    return f"<w:document {SPACES}><w:body>{body}{section}</w:body></w:document>"


def relationships() -> dict[str, str]:
    """Return the parts that tell Word what the other parts are."""
    kinds = [("styles", "styles.xml"), ("settings", "settings.xml"), ("numbering", "numbering.xml")]
    kinds += [("fontTable", "fontTable.xml"), ("header", "header1.xml"), ("header", "header2.xml")]
    kinds += [("footer", "footer1.xml"), ("footer", "footer2.xml")]
    numbers = (1, 2, 3, 4, 11, 12, 13, 14)
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/relationships/{kind}" Target="{file}"/>'
        for number, (kind, file) in zip(numbers, kinds, strict=True)
    )
    spread = "".join(
        f'<Override PartName="/word/{file}" ContentType='
        f'"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        for kind, file in [("document.main", "document.xml"), *kinds]
    )
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{spread}'
            '<Override PartName="/docProps/core.xml" ContentType='
            '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument"'
            ' Target="word/document.xml"/>'
            f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties"'
            ' Target="docProps/core.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'
        ),
    }


def core(title: str) -> str:
    """Return the properties: the title and the language, and no author."""
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>da-DK</dc:language>"
        "</cp:coreProperties>"
    )


def letterhead(title: str, internal: bool) -> dict[str, str]:
    """Return every part that all letters share, but for the title in the head."""
    parts = {f"word/{name}": text for name, text in heads(title, internal).items()}
    for name in STATIC:
        text = (LETTERHEAD / name).read_text(encoding="utf-8")
        parts[f"word/{name}"] = text.removeprefix(DECLARATION)
    return parts


def written(parts: dict[str, str], target: Path) -> None:
    """Write the parts as a Word file: the same parts give the same bytes."""
    with zipfile.ZipFile(target, "w") as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, (DECLARATION + text).encode())


def draw(text: Path, code: str, internal: bool) -> None:
    """Make the Word file of a letter that stands in letters.toml."""
    title = rows()[code]["title"]
    parts = relationships()
    parts["docProps/core.xml"] = core(title)
    parts["word/document.xml"] = document(text.read_text(encoding="utf-8"))
    written(parts | letterhead(title, internal), SHELF / "letters" / f"{code}.docx")


def dress() -> None:
    """Give every letter the letterhead as it is now. Its own text stays as it is."""
    for code, entry in rows().items():
        file = SHELF / "letters" / f"{code}.docx"
        with zipfile.ZipFile(file) as package:
            parts = {
                name: package.read(name).decode().removeprefix(DECLARATION)
                for name in package.namelist()
            }
        written(parts | letterhead(entry["title"], entry["direction"] == "internal"), file)


def rows() -> dict[str, dict[str, str]]:
    """Return the letters that stand in letters.toml."""
    return tomllib.loads((SHELF / "letters.toml").read_text(encoding="utf-8"))


def main() -> None:
    """Do what the command line says."""
    line = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    acts = line.add_subparsers(dest="act", required=True)
    drawing = acts.add_parser("draw", help="make the Word file of a new letter")
    drawing.add_argument("text", type=Path)
    drawing.add_argument("code")
    acts.add_parser("dress", help="give every letter the letterhead as it is now")
    chosen = line.parse_args()
    if chosen.act == "dress":
        dress()
    else:
        internal = rows()[chosen.code]["direction"] == "internal"
        draw(chosen.text, chosen.code, internal)


if __name__ == "__main__":
    main()
