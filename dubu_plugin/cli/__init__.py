"""The command line: one module a subcommand, each with an `add_to` that puts it on the program.

Exit status: 0 done · 1 the answer is no · 2 wrong use · 3 another system is not there.
"""

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Final

import typer

from dubu_plugin.cli import danish, log
from dubu_plugin.cli.beginning import unswept
from dubu_plugin.errors import AdapterError, CaseworkError, ConfigurationError
from dubu_plugin.frister.rowfile import RowError
from dubu_plugin.store.failures import FULL_DISK

SUBCOMMANDS: Final = (
    "demo",
    "serve",
    "check",
    "db",
    "host",
    "intake",
    "frister",
    "planer",
    "metode",
    "satser",
    "svarfrister",
    "search",
    "deliver",
    "bench",
)


def program(only: str | None = None) -> typer.Typer:
    """Return the command line.

    :param only: the one subcommand that is run. The others are then not read in, which is most of
        what it costs to begin.
    """
    whole = typer.Typer(
        name="dubu",
        help="Børnesager i kommunens journalsystem.\n\nEksempel: dubu demo",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
    )
    for name in [only] if only in SUBCOMMANDS else SUBCOMMANDS:
        import_module(f"dubu_plugin.cli.{name}").add_to(whole)
    if only in SUBCOMMANDS:
        whole.callback()(_nothing)  # else Typer takes a single command for the program itself
    return danish.in_danish(whole)


def _nothing() -> None:
    """Do nothing before the subcommand."""


def main() -> None:
    """Run the command line, and turn an error that was foreseen into a sentence and a status."""
    log.to_stderr()
    try:
        try:
            with unswept():
                command = program(next(iter(sys.argv[1:]), None))
            command(prog_name="dubu")
        finally:
            with suppress(BrokenPipeError):
                sys.stdout.flush()
    except RowError as slip:  # a file somebody is working on, and no setting
        danish.complain(f"Filen kan ikke bruges. {slip}")
        sys.exit(2)
    except ConfigurationError as slip:
        danish.complain(f"Opsætningen er ikke i orden. {slip}")
        sys.exit(2)
    except CaseworkError as no:
        danish.complain(no.for_people())
        sys.exit(1)
    except AdapterError as silence:
        danish.complain(
            f"{silence.system} svarede ikke, som det skulle ({type(silence).__name__}). "
            "Prøv igen om lidt, og se »dubu check«."
        )
        sys.exit(3)
    except OSError as no:
        if no.errno not in FULL_DISK:
            raise
        # What is left of the answer cannot be written at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        danish.complain(
            "Disken er fuld, så svaret kunne ikke skrives. Ryd op, og kør kommandoen igen: "
            "det, der blev gemt, bliver ikke gemt to gange."
        )
        sys.exit(1)
