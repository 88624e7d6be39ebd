"""The methods as a page of documentation, for whoever answers for the professional side.

``python -m dubu_plugin.metode.table > docs/metode.md`` writes it anew.
"""

import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final

from dubu_plugin.domain.aldersbaand import AgeBand
from dubu_plugin.metode.fields import FIELDS
from dubu_plugin.metode.method import Dimension, Field, Guidance, Method, Scope, Side
from dubu_plugin.metode.methodbook import MethodBook
from dubu_plugin.metode.words import FIELD_KINDS, FIGURES, KINDS, used_words

TOP: Final = """\
# Metoderne

Siden er skrevet af `python -m dubu_plugin.metode.table` ud fra filerne i
`templates/dubu_templates/metode/`. Ret filen, ikke siden, og kør kommandoen igen.

En metode er en måde at se på barnet på; den er ikke loven. Barnets lov § 22 beder om en
helhedsbetragtning af barnet, familien og netværket og nævner ingen kasser. Kommunen kan bruge en
anden metode. En sag beholder den udgave, den begyndte med.

Vejledningen står ved siden af feltet efter barnets alder. Den er inspiration, ikke en spørgeguide
og ikke en tjekliste, og den er skrevet til dette program. **(vores)** er spørgsmål, vi har lagt
til, hvor det materiale, vi har set, ikke spørger om noget.

**Sådan regnes alderen.** Alderen skifter ved midnat, når fødselsdagen begynder, i dansk tid; den,
der er født 29. februar, har i andre år fødselsdag 1. marts. Et barn er ufødt til den dag, det
ventes, eller til det er født, hvis man ved, at det ikke er det endnu. Fra 23 år vises vejledningen
til 18-22 år.
"""

OWN: Final = """\
## Kommunens egen metode

```
dubu metode check vores_metode.toml      # siger fil, linje og grund, hvis den ikke kan bruges
dubu metode install vores_metode.toml    # nye sager begynder med den fra dens første dag
dubu metode remove vores_metode 1        # flytter filen til mappen fjernet; den kan lægges ind igen
dubu metode remove min_fil.toml          # en fil, der ikke kan bruges, tages ud ved sit navn
```

Filen lægges i den mappe, `methods` i `dubu.toml` siger (ellers `metoder` ved siden af den), og
programmet ser den uden at blive startet igen. Kommunens egen går forud for den, der følger med, når
de er til det samme på samme dag. En udgave kan ikke rettes, når den er lagt ind: giv den nye sin
egen `version`. En metode, en sag har, kan ikke tages ud.
"""

WRITING: Final = """\
## Sådan skrives en metode

Én fil er én udgave af én metode. En fil, der ikke kan bruges, afvises med fil, linje og grund.
"""


def page(book: MethodBook) -> str:
    """Return the page, in Markdown."""
    lines = [TOP]
    for method in book.methods:
        lines += [*_method(book, method), ""]
    lines += [OWN, WRITING]
    for table, fields in FIELDS.items():
        lines += [f"### [[{table}]]\n", *(f"* `{name}`: {told}" for name, told in fields.items())]
        lines.append("")
    return "\n".join(lines)


def _method(book: MethodBook, method: Method) -> Iterator[str]:
    yield f"## {method.title}\n"
    yield f"{method.about}\n"
    yield f"* Kode: `{method.code}`, udgave {method.version}, tegnes som {FIGURES[method.figure]}."
    yield f"* Til: {KINDS[method.kind]}. Nye begynder med den {used_words(method)}."
    yield f"* Kilde: {method.source}"
    yield f"* Hvor sikkert: {method.confidence}\n"
    yield from _table(("Nr.", "Side", "Dimension", "Kode", "Dækker", "Vises også i"))
    for side in method.sides:
        for dimension in method.on_side(side.code):
            yield _line(_cells(book, side, dimension))
    yield ""
    yield f"**Felter.** {' · '.join(map(_field, method.fields))}\n"
    if method.guidance_from:
        yield f"Vejledningen lånes af `{method.guidance_from}`."
        return
    for dimension in method.dimensions:
        yield f"### {method.title}: {dimension.title}\n"
        for band in AgeBand:
            yield f"* **{band.label}** {_asked(method.guidance(dimension.code, band))}"
        yield ""


def _cells(book: MethodBook, side: Side, dimension: Dimension) -> Iterator[str]:
    yield str(dimension.number)
    yield side.title
    yield dimension.title
    yield f"`{dimension.code}`"
    yield dimension.about
    yield ", ".join(
        f"{book.versions(code)[-1].by_code[target].title}"
        for code, targets in dimension.shown_in.items()
        for target in targets
    )


def _field(field: Field) -> str:
    where = " (én gang)" if field.scope is Scope.SAMLET else ""
    return f"{field.title}: {FIELD_KINDS[field.kind]}{where}"


def _asked(found: Guidance) -> str:
    return " ".join([*found.questions, *(f"{question} (vores)" for question in found.ours)])


def _table(columns: Iterable[str]) -> Iterator[str]:
    titles = list(columns)
    yield _line(titles)
    yield _line("---" for _ in titles)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(page(MethodBook.load([Path(str(files("dubu_templates"))) / "metode"])))
