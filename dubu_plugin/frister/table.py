"""The rules as a page of documentation, for the municipality's lawyer.

``python -m dubu_plugin.frister.table > docs/frister.md`` writes it anew.
"""

import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Final

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.hverdage import Profile
from dubu_plugin.frister.fields import FIELDS
from dubu_plugin.frister.rule import SURE, Rule
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.words import (
    KINDS,
    SEVERITIES,
    age_words,
    condition_words,
    day_words,
    force_words,
    in_order,
    is_doubtful,
    met_words,
    new_year_words,
    span_words,
    unless_words,
    warning_words,
)

TOP: Final = """\
# Lovens frister

Siden er skrevet af `python -m dubu_plugin.frister.table` ud fra rækkerne i
`templates/dubu_templates/frister/`. Ret rækken, ikke siden, og kør kommandoen igen.

Teksten er ikke juridisk rådgivning. Den følger barnets lov som i lovbekendtgørelse 282 af
17. marts 2025 og de love og bekendtgørelser, hver række nævner. Hvad der er ændret efter
8. marts 2026, er ikke efterset.

Til og med 2023 stod børnenes regler i serviceloven (SEL). De rækker er læst i lovbekendtgørelse
1089 af 16. august 2023 og begynder ved lovbekendtgørelse 170 af 24. januar 2022, som § 213 nævner;
§§ 68 a-71 og 152-155 c er ens i de to, resten er ikke sammenholdt. Længere tilbage regner
programmet ikke. Hvor der ingen ældre række er, siger den nye hvorfor. Ved årsskiftet 2023-2024
gælder § 213: det, der var begyndt og ikke var færdigt, færdiggøres efter barnets lov; det, der var
afgjort, består.

En regel, der ikke er læst ord for ord, er slået fra, og der står hvorfor. Kommunen slår den til
eller fra i `dubu.toml`:

```toml
[frister]
on = ["UFU-3U"]
off = []
closing_days = [2026-12-28, 2026-12-29, 2026-12-30]
letter_hverdage = 6
```

**Sådan regnes der.** Dagen, uret starter, er dag 0. Timer løber uden pause. Dage er kalenderdage,
uger ender på samme ugedag, måneder på samme dato eller månedens sidste. En dag er gået kl.
23.59.59. En alder nås, når fødselsdagen begynder; den, der er født 29. februar, har i andre år
fødselsdag 1. marts. Borgerens frist, der ender på en fridag, flytter til næste hverdag; kommunens
egen gør ikke, men der varsles hverdagen før. Grundlovsdag, 24. og 31. december og kommunens
lukkedage er kun fridage for borgerens frister. Uret starter, da hændelsen skete, hvor der ikke står
andet.
"""

WRITING: Final = """\
## Sådan skrives en række

En fil i `templates/dubu_templates/frister/`, i et plugins egen mappe eller i kommunens egen har en
`[[frist]]` for hver udgave af hver regel. Ændres loven, får den gamle række en `in_force_to`, og en
ny sættes ind. En fil, der ikke kan bruges, afvises med fil, linje og grund.

Kommunens administrator lægger selv en fil ind og tager den ud igen, mens der arbejdes:

```sh
dubu frister check vores_frister.toml      # kan den bruges?
dubu frister install vores_frister.toml    # den, der serverer, ser den inden for et minut
dubu frister recompute                     # sager, der løber, får også fristerne
dubu frister remove vores_frister.toml     # flyttes til fjernet/ og kan lægges ind igen
dubu frister files                         # kommunens egne filer
dubu frister haendelser møde               # hvad hændelser hedder i opens_on, met_by …
```

Filerne ligger i mappen `rules` under `[frister]`, ellers `regler`. En regel, der har åbnet frister,
kan ikke tages ud, for de ville miste navn og lovhjemmel: slå den fra med `off` i stedet. Ret den
ved at lægge en fil af samme navn ind: `check` viser, hvad der bliver ændret, og `install --yes` gør
det. En række, som frister er åbnet under, bliver stående: giv den en `in_force_to`. En egen regel
skal have sin egen kode. Skal den træde i stedet for en af vores, så slå vores fra.
"""

COLUMNS: Final = (
    "Kode",
    "Regel",
    "Lov",
    "Slags",
    "Længde",
    "Varsel",
    "Begynder ved",
    "Slutter ved",
    "Gælder",
    "Sikkerhed",
    "Slået til",
)


def page(book: RuleBook) -> str:
    """Return the page, in Markdown."""
    lines = [TOP]
    for area, found in groupby(in_order(book.rules), key=attrgetter("area")):
        rules = list(found)
        lines += [
            f"## {area}\n",
            _line(COLUMNS),
            _line("---" for _ in COLUMNS),
            *(_line(_cells(rule)) for rule in rules),
            "",
            *(f"* **{rule.code}** {' '.join(_told(rule, book))}" for rule in rules),
            "",
        ]
    lines += [WRITING, *(f"* `{name}`: {told}" for name, told in FIELDS.items()), ""]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(rule: Rule) -> Iterator[str]:
    yield rule.code
    yield rule.title
    yield rule.law
    yield f"{KINDS[rule.kind]} ({SEVERITIES[rule.severity]})"
    yield span_words(rule) + (", borgerens" if rule.profile is Profile.CITIZEN else "")
    yield warning_words(rule)
    yield _names(rule.opens_on)
    yield _names(rule.met_by | rule.annulled_by | rule.lapses_with | rule.met_on_case.keys())
    yield force_words(rule)
    if rule.confidence != SURE:
        yield "ikke sikker"
    else:
        yield "læst, men i tvivl" if is_doubtful(rule) else "sikker"
    yield "ja" if rule.on else "nej"


def _told(rule: Rule, book: RuleBook) -> Iterator[str]:
    yield rule.duty
    if rule.when:
        yield f"Når {condition_words(rule)}."
    yield from unless_words(rule)
    if rule.ages:
        yield f"For {age_words(rule.ages)}."
    if rule.of_born:
        yield "Når barnet er født."
    if rule.from_fact:
        yield f"Uret starter: {day_words(rule.from_fact)} (`{rule.from_fact}`)."
    if rule.on_receipt:
        yield "Uret starter, når borgeren har modtaget det."
    if rule.moved_up_by:
        yield f"Rykkes frem af {_names(rule.moved_up_by)}."
    if rule.put_off_by:
        yield f"Regnes også fra {_names(rule.put_off_by)}; det seneste gælder."
    if rule.paused_by:
        yield f"Afbrydes af {_names(rule.paused_by)}, løber igen ved {_names(rule.resumed_by)}."
    if rule.recurs:
        yield "Kommer igen."
    yield from met_words(rule)
    if rule.consequence:
        yield f"Følge: {rule.consequence}"
    if rule.note:
        yield rule.note
    if rule.confidence != SURE:
        yield f"Ikke sikker: {rule.confidence}"
    if not rule.on:
        yield f"Slået fra: {rule.off_because}"
    yield from new_year_words(rule, book.versions[rule.code][0])


def _names(some: Iterable[Haendelse]) -> str:
    return ", ".join(f"`{what}`" for what in sorted(some))


if __name__ == "__main__":
    sys.stdout.write(page(RuleBook.load([Path(str(files("dubu_templates"))) / "frister"])))
