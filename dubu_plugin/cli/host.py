"""``dubu host``: who works here, where the journal is the one that comes with the program."""

from pathlib import Path
from typing import Annotated

import typer

from dubu_plugin import plugins
from dubu_plugin.cli.options import Config
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.settings import Settings


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    commands = typer.Typer(
        no_args_is_help=True,
        help="Den indbyggede journals enheder og brugere.\n\nEksempel: dubu host users FIL",
    )
    commands.callback()(_nothing)  # else Typer takes a single command for the program itself
    commands.command()(users)
    whole.add_typer(commands, name="host")


def users(
    file: Annotated[
        Path,
        typer.Argument(help="En TOML-fil med en tabel for hver enhed og hver bruger.", exists=True),
    ],
    config: Config = None,
    dry: Annotated[
        bool, typer.Option("--dry-run", help="Sig kun, hvad der ville blive ændret.")
    ] = False,
) -> None:
    """Læg enheder og brugere fra en fil ind i den indbyggede journal, eller ret dem.

    Alt i filen læses, før noget ændres. Det, der ikke står i filen, bliver, som det er; en, der er
    rejst, lukkes ude med »active = false«. Filen må køres igen.

    Eksempel: dubu host users brugere.toml --config /srv/dubu/dubu.toml
    """
    settings = Settings.found(config)
    keeper = plugins.upkeep(plugins.build(), settings)
    if keeper is None:
        raise ConfigurationError(
            "Journalen kører for sig selv: opret enheder og brugere dér. "
            "Kommandoen er til den journal, der følger med."
        )
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError(f"{file} kan ikke læses som tekst i UTF-8.") from None
    for sentence in keeper.staff(text, dry=dry):
        print(sentence)


def _nothing() -> None:
    """Do nothing before the subcommand."""
