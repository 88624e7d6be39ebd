"""Options that every command has, said in one place."""

from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path | None,
    typer.Option("--config", help="dubu.toml; ellers DUBU_CONFIG, ellers ./dubu.toml."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Skriv ét JSON-dokument, og intet andet.")]
