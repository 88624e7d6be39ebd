"""The command line: one module a subcommand, each with an `add_to` that puts it on the program.

Exit status: 0 done · 1 the answer is no · 2 wrong use · 3 another system is not there.
"""

import sys
from importlib import import_module
from typing import Final

import typer
from rich.console import Console

from dubu_plugin.cli import log
from dubu_plugin.cli.danish import in_danish
from dubu_plugin.errors import AdapterError, CaseworkError, ConfigurationError

SUBCOMMANDS: Final = (
    "demo",
    "serve",
    "check",
    "db",
    "intake",
    "frister",
    "deliver",
    "bench",
)


def program() -> typer.Typer:
    """Return the whole command line."""
    whole = typer.Typer(
        name="dubu",
        help="Børnesager i kommunens journalsystem.\n\nEksempel: dubu demo",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
    )
    for name in SUBCOMMANDS:
        import_module(f"dubu_plugin.cli.{name}").add_to(whole)
    return in_danish(whole)


def main() -> None:
    """Run the command line, and turn an error that was foreseen into a sentence and a status."""
    complain = Console(stderr=True).print
    log.to_stderr()
    try:
        program()(prog_name="dubu")
    except ConfigurationError as slip:
        complain(f"[bold]Opsætningen er ikke i orden.[/] {slip}", highlight=False)
        sys.exit(2)
    except CaseworkError as no:
        complain(no.for_people(), highlight=False)
        sys.exit(1)
    except AdapterError as silence:
        complain(
            f"{silence.system} svarede ikke, som det skulle ({type(silence).__name__}). "
            "Prøv igen om lidt, og se »dubu check«.",
            highlight=False,
        )
        sys.exit(3)
