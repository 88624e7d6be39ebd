"""What is wrong with a letter, in sentences for whoever wrote it."""

import difflib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Final

import jinja2
from docx.oxml.ns import qn
from lxml import etree

from dubu_plugin.documents import fields
from dubu_plugin.documents.fill import content_parts
from dubu_plugin.documents.letter import Letter
from dubu_plugin.documents.reading import HEADINGS, paragraphs

DANISH: Final = "da-DK"
CHANGES: Final = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")
NAMED: Final = ("creator", "lastModifiedBy", "manager", "company")
"""Properties in which Word writes who did it."""

NOT_UNDERSTOOD: Final = (
    "Et felt eller en betingelse er ikke skrevet rigtigt. Se efter, at hver {{ har sin }}, "
    "og at hver {% if … %} og {% for … %} har sin {% endif %} eller {% endfor %}."
)
PICTURES: Final = ("wp:docPr",)


def lint(letter: Letter) -> list[str]:
    """Return what is wrong with a letter; nothing when it can be used."""
    checks = (_fields, _controls, _hidden, _accessible)
    try:
        return [said for check in checks for said in check(letter)]
    except jinja2.TemplateSyntaxError:
        return [NOT_UNDERSTOOD]
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError):
        return ["Filen er ikke en Word-fil (.docx)."]


def _fields(letter: Letter) -> Iterator[str]:
    if fields.has_open_brace(letter.docx):
        yield NOT_UNDERSTOOD
    used = fields.used(letter.docx)
    lists = {name for name in letter.needs if isinstance(letter.fields[name].shown, list)}
    in_rows = {name for name in used if name.rpartition(".")[0] in lists}
    for name in sorted(used - in_rows - letter.needs):
        near = difflib.get_close_matches(name, letter.fields, n=1)
        hint = f" Nærmeste: {near[0]}." if near and near[0] != name else ""
        known = "er ikke nævnt i letters.toml" if name in letter.fields else "findes ikke"
        yield f"Feltet {name} {known}.{hint}"
    for name in sorted(in_rows - set(letter.fields)):
        yield f"Feltet {name} findes ikke."
    for name in sorted(letter.needs - used):
        yield f"Feltet {name} er nævnt i letters.toml, men brevet bruger det ikke."


def _controls(letter: Letter) -> Iterator[str]:
    controls = fields.controls(letter.docx)
    inside = Counter(name for control in controls for name in control.prints)
    for name in Counter(fields.printed(letter.docx)) - inside:
        yield f"Feltet {name} står ikke i et indholdskontrolelement."
    for control in controls:
        if control.prints and control.prints != (control.tag,):
            yield f"Indholdskontrolelementet »{control.tag}« skal vise ét felt: sit eget mærke."
        if not control.alias:
            yield f"Indholdskontrolelementet »{control.tag}« mangler en titel."
        row = letter.fields.get(control.tag)
        if row and row.lines and control.prints and not control.is_around_paragraphs:
            yield f"Feltet {control.tag} kan have flere linjer og skal stå alene i sit afsnit."


def _hidden(letter: Letter) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(letter.docx)) as package:
        names = package.namelist()
        properties = [package.read(name) for name in names if name.startswith("docProps/")]
    for found in (tag for part in properties for tag in etree.fromstring(part).iter()):
        if etree.QName(found).localname.lower() in {name.lower() for name in NAMED} and found.text:
            yield "Filens egenskaber nævner en person. Fjern dem under Filer, Undersøg dokument."
    if any(re.search(r"comments|people|custom\.xml|vbaProject|embeddings/", n) for n in names):
        yield "Filen har kommentarer, makroer eller skjulte dele. Fjern dem, før den tages i brug."
    roots = [etree.fromstring(part) for part in content_parts(letter.docx).values()]
    if any(root.find(f".//{qn(change)}") is not None for root in roots for change in CHANGES):
        yield "Filen har sporede ændringer. Accepter eller afvis dem først."


def _accessible(letter: Letter) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(letter.docx)) as package:
        styles = etree.fromstring(package.read("word/styles.xml"))
    default = styles.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    if default is None or default.get(qn("w:val")) != DANISH:
        yield "Filens sprog er ikke dansk. Vælg dansk som standardsprog, så den kan læses højt."
    levels = [HEADINGS[p.style] for p in paragraphs(letter.docx) if p.style in HEADINGS]
    if levels[:1] != [HEADINGS["Heading1"]] or levels.count(HEADINGS["Heading1"]) != 1:
        yield "Brevet skal begynde med én Overskrift 1. Brug Overskrift 2 til resten."
    for part in content_parts(letter.docx).values():
        for picture in etree.fromstring(part).iter(*map(qn, PICTURES)):
            if not picture.get("descr"):
                yield "Et billede mangler en beskrivelse (alternativ tekst)."
