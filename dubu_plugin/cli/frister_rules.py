"""``dubu frister on``: the rules as they stand on a day, for the municipality's lawyer."""

import json
import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from dubu_plugin import app, plugins
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.domain.danish import short_date
from dubu_plugin.domain.danish_time import danish
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.hverdage import Profile
from dubu_plugin.frister.rule import SURE, Rule
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.switched import meaning, switched
from dubu_plugin.frister.words import (
    CHECKED_UNTIL,
    KINDS,
    age_words,
    condition_words,
    force_words,
    in_order,
    is_doubtful,
    met_words,
    new_year_words,
    span_words,
    sure_words,
    warning_words,
)
from dubu_plugin.settings import DEFAULT_FILE, ENVIRONMENT, Settings
from dubu_plugin.web.sag.event_words import ALL_WORDS as WORDS

WIDE = 110
"""Columns a terminal must have for the table; a narrower one gets a few lines a rule."""


NOT_ADVICE = (
    "Teksten er ikke juridisk rådgivning. Hvad der er ændret i loven efter "
    f"{short_date(CHECKED_UNTIL)}, er ikke efterset."
)


def on(
    day: Annotated[str, typer.Argument(metavar="DATO", help="En dato, fx 2026-01-01.")],
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Vis de regler, der gælder en dag, til den jurist, der skal se efter. 1, hvis der ingen er.

    Eksempel: dubu frister on 2026-01-01
    """
    chosen = a_date(day, "DATO")
    book = rule_book(config)
    rules = in_order(book.on(chosen))
    if as_json:
        print(json.dumps([_told(rule, book) for rule in rules], ensure_ascii=False))
    elif rules:
        _print(rules, book)
        print(NOT_ADVICE)
        if chosen > CHECKED_UNTIL:
            print(
                f"Bemærk: den {short_date(chosen)} ligger efter {short_date(CHECKED_UNTIL)}. "
                f"Reglerne står her, som de var da; er loven ændret siden, er det ikke med."
            )
        for rule in switched(book):
            print(f"OBS: {meaning(rule)}")
    else:
        print(f"Ingen af reglerne gjaldt den {short_date(chosen)}.")
    if not rules:
        raise typer.Exit(1)


def rule_book(config: Path | None = None) -> RuleBook:
    """Return the rules of the installation: ours, and those of the installed plugins.

    Where there is no dubu.toml, they are as they are delivered.
    """
    return rules_of(installed(config))


def installed(config: Path | None) -> Settings | None:
    """Return the settings of the installation; None where there is no dubu.toml."""
    if config is None and ENVIRONMENT not in os.environ and not DEFAULT_FILE.exists():
        return None
    return Settings.found(config)


def rules_of(settings: Settings | None) -> RuleBook:
    """Return the rules as these settings switch them; as they are delivered where there are none.

    One of the municipality's own files that cannot be used is left out and told.

    :raises ConfigurationError: another cannot be used, or a rule is named that is not there.
    """
    files = app.rule_files(plugins.build(), settings)
    book = files.usable()
    for slip in files.left_out.values():
        typer.echo(f"OBS: ladt ude, for den kan ikke bruges: {slip}", err=True)
    return book


def iso(moment: datetime) -> str:
    """Return the moment as ISO 8601 in Danish time, with offset."""
    return danish(moment).isoformat(timespec="seconds")


def _print(rules: Sequence[Rule], book: RuleBook) -> None:
    console = Console(highlight=False)
    if console.width < WIDE:
        _print_narrow(console, rules, book)
    else:
        table = Table("Kode", "Regel", "Lovhjemmel", "Slags", "Længde", "Varsel", "Gælder", "Til")
        area = rules[0].area
        for rule in rules:
            if rule.area != area:
                table.add_section()
                area = rule.area
            table.add_row(
                rule.code,
                escape(rule.title),
                escape(rule.law),
                KINDS[rule.kind],
                span_words(rule),
                warning_words(rule),
                force_words(rule),
                "ja" if rule.on else "nej",
            )
        console.print(table)
        for rule in rules:
            console.print(f"\n[bold]{rule.code}[/bold] {escape(rule.title)}")
            _print_said(console, rule, book)
    off = [rule for rule in rules if not rule.on and not rule.own_choice]
    print(f"{len(rules)} regler, heraf {len(rules) - sum(rule.on for rule in rules)} slået fra.")
    for rule in off:
        print(f"{rule.code} er slået fra: {rule.off_because}")


def _print_narrow(console: Console, rules: Sequence[Rule], book: RuleBook) -> None:
    area = ""
    for rule in rules:
        if rule.area != area:
            area = rule.area
            console.print(f"\n[bold]{escape(area)}[/bold]")
        state = "" if rule.on else " (slået fra)"
        console.print(f"[bold]{rule.code}[/bold] {escape(rule.title)}{state}")
        told = f"{rule.law} · {KINDS[rule.kind]} · {span_words(rule)} · {force_words(rule)}"
        console.print(f"  {escape(told)}", soft_wrap=False)
        _print_said(console, rule, book)
    console.print()


def _print_said(console: Console, rule: Rule, book: RuleBook) -> None:
    for said in _said(rule, book):
        console.print(Padding(escape(said), (0, 0, 0, 2)))


def _said(rule: Rule, book: RuleBook) -> Iterator[str]:
    """Yield the rest of what a lawyer looks for, a line each."""
    yield rule.duty
    yield f"Begynder ved: {_happens(rule.opens_on)}. Slutter ved: {_happens(rule.met_by)}."
    if rule.when:
        yield f"Når {condition_words(rule)}."
    yield from met_words(rule)
    whom = f"For {age_words(rule.ages)}. " if rule.ages else ""
    party = "Borgerens frist" if rule.profile is Profile.CITIZEN else "Kommunens frist"
    again = "kommer igen" if rule.recurs else "én gang"
    yield f"{whom}{party}, {again}. Varsel: {warning_words(rule)}."
    if rule.consequence:
        yield f"Følge: {rule.consequence}"
    if rule.note:
        yield rule.note
    yield from new_year_words(rule, book.versions[rule.code][0])
    yield sure_words(rule)


def _happens(some: frozenset[Haendelse]) -> str:
    """Return what happens, in the words of a case's own page."""
    words = [happening(what) for what in Haendelse if what in some]
    return ", ".join(f"»{word}«" for word in words) or "intet, programmet ved"


def happening(what: Haendelse) -> str:
    """Return what happens in the words of a case's own page, else in those of its name."""
    return WORDS[what][0] if what in WORDS else what.replace("_", " ").capitalize()


def _told(rule: Rule, book: RuleBook) -> dict[str, Any]:
    return {
        "rule": rule.code,
        "area": rule.area,
        "title": rule.title,
        "duty": rule.duty,
        "law": rule.law,
        "kind": rule.kind.value,
        "severity": rule.severity.value,
        "length": str(rule.length) if rule.length else None,
        "span": span_words(rule),
        "profile": rule.profile.value,
        "party": "borger" if rule.profile is Profile.CITIZEN else "kommune",
        "ages": list(rule.ages) if rule.ages else None,
        "when": {name: sorted(values, key=str) for name, values in rule.when.items()},
        "warn_before": str(rule.warn_before) if rule.warn_before else None,
        "warning_words": warning_words(rule),
        "recurs": rule.recurs,
        "each": rule.each,
        "from_fact": rule.from_fact or None,
        "opens_on": sorted(rule.opens_on),
        "met_by": sorted(rule.met_by),
        "annulled_by": sorted(rule.annulled_by),
        "in_force_from": rule.in_force_from.isoformat(),
        "in_force_to": rule.in_force_to and rule.in_force_to.isoformat(),
        "sel_ref": rule.sel_ref,
        "transition": rule.transition.value,
        "new_year": list(new_year_words(rule, book.versions[rule.code][0])),
        "checked_until": CHECKED_UNTIL.isoformat(),
        "consequence": rule.consequence,
        "note": rule.note,
        "sure": rule.confidence == SURE and not is_doubtful(rule),
        "confidence": rule.confidence,
        "on": rule.on,
        "off_because": rule.off_because,
        "warning": meaning(rule) if rule.own_choice else None,
    }


def a_date(text: str, where: str) -> date:
    """Return the day of an ISO 8601 text, or say what is wrong with it.

    :param where: what it was given as, which the sentence begins with.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"»{text}« er ikke en dato. Skriv fx 2026-01-01.", param_hint=where
        ) from None
