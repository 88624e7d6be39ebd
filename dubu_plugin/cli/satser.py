"""``dubu satser``: the rates of a day, and the municipality's own put in and taken out."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from dubu_plugin import app
from dubu_plugin.cli.frister_rules import installed
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.cli.own_files import there
from dubu_plugin.domain.satser import Sats
from dubu_plugin.kataloger.satsfiles import SatsFiles, amount_words
from dubu_plugin.settings import Settings

File = Annotated[Path, typer.Argument(metavar="FIL", help="En fil med satser (TOML).")]


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    commands = typer.Typer(
        no_args_is_help=True,
        help="Satser: beløbene på en dag, og kommunens egne lagt ind og taget ud.\n\n"
        "Eksempel: dubu satser on 2026-06-15",
    )
    commands.command("on")(on)
    commands.command("check")(check)
    commands.command("add")(add)
    commands.command("remove")(remove)
    commands.command("files")(own_files)
    whole.add_typer(commands, name="satser")


def on(
    day: Annotated[
        datetime, typer.Argument(metavar="DATO", formats=["%Y-%m-%d"], help="Fx 2026-06-15.")
    ],
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Vis satserne på en dag: beløb, paragraf, kilde, og om de er efterset.

    Eksempel: dubu satser on 2026-06-15
    """
    rates = _rates(config)
    found = rates.book.in_force(day.date())
    if as_json:
        print(json.dumps([_told(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        own = ", kommunens egen" if one.own else ""
        behind = ", ældre niveau" if one.is_behind(day.date()) else ""
        print(f"{amount_words(one)}: {one.title} ({one.law}), fra {one.valid_from}{behind}{own}")
        print(f"  {one.code}. Kilde: {one.source}")
        if not one.is_sure:
            print(f"  Ikke efterset: {one.confidence.partition(': ')[2]}")


def check(file: File, config: Config = None) -> None:
    """Sig, om en fil med satser kan lægges ind. 2, med fil, linje og grund, hvis den ikke kan.

    Eksempel: dubu satser check satser-2027.toml
    """
    found = _rates(config).check(there(file))
    print(f"{file} kan lægges ind.")
    _tell(found)


def add(file: File, config: Config = None) -> None:
    """Læg en fil med satser ind. Den, der serverer, ser den med det samme.

    Afgørelser, der er truffet, beholder deres beregning; på afgørelsen står et forslag til en ny.

    Eksempel: dubu satser add satser-2027.toml
    """
    rates = app.rate_files(Settings.found(config))
    found = rates.add(there(file))
    print(f"{file.name} ligger nu i {rates.own}.")
    _tell(found)
    print(f"Tag filen ud igen med »dubu satser remove {file.name}«.")


def remove(
    name: Annotated[str, typer.Argument(metavar="FIL", help="Filens navn, fx satser-2027.toml.")],
    config: Config = None,
) -> None:
    """Tag en af kommunens egne filer ud. Den flyttes og kan lægges ind igen.

    Eksempel: dubu satser remove satser-2027.toml
    """
    aside = app.rate_files(Settings.found(config)).remove(name)
    print(f"{name} er taget ud. Den kan lægges ind igen fra {aside}.")


def own_files(config: Config = None, as_json: AsJson = False) -> None:
    """Vis kommunens egne filer med satser, og hvad der står i dem.

    Eksempel: dubu satser files
    """
    rates = _rates(config)
    wrong = {file.name: str(slip) for file, slip in rates.left_out.items()}
    found = {
        file.name: [] if file.name in wrong else rates.check(file) for file in rates.own_files()
    }
    if as_json:
        told = [
            {"file": name, "rates": [_told(one) for one in its], "wrong": wrong.get(name)}
            for name, its in found.items()
        ]
        print(json.dumps(told, ensure_ascii=False))
        return
    for name, its in found.items():
        print(name)
        _tell(its)
        if name in wrong:
            print(f"  KAN IKKE BRUGES og er ladt ude: {wrong[name]}")
            print(f"  Ret den, eller tag den ud med »dubu satser remove {name}«.")
    if not found:
        print("Kommunen har ikke lagt egne satser ind.")


def _rates(config: Path | None) -> SatsFiles:
    """Return the rates of the installation; without a dubu.toml, as they are delivered."""
    rates = app.rate_files(installed(config) or Settings())
    for slip in rates.left_out.values():
        typer.echo(f"OBS: ladt ude, for den kan ikke bruges: {slip}", err=True)
    return rates


def _tell(found: Sequence[Sats]) -> None:
    for one in found:
        until = f" til {one.valid_to}" if one.valid_to else ""
        print(f"  {one.title} ({one.law}): {amount_words(one)} fra {one.valid_from}{until}.")


def _told(one: Sats) -> dict[str, object]:
    return {
        "code": one.code, "title": one.title, "law": one.law, "amount": str(one.amount),
        "unit": one.unit.value, "valid_from": one.valid_from.isoformat(),
        "valid_to": one.valid_to and one.valid_to.isoformat(), "level": one.level,
        "source": one.source, "confidence": one.confidence, "own": one.own,
    }  # fmt: skip
