"""``dubu frister compliance``: what was kept and missed in a quarter."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import sqlalchemy as sa
import typer
from rich.console import Console
from rich.table import Table

from dubu_plugin import app
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.documents import overholdelse_excel
from dubu_plugin.domain.access import Act, Asker, Decision, Role, opens
from dubu_plugin.domain.danish import percent, whole_text
from dubu_plugin.frister.overholdelse import BAROMETER, Quarter, Spread, Tally, measure_of
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.settings import Settings
from dubu_plugin.store import read_log, schema
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.min_dag.due_lines import somebody
from dubu_plugin.store.overholdelse import summary as overholdelse
from dubu_plugin.store.overholdelse.summary import Line, Sight
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.store.unit_names import employee_names, unit_titles

ON_THE_MACHINE = Decision(True, "drift:kommandolinje")
WHOEVER = Asker(SYSTEM, frozenset({Role.ADMINISTRATOR}))
"""Who runs a machine sees what an administrator sees: units, and no person."""
TOO_FEW = "for få"


def compliance(
    quarter: Annotated[
        str, typer.Option(help="Et kvartal, fx 2026Q2. Uden: det, der løber nu.")
    ] = "",
    unit: Annotated[str, typer.Option(help="Kun en enhed og dem under den, ved dens nøgle.")] = "",
    user: Annotated[
        str, typer.Option(help="Vis det, denne medarbejder må se; en leder ser sine rådgivere.")
    ] = "",
    excel: Annotated[
        Path | None, typer.Option(help="Skriv en Excel-fil i stedet.", dir_okay=False)
    ] = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Vis, hvilke frister der blev holdt i et kvartal, og hvilke der ikke blev.

    Uden --user vises kun enheder, og små tal vises ikke.

    Eksempel: dubu frister compliance --quarter 2026Q2 --json
    """
    if excel is not None and as_json:
        raise typer.BadParameter("Vælg enten --json eller --excel.", param_hint="--excel")
    product = app.build(Settings.found(config))
    schema.require_newest(product.store.engine)
    now = product.clock()
    chosen = _quarter(quarter) if quarter else Quarter.of(now)
    book = product.store.rules
    with product.store.add() as connection:
        seen = _seen(connection, user, unit, excel)
        read_log.add(
            connection,
            at=now,
            employee=SYSTEM,
            act=Act.EXPORT,
            subject_kind="overholdelse",
            subject_id=unit or "alle",
            decision=ON_THE_MACHINE,
            detail=f"{chosen} {seen.who.key}",
        )
    with product.store.read() as connection:
        if excel is not None:
            with excel.open("wb") as file:
                overholdelse_excel.write(file, connection, book, seen, chosen, now)
            typer.echo(f"Skrev {excel}.", err=True)
            return
        sums = overholdelse.summed_up(connection, book, seen, chosen, now)
        people: Sequence[Line] = ()
        if user:
            people = overholdelse.by_person(connection, book, seen, chosen, now)
        titles = unit_titles(connection)
        names = employee_names(connection, (line.key for line in people))
    if as_json:
        told = {
            "quarter": str(chosen),
            "unit": unit or None,
            "rules": [_rule(line, book) for line in sums.rules],
            "units": [_group("unit", line, titles) for line in sums.units],
            "persons": [_group("employee", line, names) for line in people],
            "barometer": _barometer(sums.rules),
        }
        print(json.dumps(told, ensure_ascii=False))
        return
    _print("Regel", sums.rules, {code: _title(book, code) for code in book.versions})
    _print("Enhed", sums.units, titles)
    if people:
        _print("Rådgiver", people, names)


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except ValueError:
        raise typer.BadParameter(
            f"»{text}« er intet kvartal. Skriv år og kvartal, fx 2026Q2.", param_hint="--quarter"
        ) from None


def _seen(connection: sa.Connection, user: str, unit: str, excel: Path | None) -> Sight:
    who = somebody(connection, user) if user else WHOEVER
    if who is None:
        raise typer.BadParameter(f"Der er ingen medarbejder »{user}«.", param_hint="--user")
    if excel is not None and user and not opens(who, Act.EXPORT, protected=False):
        raise typer.BadParameter(f"»{user}« må ikke tage udtræk.", param_hint="--user")
    try:
        return overholdelse.sight(connection, who, unit or None)
    except NotYours:
        raise typer.BadParameter(
            f"Enheden »{unit}« er der ikke, eller den kan ikke ses."
            if unit
            else f"»{user}« må ikke se, hvordan frister er holdt.",
            param_hint="--unit" if unit else "--user",
        ) from None


def _rule(line: Line, book: RuleBook) -> dict[str, Any]:
    rule = book.newest(line.key)
    told = {"rule": line.key, "title": _title(book, line.key), "law": rule.law if rule else None}
    before = line.before.share if line.before else None
    return {
        **told,
        **_sum(line.tally),
        "year_before": None if before is None else round(float(before), 4),
        **_time(line.used),
        "put_off": line.put_off,
        "measure": measure_of(rule).value if rule and line.used else None,
    }


def _group(kind: str, line: Line, titles: Mapping[str, str]) -> dict[str, Any]:
    off = {"put_off": line.put_off} if kind == "unit" else {}
    return {kind: line.key or None, "title": titles.get(line.key), **_sum(line.tally), **off}


def _barometer(lines: Sequence[Line]) -> list[dict[str, Any]]:
    found = {line.key: line.tally for line in lines}
    return [
        {"rule": known.rule, "title": known.title, **_sum(found.get(known.rule, Tally()))}
        for known in BAROMETER
    ]


def _sum(tally: Tally | None) -> dict[str, Any]:
    """Return a sum as JSON; nothing but nulls where it could tell on a person."""
    if tally is None:
        return dict.fromkeys(("total", "kept", "late", "overdue", "lapsed", "share"))
    share = tally.share
    return {
        "total": tally.total,
        "kept": tally.kept,
        "late": tally.late,
        "overdue": tally.overdue,
        "lapsed": tally.lapsed,
        "share": None if share is None else round(float(share), 4),
    }


def _time(took: Spread | None) -> dict[str, Any]:
    return {
        "median": None if took is None else float(took.median),
        "p95": None if took is None else float(took.p95),
    }


def _title(book: RuleBook, code: str) -> str:
    rule = book.newest(code)
    return rule.title if rule else code


def _print(head: str, lines: Sequence[Line], titles: Mapping[str, str]) -> None:
    table = Table(head, "I alt", "Holdt", "For sent", "Ikke nået", "Andel holdt")
    for line in lines:
        title = titles.get(line.key) or line.key or "Ingen havde taget dem"
        if line.tally is None:
            table.add_row(title, *[TOO_FEW] * 5)
            continue
        tally = line.tally
        numbers = (tally.total, tally.kept, tally.late, tally.overdue + tally.lapsed)
        share = "–" if tally.share is None else percent(tally.share)
        table.add_row(title, *map(whole_text, numbers), share)
    Console().print(table)
