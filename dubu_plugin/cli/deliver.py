"""``dubu deliver``: take what is planned to the other systems, once or for as long as it is let."""

import json
import logging
import signal
import sys
import threading
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from dubu_plugin import app
from dubu_plugin.cli import log
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.delivery.attempt import Outcome
from dubu_plugin.delivery.worker import Report, Worker, deliver_once
from dubu_plugin.settings import Settings
from dubu_plugin.store import outbox, schema

PLURAL = {
    Outcome.DELIVERED: "leveret",
    Outcome.REFUSED: "afvist, venter på et menneske",
    Outcome.UNKNOWN: "ukendt, slås op næste gang",
    Outcome.POSTPONED: "udsat, fordi ingen svarede",
    Outcome.TAKEN: "taget af en anden",
}


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    whole.command()(deliver)


def deliver(
    once: Annotated[
        bool, typer.Option("--once", help="Lever det, der kan leveres, og slut.")
    ] = False,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Lever det, der ligger og venter: dokumenter, notater, breve.

    Med --once: 0 når alt er leveret, 1 når noget er afvist, 3 når et andet system ikke svarede.

    Eksempel: dubu deliver --once --config /srv/dubu/dubu.toml
    """
    product = app.build(Settings.found(config))
    schema.require_newest(product.store.engine)
    if not once:
        _until_told(product)
        return
    with product.store.read() as connection:
        waiting = sum(outbox.backlog(connection).values())
    with Progress(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("Leverer", total=waiting)
        report = deliver_once(
            product, progress=lambda so_far: bars.update(bar, completed=so_far.tried)
        )
    _tell(report, as_json=as_json)
    if report.outcomes[Outcome.REFUSED]:
        raise typer.Exit(1)
    if report.outcomes[Outcome.POSTPONED] or report.outcomes[Outcome.UNKNOWN]:
        raise typer.Exit(3)


def _tell(report: Report, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({outcome.value: report.outcomes[outcome] for outcome in Outcome}))
        return
    for outcome, words in PLURAL.items():
        if report.outcomes[outcome]:
            print(f"{report.outcomes[outcome]} {words}")
    if not report.tried:
        print("Der var intet at levere.")


def _until_told(product: app.Product) -> None:
    """Deliver until somebody presses Ctrl-C or the machine asks us to end."""
    log.to_stderr(logging.INFO)
    told = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        told.set()

    worker = Worker(product)
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, end)
    worker.start()
    print("Leverer, til du trykker Ctrl-C.", file=sys.stderr)
    told.wait()
    if not worker.stop():
        raise typer.Exit(1)
