"""``dubu check``: every part of the installation, who provides it, and whether it answers."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from dubu_plugin import app
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.errors import DubuError
from dubu_plugin.ports.journal import Op
from dubu_plugin.settings import Settings
from dubu_plugin.store import chain, outbox, schema
from dubu_plugin.store.transaction import SYSTEM

NOBODY: Final = Op(UUID(int=0), SYSTEM)
"""A write nobody has made: to ask what became of it changes nothing."""

BROKEN: Final = {
    "aendret": "er ændret efter, at den blev skrevet",
    "fjernet": "er fjernet",
    "indsat": "er sat ind uden om programmet",
    "hoved": "passer ikke med kædens ende",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one part."""

    part: str
    provider: str
    ok: bool
    detail: str


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    whole.command()(check)


def check(config: Config = None, as_json: AsJson = False) -> None:
    """Se efter, om alt er der og svarer: databasen, kæden af hændelser, filerne og hver port.

    Svarer nej (1), hvis noget mangler eller ikke svarer.

    Eksempel: dubu check --config /srv/dubu/dubu.toml
    """
    product = app.build(Settings.found(config))
    findings = list(_findings(product))
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        table = Table("Del", "Hvem", "Svarer", "Bemærkning")
        for finding in findings:
            table.add_row(
                finding.part, finding.provider, "ja" if finding.ok else "NEJ", finding.detail
            )
        Console().print(table)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def _findings(product: app.Product) -> Iterator[Finding]:
    engine = product.store.engine
    database = engine.dialect.name
    shape = _asked("database", database, lambda: _shape(product))
    yield shape
    if shape.ok:
        yield _asked("hændelser", database, lambda: _chain(product))
        yield _asked("udbakke", database, lambda: _backlog(product))
    yield _asked("filer", "dubu", lambda: _files(product))
    yield _asked("PDF", "dubu", product.letters.converter_version)
    ports = product.ports
    questions: dict[str, tuple[object, Callable[[], str]]] = {
        "journal": (ports.journal, lambda: _journal(product)),
        "personer": (ports.persons, lambda: _said(ports.persons.by_key("dubu-check"))),
        "identitet": (ports.identity, lambda: f"{len(ports.identity.units())} enheder"),
        "post ind": (ports.incoming, lambda: _said(ports.incoming.received())),
        "post ud": (ports.outgoing, lambda: _said(ports.outgoing.sent(NOBODY))),
    }
    for part, (port, question) in questions.items():
        yield _asked(part, _provider(port), question)
    frame = _provider(ports.frame) if ports.frame else "ingen"
    yield Finding("ramme", frame, True, "" if ports.frame else "siderne tegner deres egen bjælke")


class No(Exception):
    """The answer is no. The message is a Danish sentence."""


def _asked(part: str, provider: str, question: Callable[[], str]) -> Finding:
    """Return what a question came to. Whatever goes wrong is an answer too."""
    try:
        return Finding(part, provider, True, question())
    except No as no:
        return Finding(part, provider, False, str(no))
    except DubuError as no:
        said = getattr(no, "for_people", None)
        return Finding(part, provider, False, said() if said else str(no))
    except Exception as fault:  # a check must get to the end
        return Finding(part, provider, False, f"uventet fejl: {type(fault).__name__}")


def _provider(port: object) -> str:
    """Return which package a port comes from."""
    return type(port).__module__.partition(".")[0]


def _said(_answer: Any) -> str:
    return ""


def _shape(product: app.Product) -> str:
    schema.require_newest(product.store.engine)
    return f"udgave {schema.newest()}"


def _chain(product: app.Product) -> str:
    with (
        Progress(console=Console(stderr=True), transient=True) as bars,
        product.store.read() as connection,
    ):
        bar = bars.add_task("Efterser hændelser", total=None)
        verdict = chain.verify(
            connection, lambda done, total: bars.update(bar, completed=done, total=total)
        )
    if not verdict:
        raise No(f"hændelse nr. {verdict.broken_at} {BROKEN[verdict.why]}")
    return f"{verdict.length} hændelser, ubrudt; sidste led {verdict.head[:16]}"


def _backlog(product: app.Product) -> str:
    with product.store.read() as connection:
        waiting = outbox.backlog(connection)
    return ", ".join(f"{number} {state}" for state, number in waiting.items() if number) or "tom"


def _files(product: app.Product) -> str:
    """Write and remove a file, since a folder that looks right may be full or read-only."""
    folder = product.blobs.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".check-")
        os.close(handle)
        os.unlink(name)
    except OSError as no:
        raise No(f"der kan ikke skrives i {folder} ({no.strerror})") from None
    return str(folder)


def _journal(product: app.Product) -> str:
    health = product.ports.journal.health()
    if not health.ok:
        raise No(health.detail or "svarer ikke")
    return health.version or ""
