"""``dubu intake``: take files in as if they had come by post, and prove that nothing is lost."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Final
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import Progress

from dubu_plugin import app
from dubu_plugin.cli import disks
from dubu_plugin.cli.danish import complain
from dubu_plugin.cli.intake_lines import Line, line_object, print_line, print_proof, proof_object
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.delivery.patience import Moving, while_moving
from dubu_plugin.delivery.worker import Report, deliver_once
from dubu_plugin.domain.danish_time import understood
from dubu_plugin.domain.intake import InTheFuture, NotTaken, Remark, Status
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.intake import from_disk
from dubu_plugin.ports.post import Channel
from dubu_plugin.settings import Settings
from dubu_plugin.store import outbox
from dubu_plugin.store.failures import StorageError
from dubu_plugin.store.keys import sag_lane, underretning_lane
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.usecases.underretning.outcome import outcome
from dubu_plugin.usecases.underretning.receive import Incoming, Receipt, receive
from dubu_plugin.usecases.underretning.received_at import TooLongAgo
from dubu_plugin.usecases.underretning.received_at import received_at as insist_on_receipt
from dubu_plugin.usecases.underretning.reconcile import reconcile

LANES_AT_A_TIME: Final = 200
PATIENCE: Final = 2.0
"""How long, in seconds, the answer waits for a journal in which nothing moves. What is stored is
stored; the rest is delivered by `dubu serve`, or the next time somebody delivers."""

Tick = Callable[[], None]


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    whole.command()(intake)


def intake(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            exists=True,
            dir_okay=False,
            readable=True,
            metavar="fil...",
            help="En eller flere: .eml, .docx, .pdf eller .txt.",
        ),
    ] = None,
    received_at: Annotated[
        str | None,
        typer.Option(
            help="Hvornår det kom ind, fx 2026-03-02T09:14; ellers siger mailen det selv."
        ),
    ] = None,
    kind: Annotated[
        Henvendelse | None, typer.Option(help="Hvad det er; ellers gættes der ud fra teksten.")
    ] = None,
    prove: Annotated[
        bool, typer.Option("--reconcile", help="Bevis, at alt modtaget er registreret.")
    ] = False,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Tag imod underretninger fra filer, som om de var kommet med posten.

    Filerne gemmes først. Svarer journalen ikke, ventes der ikke på den: resten sker af sig selv,
    når den er tilbage. Viser barnet, sagen, fristerne og det, der er lagt på sagen. 1, hvis en fil
    blev afvist.
    Med --reconcile: gennemgår al modtaget post og tager ind, hvad der mangler; 1, hvis noget
    hverken er registreret eller står på en linje til et menneske.

    Eksempel: dubu intake underretning.eml --json

    Eksempel: dubu intake --reconcile
    """
    if bool(files) is prove:
        raise typer.BadParameter("Giv enten en eller flere filer eller --reconcile.")
    settings = Settings.found(config)
    moment = _moment(received_at)
    with disks.naming_the_full_one(settings):
        product = app.build(settings)
        if prove:
            app.require_whole(product)
            _prove(product, as_json=as_json)
            return
        app.require_own(product)
        lines = list(_taken_in(product, files or [], moment, kind))
    if as_json:
        print(json.dumps([line_object(line) for line in lines], ensure_ascii=False))
    else:
        for line in lines:
            print_line(line)
    if any(line.receipt.status is Status.REFUSED for line in lines):
        raise typer.Exit(1)


# -- taking in -------------------------------------------------------------------------------------


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return understood(text)
    except ValueError:
        raise typer.BadParameter(
            f"»{text}« er ikke et tidspunkt. Skriv fx 2026-03-02T09:14.", param_hint="--received-at"
        ) from None


def _taken_in(
    product: app.Product,
    files: Sequence[Path],
    received_at: datetime | None,
    kind: Henvendelse | None,
) -> Iterator[Line]:
    """Take every file in, then have the children looked for and the originals filed."""
    receipts: list[Receipt] = []
    with _bar("Tager imod", len(files)) as tick:
        for file in files:
            receipts.append(_received(product, file, received_at, kind))
            tick()
    _deliver(product, [one.underretning for one in receipts if one.underretning])
    with product.store.read() as connection:
        for file, receipt in zip(files, receipts, strict=True):
            found = (
                outcome(connection, product.store.rules, receipt.underretning)
                if receipt.underretning
                else None
            )
            yield Line(str(file), receipt, found)


def _received(
    product: app.Product, file: Path, received_at: datetime | None, kind: Henvendelse | None
) -> Receipt:
    now = product.clock()
    try:
        moment = insist_on_receipt(received_at, now, is_right=True) if received_at else None
        incoming = Incoming(
            raw=from_disk.whole(file, product.settings.intake.largest_item),
            filename=file.name,
            channel=Channel.EMAIL if file.suffix.lower() == ".eml" else Channel.FILE,
            received_at=moment,
            henvendelse=kind,
        )
        return receive(incoming, product=product, actor=SYSTEM, now=now)
    except InTheFuture as slip:
        return Receipt(Status.REFUSED, remarks=(Remark.FUTURE_DATE,), message=slip.for_people())
    except TooLongAgo as slip:
        return Receipt(Status.REFUSED, remarks=(Remark.OLD_DATE,), message=slip.for_people())
    except NotTaken as no:
        return Receipt(Status.REFUSED, remarks=(no.remark,), message=no.for_people())
    except StorageError as no:
        full = disks.why_full(product.settings)
        return Receipt(Status.REFUSED, message=full or no.for_people())


def _deliver(product: app.Product, found: Sequence[UUID]) -> None:
    """Deliver what follows from these, for as long as the other systems answer."""
    lanes = [underretning_lane(one) for one in dict.fromkeys(found)]
    with _bar("Finder børn og lægger på sager", 2 * len(lanes)) as tick:
        told = while_moving(partial(_follow, product, lanes, found, tick), PATIENCE)
    if told is not None:
        complain(told)


def _follow(
    product: app.Product, lanes: Sequence[str], found: Sequence[UUID], tick: Tick, on: Moving
) -> None:
    app.require_whole(product)
    _lanes(product, lanes, tick, on)
    with product.store.read() as connection:
        sager = {outcome(connection, product.store.rules, one).sag for one in found}
    _lanes(product, [sag_lane(sag) for sag in sager if sag], tick, on)


def _lanes(product: app.Product, lanes: Sequence[str], tick: Tick, on: Moving) -> None:
    def moved(_: Report) -> None:
        on.moved()
        tick()

    for start in range(0, len(lanes), LANES_AT_A_TIME):
        some = lanes[start : start + LANES_AT_A_TIME]
        deliver_once(product, lanes=some, progress=moved, stopping=on.is_left)
        _wait_for_others(product, some, on)


def _wait_for_others(product: app.Product, lanes: Sequence[str], on: Moving) -> None:
    """Wait a moment for what `dubu serve` is delivering in these lanes, then take what it left."""
    while not on.is_left():
        with product.store.read() as connection:
            states = {row.state for row in outbox.of_lanes(connection, *lanes)}
        if outbox.State.SENDER not in states:
            return
        time.sleep(0.1)
        deliver_once(product, lanes=lanes, progress=lambda _: on.moved(), stopping=on.is_left)


# -- the proof -------------------------------------------------------------------------------------


def _prove(product: app.Product, *, as_json: bool) -> None:
    with Progress(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("Gennemgår posten", total=None)
        proof = reconcile(
            product, product.clock(), progress=lambda done: bars.update(bar, completed=done)
        )
    if as_json:
        print(json.dumps(proof_object(proof), ensure_ascii=False))
    else:
        print_proof(proof)
    if not proof.holds:
        raise typer.Exit(1)


@contextmanager
def _bar(title: str, total: int) -> Iterator[Tick]:
    """Show a progress bar where there is more than one thing to wait for."""
    with Progress(console=Console(stderr=True), transient=True, disable=total < 2) as bars:
        bar = bars.add_task(title, total=total)
        yield lambda: bars.advance(bar)
