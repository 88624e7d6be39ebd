"""``dubu search``: what is found by searching."""

import json

import typer
from rich.console import Console
from rich.progress import Progress

from dubu_plugin import app
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.domain.danish import whole_text
from dubu_plugin.settings import Settings
from dubu_plugin.usecases.upkeep.reindex import reindex as go_over


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    commands = typer.Typer(
        no_args_is_help=True,
        help="Det, der findes, når nogen søger.\n\nEksempel: dubu search reindex",
    )
    commands.command("reindex")(reindex)
    commands.callback()(_nothing)  # else Typer takes a single command for the program itself
    whole.add_typer(commands, name="search")


def _nothing() -> None:
    """Do nothing before the subcommand."""


def reindex(config: Config = None, as_json: AsJson = False) -> None:
    """Gør ældre sager og underretninger lige så søgbare som nye, for eksempel på adresse.

    Kør det efter en opgradering. Andre kan arbejde imens; afbrydes det, så kør det igen.

    Eksempel: dubu search reindex --config /srv/dubu/dubu.toml
    """
    product = app.build(Settings.found(config))
    app.require_whole(product)
    with Progress(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("Går søgeordene igennem", total=None)
        found = go_over(
            product.store,
            progress=lambda done, of: bars.update(bar, completed=done, total=of),
        )
    if as_json:
        told = {kind: {"seen": seen, "changed": new} for kind, (seen, new) in found.items()}
        print(json.dumps(told, ensure_ascii=False))
        return
    for kind, (seen, new) in found.items():
        title = {"sag": "sager", "underretning": "underretninger"}[kind]
        print(f"{whole_text(seen)} {title} set efter, {whole_text(new)} fik andre søgeord.")
