"""``dubu metode``: the methods of the installation, and the municipality's own put in and out."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dubu_plugin import app, plugins
from dubu_plugin.cli.frister_rules import installed
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.cli.own_files import there
from dubu_plugin.domain.aldersbaand import AgeBand
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.frister.ownfolder import FileRefused
from dubu_plugin.metode.method import Guidance, Method
from dubu_plugin.metode.methodbook import MethodBook
from dubu_plugin.metode.methodfiles import MethodFiles
from dubu_plugin.metode.words import used_words
from dubu_plugin.settings import Settings
from dubu_plugin.store.skrift import method_use

File = Annotated[Path, typer.Argument(metavar="FIL", help="En fil med en metode (TOML).")]
Code = Annotated[str, typer.Argument(metavar="KODE", help="Metodens kode, fx ics_2019.")]


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    commands = typer.Typer(
        no_args_is_help=True,
        help="Metoder: dem, der er, og kommunens egne lagt ind og taget ud.\n\n"
        "Eksempel: dubu metode list",
    )
    commands.command("list")(list_methods)
    commands.command("show")(show)
    commands.command("check")(check)
    commands.command("install")(install)
    commands.command("remove")(remove)
    whole.add_typer(commands, name="metode")


def list_methods(config: Config = None, as_json: AsJson = False) -> None:
    """Vis metoderne, og hvilken af dem nye undersøgelser begynder med i dag.

    Eksempel: dubu metode list
    """
    methods = _methods(config)
    book, today = methods.book, _today()
    if as_json:
        told = [_line(book, methods, one, today) for one in book.methods]
        print(json.dumps(told, ensure_ascii=False))
        return
    table = Table("Kode", "Udgave", "Metode", "Bruges til nye", "I dag", "Egen")
    for one in book.methods:
        table.add_row(
            one.code,
            one.version,
            escape(one.title),
            used_words(one),
            "ja" if book.current(today, one.kind) is one else "nej",
            "ja" if methods.is_own(one) else "nej",
        )
    Console().print(table)


def show(
    code: Code,
    version: Annotated[
        str, typer.Option("--version", help="En bestemt udgave; ellers den nyeste.")
    ] = "",
    band: Annotated[
        AgeBand | None, typer.Option("--band", help="Vis også vejledningen til den alder.")
    ] = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Vis en metode: sider, dimensioner og felter, og vejledningen til en alder.

    Eksempel: dubu metode show ics_2019 --band aar_6_9
    """
    book = _methods(config).book
    found = [one for one in book.versions(code) if version in ("", one.version)]
    if not found:
        raise FileRefused(
            f"Der er ingen metode {code} {version}".rstrip() + ". Se dem med »dubu metode list«."
        )
    if as_json:
        print(json.dumps(_told(book, found[-1], band), ensure_ascii=False))
    else:
        _print(book, found[-1], band)


def check(file: File, config: Config = None) -> None:
    """Sig, om en fil kan lægges ind. 2, med fil, linje og grund, hvis den ikke kan.

    Eksempel: dubu metode check vores_metode.toml
    """
    method = _methods(config).check(there(file))
    print(
        f"{file} kan lægges ind: {method.title}, {method.code} udgave {method.version}, "
        f"{used_words(method)}, {len(method.dimensions)} dimensioner."
    )


def install(file: File, config: Config = None) -> None:
    """Læg en metode ind. Den, der serverer, ser den med det samme; gamle sager beholder deres.

    Eksempel: dubu metode install vores_metode.toml
    """
    methods = app.method_files(plugins.build(), Settings.found(config))
    method = methods.install(there(file))
    print(
        f"{method.title}, {method.code} udgave {method.version}, ligger nu i {methods.own}. "
        f"Nye sager begynder med den {used_words(method)}."
    )


def remove(
    code: Annotated[
        str, typer.Argument(metavar="KODE", help="Metodens kode, eller navnet på dens fil.")
    ],
    version: Annotated[
        str, typer.Argument(metavar="UDGAVE", help="Udgaven, fx 1. Uden: navnet er en fils.")
    ] = "",
    config: Config = None,
) -> None:
    """Tag en af kommunens egne metoder ud. Filen flyttes og kan lægges ind igen. 1, hvis en sag
    har den. En fil, der ikke kan bruges, kan altid tages ud ved sit navn.

    Eksempel: dubu metode remove vores_metode 1
    """
    product = app.build(Settings.found(config))
    app.require_own(product)
    with product.store.read() as connection:
        aside = product.methods.remove(
            code,
            version,
            used=lambda code, version: method_use.in_use(connection, code, version),
        )
    named = f"{code} udgave {version}" if version else code
    print(f"{named} er taget ud. Den kan lægges ind igen fra {aside}.")


def _methods(config: Path | None) -> MethodFiles:
    """Return the methods of the installation; without a dubu.toml, as they are delivered."""
    methods = app.method_files(plugins.build(), installed(config) or Settings())
    for slip in methods.left_out.values():
        typer.echo(f"OBS: ladt ude, for den kan ikke bruges: {slip}", err=True)
    return methods


def _today() -> date:
    return danish_day(app.wall_clock())


def _line(book: MethodBook, methods: MethodFiles, one: Method, today: date) -> dict[str, Any]:
    return {
        "method": one.code,
        "version": one.version,
        "kind": one.kind.value,
        "title": one.title,
        "valid_from": one.valid_from.isoformat(),
        "valid_to": one.valid_to and one.valid_to.isoformat(),
        "current": book.current(today, one.kind) is one,
        "own": methods.is_own(one),
        "confidence": one.confidence,
    }


def _told(book: MethodBook, one: Method, band: AgeBand | None) -> dict[str, Any]:
    def questions(dimension: str) -> dict[str, list[str]] | None:
        if band is None:
            return None
        found = book.guidance(one, dimension, band)
        return {"questions": list(found.questions), "ours": list(found.ours)}

    return {
        "method": one.code,
        "version": one.version,
        "title": one.title,
        "source": one.source,
        "confidence": one.confidence,
        "figure": one.figure.value,
        "sides": [
            {
                "side": side.code,
                "title": side.title,
                "dimensions": [
                    {
                        "dimension": each.code,
                        "number": each.number,
                        "title": each.title,
                        "about": each.about,
                        "shown_in": {code: list(to) for code, to in each.shown_in.items()},
                        "guidance": questions(each.code),
                    }
                    for each in one.on_side(side.code)
                ],
            }
            for side in one.sides
        ],
        "fields": [
            {"field": each.code, "title": each.title, "role": each.role.value}
            for each in one.fields
        ],
    }


def _print(book: MethodBook, one: Method, band: AgeBand | None) -> None:
    console = Console(highlight=False)
    console.print(f"[bold]{escape(one.title)}[/bold], {one.code} udgave {one.version}")
    console.print(f"{escape(one.about)} Bruges til nye {used_words(one)}.")
    for side in one.sides:
        console.print(f"\n[bold]{escape(side.title)}[/bold]")
        for each in one.on_side(side.code):
            console.print(f"  {each.number}. {escape(each.title)}: {escape(each.about)}")
            if band is not None:
                _print_guidance(console, book.guidance(one, each.code, band))
    titles = ", ".join(each.title for each in one.fields)
    console.print(f"\nFelter: {escape(titles)}.")
    console.print(f"Kilde: {escape(one.source)}\nHvor sikkert: {escape(one.confidence)}")


def _print_guidance(console: Console, found: Guidance) -> None:
    for question in found.questions:
        console.print(f"     - {escape(question)}")
    for question in found.ours:
        console.print(f"     - {escape(question)} (vores)")
