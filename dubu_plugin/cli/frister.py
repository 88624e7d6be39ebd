"""``dubu frister``: the deadline rules, what they come to, and what is due for somebody."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from dubu_plugin import app, plugins
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.domain.access import Act, Decision
from dubu_plugin.domain.danish import moment_text
from dubu_plugin.domain.danish_time import danish, understood
from dubu_plugin.frister.counting import Length, Unit
from dubu_plugin.frister.rule import Rule, version_of
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.urgency import Group
from dubu_plugin.settings import Settings
from dubu_plugin.store import read_log, schema
from dubu_plugin.store.due_lines import due_lines, somebody
from dubu_plugin.store.transaction import SYSTEM

UNITS = {
    Unit.HOURS: "timer",
    Unit.HVERDAGE: "hverdage",
    Unit.DAYS: "dage",
    Unit.WEEKS: "uger",
    Unit.MONTHS: "måneder",
}
ON_THE_MACHINE = Decision(True, "drift:kommandolinje")
"""Why somebody at the machine's own command line sees a list: they hold the database itself."""

GROUPS = {
    Group.OVERSKREDET: "Overskredet",
    Group.I_DAG: "I dag",
    Group.SNART: "Snart",
    Group.SENERE: "Senere",
}


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    commands = typer.Typer(
        no_args_is_help=True,
        help="Lovens frister: reglerne, og hvad de giver.\n\n"
        "Eksempel: dubu frister list --user karen",
    )
    commands.command("on")(on)
    commands.command("compute")(compute)
    commands.command("list")(list_due)
    whole.add_typer(commands, name="frister")


def on(
    day: Annotated[str, typer.Argument(help="En dato, fx 2026-01-01.")],
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Vis de regler, der gælder en dag, til den jurist, der skal se efter. 1, hvis der ingen er.

    Eksempel: dubu frister on 2026-01-01
    """
    chosen = _date(day)
    rules = rule_book().on(chosen)
    if as_json:
        print(json.dumps([_told(rule) for rule in rules], ensure_ascii=False))
    else:
        _print(rules)
    if not rules:
        raise typer.Exit(1)


def compute(
    rule: Annotated[str, typer.Argument(help="Reglens kode, fx UND-KVIT.")],
    start: Annotated[
        str, typer.Option("--from", help="Hvornår uret startede, fx 2026-12-23T10:00.")
    ],
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Regn en frist ud fra det øjeblik, uret startede. Uden tidszone er det dansk tid.

    1, hvis reglen ikke gjaldt den dag.

    Eksempel: dubu frister compute UND-KVIT --from 2026-12-23T10:00 --json
    """
    try:
        anchor = understood(start)
    except ValueError:
        raise typer.BadParameter(
            f"»{start}« er ikke et tidspunkt. Skriv fx 2026-12-23T10:00.", param_hint="--from"
        ) from None
    versions = rule_book().versions.get(rule.upper())
    if versions is None:
        raise typer.BadParameter(f"Der er ingen regel med koden {rule}.", param_hint="RULE")
    found = version_of(versions, anchor)
    if found is None:
        typer.echo(f"{rule.upper()} gjaldt ikke den {anchor.date()}.", err=True)
        raise typer.Exit(1)
    try:
        term = found.term(anchor)
    except OverflowError:
        raise typer.BadParameter(
            f"»{start}« ligger for langt ude i fremtiden. Skriv en dato før år 9999.",
            param_hint="--from",
        ) from None
    answer = {
        "rule": found.code,
        "from": _iso(anchor),
        "due": term and _iso(term.due),
        "warn": term and _iso(term.warn),
        "profile": found.profile.value,
        "law": found.law,
    }
    if as_json:
        print(json.dumps(answer, ensure_ascii=False))
    elif term is None:
        print(f"{found.title}: loven giver intet tal ({found.law}).")
    else:
        print(f"{found.title}: senest {_iso(term.due)}, varsles {_iso(term.warn)} ({found.law}).")


def list_due(
    user: Annotated[str, typer.Option(help="Medarbejderens nøgle eller login i journalsystemet.")],
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Vis, hvad en medarbejder skal nå, og hvad ingen i enheden har taget endnu.

    Eksempel: dubu frister list --user karen --json
    """
    product = app.build(Settings.found(config))
    schema.require_newest(product.store.engine)
    now = product.clock()
    with product.store.write(actor=SYSTEM, now=now) as work:
        who = somebody(work.connection, user)
        if who is None:
            raise typer.BadParameter(f"Der er ingen medarbejder »{user}«.", param_hint="--user")
        due = due_lines(work.connection, product.store.rules, who, now)
        read_log.add(
            work.connection,
            at=now,
            employee=SYSTEM,
            act=Act.EXPORT,
            subject_kind="frister",
            subject_id=who.key,
            decision=ON_THE_MACHINE,
        )
    if as_json:
        told = [asdict(line) | {"due": line.due and _iso(line.due)} for line in due]
        print(json.dumps(told, ensure_ascii=False))
        return
    table = Table("", "Senest", "Barn", "Hvad", "Sag", "Ansvarlig")
    for line in due:
        table.add_row(
            GROUPS[line.group],
            moment_text(line.due) if line.due else "snarest",
            line.child or "ikke fundet endnu",
            line.title,
            line.case or "",
            line.responsible or "ingen endnu",
        )
    Console().print(table)


def rule_book() -> RuleBook:
    """Return the rules of the installation: ours, and those of the installed plugins."""
    theirs = plugins.build().hook.register_deadline_folders()
    shelf = Path(str(files("dubu_templates"))) / "frister"
    return RuleBook.load([shelf, *chain.from_iterable(theirs)])


def _print(rules: Sequence[Rule]) -> None:
    table = Table("Kode", "Frist", "Lovhjemmel", "Længde", "Gælder fra", "Slået til")
    for rule in rules:
        table.add_row(
            rule.code,
            rule.title,
            rule.law,
            _length(rule.length),
            rule.in_force_from.isoformat(),
            "ja" if rule.on else "nej",
        )
    Console().print(table)
    for rule in rules:
        if not rule.on:
            print(f"{rule.code} er slået fra: {rule.off_because}")


def _length(length: Length | None) -> str:
    return f"{length.count} {UNITS[length.unit]}" if length else "intet tal"


def _told(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.code,
        "title": rule.title,
        "duty": rule.duty,
        "law": rule.law,
        "length": str(rule.length) if rule.length else None,
        "profile": rule.profile.value,
        "in_force_from": rule.in_force_from.isoformat(),
        "in_force_to": rule.in_force_to and rule.in_force_to.isoformat(),
        "sel_ref": rule.sel_ref,
        "confidence": rule.confidence,
        "on": rule.on,
        "off_because": rule.off_because,
    }


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"»{text}« er ikke en dato. Skriv fx 2026-01-01.", param_hint="DATE"
        ) from None


def _iso(moment: datetime) -> str:
    """Return the moment as ISO 8601 in Danish time, with offset."""
    return danish(moment).isoformat(timespec="seconds")
