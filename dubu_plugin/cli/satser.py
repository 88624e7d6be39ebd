"""``dubu satser``: the rates of a day, and the municipality's own put in and taken out."""

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from dubu_plugin import app
from dubu_plugin.app import Product
from dubu_plugin.cli.danish import sure
from dubu_plugin.cli.frister_rules import installed
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.cli.own_files import AT_THE_SERVER, there
from dubu_plugin.domain.satser import Sats, Satser
from dubu_plugin.kataloger.satskatalog import amount_words, delivered, own_rows
from dubu_plugin.settings import Settings
from dubu_plugin.store.egne import egne_satser
from dubu_plugin.store.egne.egne_satser import Kept
from dubu_plugin.usecases.sats.change_sats import put_in_file, take_out_file
from dubu_plugin.usecases.sats.doubt import doubts

File = Annotated[Path, typer.Argument(metavar="FIL", help="En fil med satser (TOML).")]
TYPED = "Lagt ind på siden"


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
    found = _book(config).in_force(day.date())
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
    beside = _beside(_own(config), file.name)
    found = own_rows(there(file), delivered(app.RATES), beside)
    print(f"{file} kan lægges ind.")
    _tell(found)
    for sentence in _doubts(found, beside):
        print(f"SE EFTER: {sentence}")


def add(
    file: File,
    config: Config = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Beløb, der ligger langt fra de gamle, er rigtige.")
    ] = False,
) -> None:
    """Læg en fil med satser ind. Den, der serverer, ser den med det samme.

    Ligger et beløb langt fra det, der gjaldt, spørges der, om det er rigtigt.

    Afgørelser, der er truffet, beholder deres beregning; på afgørelsen står et forslag til en ny.

    Eksempel: dubu satser add satser-2027.toml
    """
    product = _product(Settings.found(config))
    with closing(product.store):
        with product.store.read() as connection:
            standing = egne_satser.standing(connection)
        beside = _beside(standing, file.name)
        found = own_rows(there(file), product.rates, beside)
        for sentence in () if yes else _doubts(found, beside):
            sure(f"{sentence} Er det rigtigt?")
        put_in_file(found, file.name, product=product, asker=AT_THE_SERVER, now=product.clock())
    print(f"Satserne i {file.name} gælder nu.")
    _tell(found)
    print(f"Tag dem ud igen med »dubu satser remove {file.name}«.")


def remove(
    name: Annotated[str, typer.Argument(metavar="FIL", help="Filens navn, fx satser-2027.toml.")],
    config: Config = None,
) -> None:
    """Tag de satser ud, der kom med en fil. De står stadig under ændringerne på siden.

    Eksempel: dubu satser remove satser-2027.toml
    """
    product = _product(Settings.found(config))
    whole = name if name.endswith(".toml") else f"{name}.toml"
    with closing(product.store):
        take_out_file(whole, product=product, asker=AT_THE_SERVER, now=product.clock())
    print(f"{whole} er taget ud. Filen kan lægges ind igen.")


def own_files(config: Config = None, as_json: AsJson = False) -> None:
    """Vis kommunens egne satser, og hvilken fil de kom med.

    Eksempel: dubu satser files
    """
    found: dict[str, list[Sats]] = {}
    for one in _own(config):
        found.setdefault(one.file, []).append(one.row)
    if as_json:
        told = [
            {"file": name or None, "rates": [_told(one) for one in its]}
            for name, its in found.items()
        ]
        print(json.dumps(told, ensure_ascii=False))
        return
    for name, its in found.items():
        print(name or TYPED)
        _tell(its)
    if not found:
        print("Kommunen har ikke lagt egne satser ind.")


def _book(config: Path | None) -> Satser:
    """Return the rates of the installation; without a dubu.toml, as they are delivered."""
    return Satser([*delivered(app.RATES).rows, *(one.row for one in _own(config))])


def _own(config: Path | None) -> Sequence[Kept]:
    """Return the installation's own rates; none without a dubu.toml."""
    settings = installed(config)
    if settings is None:
        return ()
    product = _product(settings)
    with closing(product.store), product.store.read() as connection:
        return egne_satser.standing(connection)


def _beside(standing: Sequence[Kept], name: str) -> Sequence[tuple[Sats, str]]:
    """Return what stands beside a file: not what came by a file of its own name."""
    return [(one.row, one.file) for one in standing if one.file != name]


def _doubts(found: Sequence[Sats], beside: Sequence[tuple[Sats, str]]) -> Sequence[str]:
    return doubts(Satser([*delivered(app.RATES).rows, *(one for one, _ in beside)]), found)


def _product(settings: Settings) -> Product:
    product = app.build(settings)
    app.require_own(product)
    return product


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
