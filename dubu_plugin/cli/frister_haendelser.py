"""``dubu frister haendelser``: what can happen on a case, as a rule file names it."""

import json
from typing import Annotated

import typer

from dubu_plugin.cli.frister_rules import happening
from dubu_plugin.cli.options import AsJson
from dubu_plugin.domain.haendelser import Haendelse


def haendelser(
    part: Annotated[
        str, typer.Argument(metavar="ORD", help="Kun dem, hvor dette står i navnet, fx møde.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Vis, hvad der kan ske på en sag, med det ord, der skrives i en fil med regler eller planer.

    1, hvis der ikke er noget med det ord.

    Eksempel: dubu frister haendelser underretning
    """
    told = {what.value: happening(what) for what in sorted(Haendelse)}
    found = {
        name: words
        for name, words in told.items()
        if part.casefold() in f"{name} {words}".casefold()
    }
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        for name, words in found.items():
            print(f"{name}: {words}")
    if not found:
        typer.echo(f"Der er ikke noget med »{part}«. Se dem alle uden et ord.", err=True)
        raise typer.Exit(1)
