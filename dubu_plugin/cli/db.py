"""``dubu db``: bring the database to the newest shape, take it back, or see where it stands."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from dubu_plugin import app, plugins
from dubu_plugin.cli.danish import sure
from dubu_plugin.cli.options import Config
from dubu_plugin.settings import Settings
from dubu_plugin.store import schema
from dubu_plugin.store.database import Store, engine_for
from dubu_plugin.store.differences import differences
from dubu_plugin.usecases.upkeep.first_rules import first_rules
from dubu_plugin.usecases.upkeep.set_up import set_up


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    commands = typer.Typer(
        no_args_is_help=True,
        help="Databasens form: se den, og skift udgave.\n\nEksempel: dubu db upgrade",
    )
    for command in (upgrade, downgrade, current, check):
        commands.command()(command)
    whole.add_typer(commands, name="db")


def upgrade(
    config: Config = None,
    to: Annotated[str, typer.Option(help="Udgaven, fx 0002.")] = schema.NEWEST,
    sql: Annotated[bool, typer.Option(help="Vis SQL'en, og rør ingenting.")] = False,
    join: Annotated[
        bool,
        typer.Option(
            "--join", help="Lav også det nyt, der mangler fra en installation, der var sat op."
        ),
    ] = False,
) -> None:
    """Bring databasen til den nyeste udgave. Er intet sat op endnu, bliver det hele lavet.

    Det er kun her og i »dubu demo«, at databaser og mapper bliver lavet, og de mærkes, så de kan
    kendes fra en anden installations. Mangler noget af det, der var, så svares nej.

    Eksempel: dubu db upgrade --config /srv/dubu/dubu.toml
    """
    settings = Settings.found(config)
    url = settings.database_url
    if sql:
        print(schema.script(url, to))
        return
    if to == schema.NEWEST:
        found, now = plugins.build(), datetime.now(UTC)
        set_up(settings, plugins.upkeep(found, settings), now=now, join=join)
        store = Store.connect(url, app.rule_files(found, settings).usable())
        first_rules(store, now=now)
        store.close()
    else:
        schema.upgrade(url, to)
    print(f"Databasen har nu udgave {schema.current(engine_for(url))}.")


def downgrade(
    to: Annotated[str, typer.Argument(help="Udgaven at gå tilbage til, fx 0002; »base« er tom.")],
    config: Config = None,
    yes: Annotated[bool, typer.Option("--yes", help="Spørg ikke.")] = False,
) -> None:
    """Tag databasen tilbage til en ældre udgave. Det, den ikke har plads til, bliver slettet.

    Eksempel: dubu db downgrade 0002 --config /srv/dubu/dubu.toml
    """
    url = Settings.found(config).database_url
    if not yes:
        sure(f"Alt, hvad der er nyere end {to}, slettes. Er der taget en kopi?")
    schema.downgrade(url, to)
    print(f"Databasen har nu udgave {schema.current(engine_for(url)) or 'ingen'}.")


def current(config: Config = None) -> None:
    """Vis databasens udgave. Svarer nej (1), hvis det ikke er den, programmet bruger.

    Eksempel: dubu db current
    """
    found = schema.current(engine_for(Settings.found(config).database_url))
    print(found or "ingen")
    if found != schema.newest():
        raise typer.Exit(1)


def check(config: Config = None) -> None:
    """Sammenlign databasen med programmet, tabel for tabel. Svarer nej (1), hvis de er forskellige.

    Ser også efter, om det, der skal forhindre, at hændelser bliver ændret, er der.

    Eksempel: dubu db check
    """
    engine = engine_for(Settings.found(config).database_url)
    schema.require_newest(engine)
    found = differences(engine)
    for sentence in found:
        print(sentence)
    if found:
        raise typer.Exit(1)
    print(f"Databasen er som programmet venter: udgave {schema.newest()}.")
