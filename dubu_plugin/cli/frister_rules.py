"""``dubu frister on`` and ``compute``: the rules as they stand, and what one of them comes to."""

import json
import os
from collections.abc import Mapping, Sequence
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
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import danish_day, moment_text, short_date
from dubu_plugin.domain.danish_time import danish, understood
from dubu_plugin.domain.haendelser import FACTS
from dubu_plugin.frister.rule import BORN, SENT_BY, SURE, Kind, Rule, version_of
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.words import KINDS, force_words, in_order, span_words
from dubu_plugin.settings import DEFAULT_FILE, ENVIRONMENT, Settings

WIDE = 110
"""Columns a terminal must have for the table; a narrower one gets a few lines a rule."""


def on(
    day: Annotated[str, typer.Argument(help="En dato, fx 2026-01-01.")],
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Vis de regler, der gælder en dag, til den jurist, der skal se efter. 1, hvis der ingen er.

    Eksempel: dubu frister on 2026-01-01
    """
    chosen = _date(day, "DATE")
    rules = in_order(rule_book(config).on(chosen))
    if as_json:
        print(json.dumps([_told(rule) for rule in rules], ensure_ascii=False))
    elif rules:
        _print(rules)
    else:
        print(f"Ingen af reglerne gjaldt den {short_date(chosen)}.")
    if not rules:
        raise typer.Exit(1)


def compute(
    rule: Annotated[str, typer.Argument(help="Reglens kode, fx UND-KVIT.")],
    start: Annotated[
        str, typer.Option("--from", help="Hvornår uret startede, fx 2026-12-23T10:00.")
    ],
    born: Annotated[
        str, typer.Option(help="Barnets fødselsdag, til regler om alder, fx 2010-05-14.")
    ] = "",
    fact: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAVN=VÆRDI",
            help="Noget hændelsen siger, som reglen regner fra, fx termin=2026-11-02.",
        ),
    ] = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Regn en frist ud fra det øjeblik, uret startede. Uden tidszone er det dansk tid.

    1, hvis reglen ikke gjaldt den dag.

    Eksempel: dubu frister compute UND-KVIT --from 2026-12-23T10:00 --json
    """
    anchor = _moment(start)
    versions = rule_book(config).versions.get(rule.upper())
    if versions is None:
        raise typer.BadParameter(
            f"Der er ingen regel med koden {rule}. Se koderne med »dubu frister on 2026-01-01«.",
            param_hint="RULE",
        )
    birthday = _date(born, "--born") if born else None
    try:
        found = version_of(versions, anchor)
        if found is None:
            typer.echo(
                f"{rule.upper()} gjaldt ikke den {short_date(danish_day(anchor))}.", err=True
            )
            raise typer.Exit(1)
        data = _facts(found, fact or ())
        _require(found, data, birthday)
        if birthday and not found.about_age(age := age_on(birthday, danish_day(anchor))):
            typer.echo(f"{found.code} gælder ikke for et barn på {age} år.", err=True)
            raise typer.Exit(1)
        term = found.term(anchor, data, birthday)
    except (OverflowError, ValueError):
        raise typer.BadParameter(
            f"»{start}« ligger for langt ude. Skriv en dato mellem år 1 og år 9999.",
            param_hint="--from",
        ) from None
    if as_json:
        answer = {
            "rule": found.code,
            "from": iso(anchor),
            "due": term and iso(term.due),
            "warn": term and iso(term.warn),
            "profile": found.profile.value,
            "law": found.law,
        }
        print(json.dumps(answer, ensure_ascii=False))
        return
    if term is None:
        print(f"{found.title}: loven giver intet tal ({found.law}).")
    else:
        when = "tidligst" if found.kind is Kind.TIDLIGST else "senest"
        due, warn = moment_text(term.due), moment_text(term.warn)
        print(f"{found.title}: {when} {due}, varsles {warn} ({found.law}).")
    if not found.on:
        print(f"Reglen er slået fra: {found.off_because}")


def rule_book(config: Path | None = None) -> RuleBook:
    """Return the rules of the installation: ours, and those of the installed plugins.

    Where there is no dubu.toml, they are as they are delivered.
    """
    theirs = plugins.build().hook.register_deadline_folders()
    folders = [Path(str(files("dubu_templates"))) / "frister", *chain.from_iterable(theirs)]
    if config is None and ENVIRONMENT not in os.environ and not DEFAULT_FILE.exists():
        return RuleBook.load(folders)
    return RuleBook.load(folders, app.decided(Settings.found(config)))


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
    off = [rule for rule in rules if not rule.on]
    print(f"{len(rules)} regler, heraf {len(off)} slået fra.")
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
    }


def _facts(rule: Rule, given: Sequence[str]) -> dict[str, object]:
    """Return what was said with ``--fact``, only what this rule counts from."""
    known = [name for name in (rule.from_fact, rule.due_fact) if name]
    known += [SENT_BY] if rule.on_receipt else []
    found: dict[str, object] = {}
    for text in given:
        name, _, value = text.partition("=")
        if name not in known:
            told = (
                f"Den regner fra {' og '.join(known)}." if known else "Den regner ikke fra nogen."
            )
            raise typer.BadParameter(
                f"{rule.code} kender ikke »{name}«. {told}", param_hint="--fact"
            )
        kind = FACTS[name]
        if isinstance(kind, frozenset) and value not in kind:
            raise typer.BadParameter(
                f"{name} er {', '.join(sorted(kind))}, ikke »{value}«.", param_hint="--fact"
            )
        if kind is date:
            _date(value[:10], "--fact")
        found[name] = value
    return found


def _require(rule: Rule, data: Mapping[str, object], born: date | None) -> None:
    """Ask for what the rule cannot be counted without."""
    for name in rule.missing(data, born):
        if name == BORN:
            raise typer.BadParameter(
                f"{rule.code} regnes fra fødselsdagen. Skriv den også, fx --born 2010-05-14.",
                param_hint="--born",
            )
        raise typer.BadParameter(
            f"{rule.code} regnes fra {name}. Skriv den også, fx --fact {name}=2026-11-02.",
            param_hint="--fact",
        )


def _moment(text: str) -> datetime:
    try:
        return understood(text)
    except ValueError:
        raise typer.BadParameter(
            f"»{text}« er ikke et tidspunkt. Skriv fx 2026-12-23T10:00.", param_hint="--from"
        ) from None


def _date(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"»{text}« er ikke en dato. Skriv fx 2026-01-01.", param_hint=where
        ) from None
