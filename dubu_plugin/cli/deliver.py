"""``dubu deliver``: take what is planned to the other systems, once or for as long as it is let."""

import json
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from functools import partial
from types import FrameType
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import Progress

from dubu_plugin import app
from dubu_plugin.cli import log
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.delivery.attempt import Outcome
from dubu_plugin.delivery.chores import every_minute
from dubu_plugin.delivery.sentences import why
from dubu_plugin.delivery.worker import Report, Worker, deliver_once
from dubu_plugin.domain.danish import moment_text
from dubu_plugin.domain.danish_time import danish
from dubu_plugin.settings import Settings
from dubu_plugin.store import outbox
from dubu_plugin.store.outbox import Held, Waiting

MOST: Final = 100
"""How many of those that wait for a person are listed, the oldest first."""

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

    Med --once: 0 når alt er leveret, 1 når noget venter på et menneske, 3 når et andet system ikke
    svarede.

    Eksempel: dubu deliver --once --config /srv/dubu/dubu.toml
    """
    product = app.build(Settings.found(config))
    app.require_whole(product)
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
    with product.store.read() as connection:
        stuck = outbox.stuck(connection, limit=MOST)
        held = outbox.held(connection, now=product.clock())
    _tell(report, stuck, held, as_json=as_json)
    if stuck:
        raise typer.Exit(1)
    if report.outcomes[Outcome.POSTPONED] or report.outcomes[Outcome.UNKNOWN]:
        raise typer.Exit(3)


def _tell(report: Report, stuck: Sequence[Waiting], held: Held, *, as_json: bool) -> None:
    if as_json:
        counts = {outcome.value: report.outcomes[outcome] for outcome in Outcome}
        until = danish(held.until).isoformat() if held.until else None
        left = {"venter_paa_menneske": len(stuck), "holdes": held.rows, "holdes_til": until}
        print(json.dumps(counts | left))
        return
    for outcome, words in PLURAL.items():
        if report.outcomes[outcome]:
            print(f"{report.outcomes[outcome]} {words}")
    if held.until is not None:
        print(
            f"{held.rows} holdes af en anden proces til {moment_text(held.until)}. "
            "Er den standset, bliver de taget derefter."
        )
    if not report.tried and not held.rows:
        print("Der var intet at levere.")
    for row in stuck:
        print(f"Venter på et menneske: {row.kind}, nøgle {row.key}. {why(row.error)}")


def _until_told(product: app.Product) -> None:
    """Deliver until somebody presses Ctrl-C or the machine asks us to end."""
    log.to_stderr(logging.INFO)
    told = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        told.set()

    worker = Worker(product, chores=partial(every_minute, product))
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, end)
    worker.start()
    print("Leverer, til du trykker Ctrl-C.", file=sys.stderr)
    told.wait()
    if not worker.stop():
        raise typer.Exit(1)
