"""Typer's own words in Danish: the headings of the help, and what it says of wrong use.

Typer holds its sentences in English in its code, so they are turned here, where they come out:
`in_danish` makes every command speak so. What is not in the table is ours, and Danish already.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

import typer
from rich.console import Console
from rich.prompt import Confirm
from typer import rich_utils
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.models import TyperInfo

STOPPED: Final = 130
"""The exit status after Ctrl-C, as shells have it."""
HELP: Final = "Vis denne hjælp, og slut."
OPTIONS: Final = "[VALG]"
COMMAND: Final = "KOMMANDO [VALG]..."

KINDS: Final[Mapping[str, str]] = {
    "<bool>": "",
    "<str>": "<tekst>",
    "<path>": "<sti>",
    "<int>": "<tal>",
    "<int range>": "<tal>",
    "<list[Path]>": "<filer>",
}
"""What an option is given, as Typer writes it and as we do."""

SENTENCES: Final[Sequence[tuple[str, str]]] = (
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"Valget \1 findes ikke. Mente du \2?"),
    (r"No such option: (\S+)", r"Valget \1 findes ikke."),
    (r"No such command '(.+?)'\. Did you mean (.+)\?", r"Kommandoen \1 findes ikke. Mente du \2?"),
    (r"No such command '(.+?)'\.", r"Kommandoen \1 findes ikke."),
    (r"Missing command\.", r"Skriv, hvilken kommando du vil bruge."),
    (r"Missing option '(.+?)'\.(?: Choose from:(.+))?", r"Valget \1 mangler.\2"),
    (r"Missing argument '(.+?)'\. Choose from:\s*(.+)", r"Skriv \1. Vælg mellem \2."),
    (r"Missing argument '(.+?)'\.", r"Skriv \1: det mangler."),
    (r"Got unexpected extra argument\(s\) \((.+)\)", r"Der står for meget: \1."),
    (r"Option '(.+?)' requires an argument\.", r"Efter \1 mangler der en værdi."),
    (r"Option '(.+?)' requires (\d+) arguments\.", r"Efter \1 skal der stå \2 værdier."),
    (r"Option '(.+?)' does not take a value\.", r"Der skal ikke stå noget efter \1."),
    (r"Argument '(.+?)' takes (\d+) values\.", r"Der skal stå \2 værdier i \1."),
    (r"Invalid value(?: for '(.+?)')?: (?:Value error, )?'?(.*?)'? is not one of (.+)\.",
     r"\1: »\2« kan ikke vælges. Vælg mellem \3."),
    (r"Invalid value(?: for '(.+?)')?: Input should be a valid integer.*",
     r"\1: det skal være et helt tal."),
    (r"Invalid value(?: for '(.+?)')?: Input should be less than or equal to (.+)",
     r"\1: det må højst være \2."),
    (r"Invalid value(?: for '(.+?)')?: Input should be greater than or equal to (.+)",
     r"\1: det skal mindst være \2."),
    (r"Invalid value(?: for '(.+?)')?: (?:Value error, )?\w+ '(.+)' does not exist\.",
     r"Der er ingen fil \2. Se stavningen."),
    (r"Invalid value(?: for '(.+?)')?: (?:Value error, )?\w+ '(.+)' is a directory\.",
     r"\2 er en mappe. Skriv en fil."),
    (r"Invalid value(?: for '(.+?)')?: (?:Value error, )?\w+ '(.+)' is a file\.",
     r"\2 er en fil. Skriv en mappe."),
    (r"Invalid value(?: for '(.+?)')?: (?:Value error, )?\w+ '(.+)' is not readable\.",
     r"Filen \2 må ikke læses. Bed om lov til den, eller tag en kopi."),
    (r"Invalid value(?: for '(.+?)')?: (?:Value error, )?\w+ '(.+)' is not writable\.",
     r"Der må ikke skrives i \2."),
    (r"Invalid value for '?(.+?)'?: (.+)", r"\1: \2"),
    (r"Invalid value: (.+)", r"\1"),
)  # fmt: skip
"""What Typer says, as a pattern, and what we say. The first that fits is taken."""


def translated(said: str) -> str:
    """Return a sentence of Typer's in Danish; one that is not known is returned as it is."""
    for pattern, sentence in SENTENCES:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            whole = " ".join(found.expand(sentence).split())
            return whole.removeprefix(": ").replace("'", "").replace(" / ", " eller ")
    return said


def in_danish(whole: typer.Typer) -> typer.Typer:
    """Make every command and group of a command line speak Danish, those in groups too."""
    _told_of_group(whole.info)
    for command in whole.registered_commands:
        command.cls = _Command
        command.options_metavar = OPTIONS
    for group in whole.registered_groups:
        if group.typer_instance is not None:
            _told_of_group(group)
            in_danish(group.typer_instance)
    return whole


def _told_of_group(info: TyperInfo) -> None:
    info.cls = _Group
    info.options_metavar = OPTIONS
    info.subcommand_metavar = COMMAND


def complain(sentence: str) -> None:
    """Say something on standard error, as it stands: a bracket in it is a bracket."""
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(sentence)


def sure(question: str) -> None:
    """Ask a question that must be answered yes to go on.

    :raises typer.Abort: it was not.
    """
    try:
        if _YesNo.ask(question, console=Console(stderr=True), default=False):
            return
    except EOFError:
        pass
    raise typer.Abort


class _YesNo(Confirm):
    """A question answered in Danish."""

    choices: list[str] = ["ja", "nej"]  # noqa: RUF012  the library reads it off the class
    validate_error_message = "Svar ja eller nej."


class _Danish:
    """What a command and a group say in Danish. Stands before Typer's own class of either."""

    help: str | None
    params: list[Any]

    def __init__(self, *named: str | None, **said: Any) -> None:
        super().__init__(*named, **said)
        self.help = _unwrapped(self.help)
        _dress(self.params)

    def get_usage(self, ctx: Any) -> str:
        """See `TyperCommand.get_usage`."""
        return _usage(super().get_usage(ctx))  # type: ignore[misc]

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """See `TyperCommand.get_help_option`."""
        return _help(super().get_help_option(ctx))  # type: ignore[misc]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """See `TyperCommand.format_help`."""
        _headings()
        super().format_help(ctx, formatter)  # type: ignore[misc]


class _Command(_Danish, TyperCommand):
    """A command that speaks Danish."""


class _Group(_Danish, TyperGroup):
    """A group that speaks Danish, also of what goes wrong in its commands."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """See `TyperGroup.main`; the program's own way to end is here, with what it says."""
        said = (args, prog_name, complete_var, False, windows_expand_args)
        if not standalone_mode:
            return super().main(*said, **extra)
        try:
            status = super().main(*said, **extra)
        except typer.TyperException as slip:
            _refuse(slip)
            sys.exit(slip.exit_code)
        except typer.Abort:
            print("Afbrudt. Der er ikke gjort noget.", file=sys.stderr)
            sys.exit(1)
        if status == STOPPED:
            print("\nStoppet. Tak for nu.", file=sys.stderr)
        sys.exit(status if isinstance(status, int) else 0)


def _unwrapped(text: str | None) -> str | None:
    """Return a docstring with each paragraph on one line, to be wrapped to the screen's width."""
    if text is None:
        return None
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def _dress(params: Sequence[object]) -> None:
    """Have the kinds of what is given written in Danish, in the lists of the help."""
    for param in params:
        if not isinstance(param, TyperOption | TyperArgument):
            continue
        english = param.display_type

        def kind(ctx: Any, english: Any = english) -> str:
            said: str = english(ctx)
            return KINDS.get(said, said)

        param.display_type = kind  # type: ignore[method-assign]


def _usage(english: str) -> str:
    return english.replace("Usage: ", "Brug: ", 1)


def _help(option: TyperOption | None) -> TyperOption | None:
    if option is not None and option.help != HELP:
        option.help = HELP
        _dress([option])
    return option


def _headings() -> None:
    """Set the headings Typer writes over its lists; it has them as settings of a module."""
    rich_utils.ARGUMENTS_PANEL_TITLE = "Det, der skrives efter"
    rich_utils.OPTIONS_PANEL_TITLE = "Valg"
    rich_utils.COMMANDS_PANEL_TITLE = "Kommandoer"
    rich_utils.DEFAULT_STRING = "[ellers: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[skal gives]"


def _refuse(slip: typer.TyperException) -> None:
    """Say what is wrong with what was written, and where to read how it should be."""
    if type(slip).__name__ == "NoArgsIsHelpError":
        return  # the help is on the screen already, and is the answer
    ctx = getattr(slip, "ctx", None)
    complain(translated(slip.format_message()))
    if ctx is not None:
        complain(f"{ctx.get_usage()}\nLæs mere: {ctx.command_path} --help")
