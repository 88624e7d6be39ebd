"""``dubu planer``: the activity plans, and the municipality's own put in and taken out."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dubu_plugin import app, plugins
from dubu_plugin.aktiviteter.plan import Plan
from dubu_plugin.aktiviteter.planfiles import PlanFiles
from dubu_plugin.cli.frister_rules import installed, rules_of
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.cli.own_files import there
from dubu_plugin.settings import Settings

File = Annotated[
    Path, typer.Argument(metavar="FIL", help="En fil med planer eller aktiviteter (TOML).")
]


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    commands = typer.Typer(
        no_args_is_help=True,
        help="Aktivitetsplaner: dem, der er, og kommunens egne lagt ind og taget ud.\n\n"
        "Eksempel: dubu planer check skoleskift.toml",
    )
    commands.command("list")(list_plans)
    commands.command("check")(check)
    commands.command("install")(install)
    commands.command("remove")(remove)
    whole.add_typer(commands, name="planer")


def list_plans(config: Config = None, as_json: AsJson = False) -> None:
    """Vis de planer, der følger med eller ligger i kommunens egne mapper.

    Eksempel: dubu planer list
    """
    files = _files(config)
    plans = files.usable().plans.values()
    for slip in files.left_out.values():
        typer.echo(f"OBS: ladt ude, for den kan ikke bruges: {slip}", err=True)
    if as_json:
        print(json.dumps([_told(plan) for plan in plans], ensure_ascii=False))
        return
    table = Table("Kode", "Plan", "Hvornår", "Trin", "Udgave")
    for plan in plans:
        said = escape(plan.title), escape(plan.about), str(len(plan.steps))
        table.add_row(plan.code, *said, plan.version)
    Console().print(table)


def check(
    file: File,
    config: Config = None,
) -> None:
    """Sig, om en fil kan bruges. 2, med fil, linje og grund, hvis den ikke kan.

    Eksempel: dubu planer check skoleskift.toml
    """
    book = _files(config).check(there(file))
    print(f"{file} kan bruges. Der er {len(book.plans)} planer med den.")


def install(file: File, config: Config = None) -> None:
    """Læg en fil med planer ind. Den bruges, når den, der serverer, startes igen.

    En plan med en kode, der er i brug, træder i stedet for den. Sager beholder den, de har.

    Eksempel: dubu planer install skoleskift.toml
    """
    Settings.found(config)  # there must be an installation to put it in
    files = _files(config)
    book = files.install(there(file))
    print(
        f"{file.name} ligger nu i {files.own}. Der er {len(book.plans)} planer med den. Den "
        f"bruges, når »dubu serve« startes igen. Tag den ud med »dubu planer remove {file.name}«."
    )


def remove(
    name: Annotated[str, typer.Argument(metavar="FIL", help="Filens navn, fx skoleskift.toml.")],
    config: Config = None,
) -> None:
    """Tag en af kommunens egne filer ud. Den flyttes og kan lægges ind igen.

    Eksempel: dubu planer remove skoleskift.toml
    """
    Settings.found(config)
    aside = _files(config).remove(name)
    print(
        f"{name} er taget ud, når »dubu serve« startes igen. Sager beholder de planer, de har. "
        f"Den kan lægges ind igen fra {aside}."
    )


def _files(config: Path | None) -> PlanFiles:
    """Return the plans of the installation; without a dubu.toml, as they are delivered."""
    manager, settings = plugins.build(), installed(config)
    rules = rules_of(settings)
    settings = settings or Settings()
    return app.plan_files(manager, settings, rules, app.letter_shelf(manager, settings))


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
