"""``dubu frister on``: the rules as they stand on a day, for the municipality's lawyer."""

import json
import os
from collections.abc import Sequence
from datetime import date, datetime
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dubu_plugin import app, plugins
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.domain.danish import short_date
from dubu_plugin.domain.danish_time import danish
from dubu_plugin.frister.rule import SURE, Rule
from dubu_plugin.frister.rulebook import AS_THEY_STAND, RuleBook
from dubu_plugin.frister.switched import meaning, switched
from dubu_plugin.frister.words import KINDS, force_words, in_order, span_words
from dubu_plugin.settings import DEFAULT_FILE, ENVIRONMENT, Settings

WIDE = 110
"""Columns a terminal must have for the table; a narrower one gets a few lines a rule."""


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
        print(json.dumps([_told(rule) for rule in rules], ensure_ascii=False))
    elif rules:
        _print(rules)
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
    if config is None and ENVIRONMENT not in os.environ and not DEFAULT_FILE.exists():
        return rules_of(None)
    return rules_of(Settings.found(config))


def rules_of(settings: Settings | None) -> RuleBook:
    """Return the rules as these settings switch them; as they are delivered where there are none.

    :raises ConfigurationError: a file cannot be used, or a rule is named that is not there.
    """
    theirs = plugins.build().hook.register_deadline_folders()
    folders = [Path(str(files("dubu_templates"))) / "frister", *chain.from_iterable(theirs)]
    return RuleBook.load(folders, app.decided(settings) if settings else AS_THEY_STAND)


def iso(moment: datetime) -> str:
    """Return the moment as ISO 8601 in Danish time, with offset."""
    return danish(moment).isoformat(timespec="seconds")


def _print(rules: Sequence[Rule]) -> None:
    console = Console(highlight=False)
    if console.width < WIDE:
        _print_narrow(console, rules)
    else:
        table = Table("Kode", "Regel", "Lovhjemmel", "Slags", "Længde", "Gælder", "Slået til")
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
                force_words(rule),
                "ja" if rule.on else "nej",
            )
        console.print(table)
    off = [rule for rule in rules if not rule.on and not rule.own_choice]
    print(f"{len(rules)} regler, heraf {len(rules) - sum(rule.on for rule in rules)} slået fra.")
    for rule in off:
        print(f"{rule.code} er slået fra: {rule.off_because}")


def _print_narrow(console: Console, rules: Sequence[Rule]) -> None:
    area = ""
    for rule in rules:
        if rule.area != area:
            area = rule.area
            console.print(f"\n[bold]{escape(area)}[/bold]")
        state = "" if rule.on else " (slået fra)"
        console.print(f"[bold]{rule.code}[/bold] {escape(rule.title)}{state}")
        told = f"{rule.law} · {KINDS[rule.kind]} · {span_words(rule)} · {force_words(rule)}"
        console.print(f"  {escape(told)}", soft_wrap=False)
    console.print()


def _told(rule: Rule) -> dict[str, Any]:
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
        "opens_on": sorted(rule.opens_on),
        "met_by": sorted(rule.met_by),
        "annulled_by": sorted(rule.annulled_by),
        "in_force_from": rule.in_force_from.isoformat(),
        "in_force_to": rule.in_force_to and rule.in_force_to.isoformat(),
        "sel_ref": rule.sel_ref,
        "transition": rule.transition.value,
        "consequence": rule.consequence,
        "note": rule.note,
        "sure": rule.confidence == SURE,
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
