"""``dubu frister``: the deadline rules, what they come to, and what is due for somebody."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from dubu_plugin import app
from dubu_plugin.cli.frister_compliance import compliance
from dubu_plugin.cli.frister_compute import compute
from dubu_plugin.cli.frister_haendelser import haendelser
from dubu_plugin.cli.frister_own import check, install, own_files, remove
from dubu_plugin.cli.frister_recompute import recompute
from dubu_plugin.cli.frister_rules import WIDE, iso, on
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.domain.access import Act, Decision
from dubu_plugin.domain.danish import moment_text
from dubu_plugin.domain.moede import initials
from dubu_plugin.frister.urgency import Group
from dubu_plugin.settings import Settings
from dubu_plugin.store import read_log, schema
from dubu_plugin.store.min_dag.due_lines import DueLine, due_lines, somebody
from dubu_plugin.store.transaction import SYSTEM

ON_THE_MACHINE = Decision(True, "drift:kommandolinje")
"""Why somebody at the machine's own command line sees a list: they hold the database itself."""

GROUPS = {
    Group.OVERSKREDET: "Overskredet",
    Group.I_DAG: "I dag",
    Group.SNART: "Snart",
    Group.SENERE: "Senere",
}


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    commands = typer.Typer(
        no_args_is_help=True,
        help="Lovens frister: reglerne, og hvad de giver.\n\n"
        "Eksempel: dubu frister list --user karen",
    )
    commands.command("on")(on)
    commands.command("check")(check)
    commands.command("install")(install)
    commands.command("remove")(remove)
    commands.command("files")(own_files)
    commands.command("haendelser")(haendelser)
    commands.command("compute")(compute)
    commands.command("list")(list_due)
    commands.command("compliance")(compliance)
    commands.command("recompute")(recompute)
    whole.add_typer(commands, name="frister")


def list_due(
    user: Annotated[str, typer.Option(help="Medarbejderens nøgle eller login i journalsystemet.")],
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Vis, hvad en medarbejder skal nå, og hvad ingen i enheden har taget endnu.

    Barnet står med initialer; navnet er kun i --json.

    Eksempel: dubu frister list --user karen --json
    """
    product = app.build(Settings.found(config))
    schema.require_newest(product.store.engine)
    now = product.clock()
    with product.store.write(actor=SYSTEM, now=now) as work:
        who = somebody(work.connection, user)
        if who is None:
            raise typer.BadParameter(f"Der er ingen medarbejder »{user}«.", param_hint="--user")
        due = due_lines(work.connection, product.store.rules, who, now)
        read_log.add(
            work.connection,
            at=now,
            employee=SYSTEM,
            act=Act.EXPORT,
            subject_kind="frister",
            subject_id=who.key,
            decision=ON_THE_MACHINE,
        )
    if as_json:
        print(json.dumps([asdict(line) for line in due], ensure_ascii=False, default=iso))
        return
    _print(due)


def _print(due: Sequence[DueLine]) -> None:
    """Print the lines for people: whom by initials and case, since a screen is seen by others."""
    console = Console(highlight=False)
    if not due:
        print("Der er ikke noget, der skal nås.")
    elif console.width < WIDE:
        _print_narrow(console, due)
    else:
        table = Table("", "Senest", "Barn", "Hvad", "Sag", "Ansvarlig")
        for line in due:
            when, what, whom, case, who = _told(line)
            table.add_row(GROUPS[line.group], when, whom, escape(what), escape(case), escape(who))
        console.print(table)


def _print_narrow(console: Console, due: Sequence[DueLine]) -> None:
    group = None
    for line in due:
        if line.group != group:
            group = line.group
            console.print(f"[bold]{GROUPS[group]}[/bold]")
        when, what, whom, case, who = _told(line)
        console.print(Padding(escape(what), (0, 0, 0, 2)))
        about = " · ".join(part for part in (when, whom, case, who) if part)
        console.print(Padding(escape(about), (0, 0, 0, 4)))


def _told(line: DueLine) -> tuple[str, str, str, str, str]:
    """Return when, what, whom, in which case, and who has it."""
    return (
        moment_text(line.due) if line.due else "snarest",
        f"{line.title} + {len(line.more)}" if line.more else line.title,
        initials(line.child) if line.child else "barn ikke fundet endnu",
        line.case or "",
        line.responsible or "ingen endnu",
    )
