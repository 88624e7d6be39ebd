"""``dubu planer``: the activity plans, and whether a file with plans can be used."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from dubu_plugin import app, plugins
from dubu_plugin.aktiviteter.plan import Plan
from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.cli.frister_rules import rule_book
from dubu_plugin.cli.options import AsJson, Config


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    commands = typer.Typer(
        no_args_is_help=True,
        help="Aktivitetsplaner: dem, der er, og om en fil kan bruges.\n\n"
        "Eksempel: dubu planer check skoleskift.toml",
    )
    commands.command("list")(list_plans)
    commands.command("check")(check)
    whole.add_typer(commands, name="planer")


def list_plans(config: Config = None, as_json: AsJson = False) -> None:
    """Vis de planer, der følger med eller ligger i kommunens egne mapper.

    Eksempel: dubu planer list
    """
    plans = _book().plans.values()
    if as_json:
        print(json.dumps([_told(plan) for plan in plans], ensure_ascii=False))
        return
    table = Table("Kode", "Plan", "Hvornår", "Trin", "Udgave")
    for plan in plans:
        table.add_row(plan.code, plan.title, plan.about, str(len(plan.steps)), plan.version)
    Console().print(table)


def check(
    file: Annotated[Path, typer.Argument(help="En fil med [[plan]] eller [[aktivitet]].")],
    config: Config = None,
) -> None:
    """Sig, om en fil kan bruges. 2, med fil, linje og grund, hvis den ikke kan.

    Eksempel: dubu planer check skoleskift.toml
    """
    if not file.is_file():
        raise typer.BadParameter(f"Der er ingen fil {file}.", param_hint="FIL")
    book = _book(file)
    print(f"{file} kan bruges. Der er {len(book.plans)} planer med den.")


def _book(extra: Path | None = None) -> PlanBook:
    """Return the plans of the installation, and those of one more file."""
    folders = app.plan_folders(plugins.build())
    return PlanBook.load([*folders, *([extra] if extra else [])], rule_book())


def _told(plan: Plan) -> dict[str, Any]:
    return {
        "plan": plan.code,
        "title": plan.title,
        "about": plan.about,
        "version": plan.version,
        "applied_on": sorted(plan.applied_on),
        "steps": [
            {
                "activity": step.activity,
                "title": step.title,
                "after": step.after and str(step.after),
                "frist": step.frist or None,
                "role": step.role.value,
                "letter": step.letter or None,
                "lovpligtig": step.lovpligtig,
                "optional": step.optional,
            }
            for step in plan.steps
        ],
    }
