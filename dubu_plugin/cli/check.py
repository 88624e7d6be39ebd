"""``dubu check``: every part of the installation, who provides it, and whether it answers."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from dubu_plugin import app
from dubu_plugin.cli import check_history as history
from dubu_plugin.cli.check_cases import followed, had
from dubu_plugin.cli.check_history import No
from dubu_plugin.cli.check_staff import intake, staff
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.delivery.sentences import why
from dubu_plugin.errors import AdapterError, DubuError
from dubu_plugin.frister.switched import meaning, switched
from dubu_plugin.ports.calendar import Calendar
from dubu_plugin.ports.invitations import Invitations
from dubu_plugin.ports.journal import Journal
from dubu_plugin.ports.journal_objects import Op
from dubu_plugin.settings import Settings
from dubu_plugin.store import outbox, private, schema
from dubu_plugin.store.deadlines import recounting
from dubu_plugin.store.differences import differences
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.store.underretning import originals
from dubu_plugin.usecases.upkeep import belonging

NOBODY: Final = Op(UUID(int=0), SYSTEM)
"""A write nobody has made: to ask what became of it changes nothing."""

SAMPLE: Final = bytes(64 * 1024)
"""What is written to see that there is room: more than a folder's own list of names takes."""

MOST: Final = 20
"""How many broken files, and how many refused rows, are named."""


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
                finding.part,
                finding.provider,
                "ja" if finding.ok else "NEJ",
                escape(finding.detail),
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
        yield _asked("tabeller", database, lambda: _tables(product))
    yield _asked("installation", "dubu", lambda: _belonging(product))
    if shape.ok:
        yield _asked("hændelser", database, lambda: history.events(product))
        yield _asked("vurderinger", database, lambda: history.assessments(product))
        yield _asked("læselog", database, lambda: history.reads(product))
        yield _asked("udbakke", database, lambda: _backlog(product))
        yield _asked("regler", "dubu", lambda: _rules(product))
        yield _asked("sager", "dubu", lambda: followed(product, product.clock()))
        yield _asked("ansvarlige", "dubu", lambda: had(product))
        yield _asked("originaler", "dubu", lambda: _originals(product))
    yield _asked("egne filer", "kommunen", lambda: _own_files(product))
    yield _asked("filer", "dubu", lambda: _files(product))
    yield _asked("rettigheder", "dubu", lambda: _closed_to_others(product))
    yield _asked("PDF", "dubu", product.letters.converter_version)
    ports = product.ports
    questions: dict[str, tuple[object, Callable[[], str]]] = {
        "journal": (ports.journal, lambda: _health(ports.journal)),
        "personer": (ports.persons, lambda: _said(ports.persons.by_key("dubu-check"))),
        "identitet": (ports.identity, lambda: staff(product)),
        "post ind": (ports.incoming, lambda: _said(ports.incoming.received())),
        "post ud": (ports.outgoing, lambda: _said(ports.outgoing.sent(NOBODY))),
    }
    for part, (port, question) in questions.items():
        yield _asked(part, _provider(port), question)
    for part, able in (("kalender", ports.calendar), ("indkaldelser", ports.invitations)):
        if able is not None:
            yield _asked(part, _provider(able), partial(_health, able))
    yield _asked("modtagelse", _provider(ports.identity), lambda: intake(product))
    yield from _keeping(product)
    frame = _provider(ports.frame) if ports.frame else "ingen"
    yield Finding("ramme", frame, True, "" if ports.frame else "siderne tegner deres egen bjælke")


def _asked(part: str, provider: str, question: Callable[[], str]) -> Finding:
    """Return what a question came to. Whatever goes wrong is an answer too."""
    try:
        return Finding(part, provider, True, question())
    except No as no:
        return Finding(part, provider, False, str(no))
    except AdapterError as silence:
        code = f" ({silence.code})" if silence.code else ""
        return Finding(
            part, provider, False, f"{silence.system} svarede ikke, som det skulle{code}"
        )
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


def _tables(product: app.Product) -> str:
    wrong = differences(product.store.engine)
    if wrong:
        raise No(" ".join(wrong))
    return ""


def _backlog(product: app.Product) -> str:
    with product.store.read() as connection:
        waiting = outbox.backlog(connection)
        stuck = outbox.stuck(connection, limit=MOST)
        numbers = sager.numbers(connection, [row.sag for row in stuck if row.sag])
    refused = waiting[outbox.State.AFVIST]
    if refused:
        where = [numbers.get(row.sag, row.lane) if row.sag else row.lane for row in stuck]
        said = "; ".join(
            f"{row.kind} ({place}, nøgle {row.key}) {why(row.error)}"
            for row, place in zip(stuck, where, strict=True)
        )
        more = f" og {refused - len(stuck)} til" if refused > len(stuck) else ""
        raise No(f"{refused} er afvist og venter på et menneske: {said}{more}")
    return ", ".join(f"{number} {state}" for state, number in waiting.items() if number) or "tom"


def _rules(product: app.Product) -> str:
    """Tell how many rules there are, and of those that running deadlines do not follow yet."""
    book = product.store.rules
    with product.store.read() as connection:
        what = recounting.changed(connection, book)
    own = "".join(f" OBS: {meaning(rule)}" for rule in switched(book))
    said = f"{len(book.versions)} regler i {len(book.rules)} udgaver"
    if not what.codes:
        return f"{said}.{own}" if own else said
    some = ", ".join(sorted(what.codes)[:5]) + (" …" if len(what.codes) > 5 else "")
    return (
        f"{said}; {len(what.codes)} er ændret, siden de løbende frister blev regnet ({some}). "
        f"Kør »dubu frister recompute«.{own}"
    )


def _own_files(product: app.Product) -> str:
    """Tell of the municipality's own files that cannot be used, and what to do."""
    wrong = [str(slip) for slip in product.left_out.values()]
    if wrong:
        raise No(
            f"{len(wrong)} kan ikke bruges og er ladt ude: {' '.join(wrong)} Ret filen, eller tag "
            f"den ud med »dubu frister remove«, »dubu planer remove« eller »dubu metode remove«."
        )
    return ""


def _files(product: app.Product) -> str:
    """Write and remove a file, since a folder that looks right may be full or read-only."""
    address = product.store.engine.url
    folders = [product.blobs.folder]
    if address.get_backend_name() == "sqlite" and address.database:
        folders.append(Path(address.database).parent)
    for folder in folders:
        try:
            with tempfile.NamedTemporaryFile(dir=folder, prefix=".check-") as file:
                file.write(SAMPLE)
                file.flush()
                os.fsync(file.fileno())
        except OSError as no:
            raise No(f"der kan ikke skrives i {folder} ({no.strerror})") from None
    return str(product.blobs.folder)


def _closed_to_others(product: app.Product) -> str:
    """Say no where others on this machine may read what we keep."""
    database = private.database_file(product.settings.database_url)
    kept = [product.blobs.folder, *([database] if database else [])]
    open_ = [str(one) for one in kept if private.open_to_others(one)]
    if open_:
        raise No(
            f"andre på maskinen må læse {' og '.join(open_)}. Kør »dubu db upgrade« som den, der "
            "ejer dem, eller tag rettighederne med »chmod go=«."
        )
    return ""


def _belonging(product: app.Product) -> str:
    """Say whose it is, where everything belongs together."""
    log = product.settings.path(product.settings.chain_log)
    found = belonging.places(product.store.engine, product.blobs, log, product.ports.upkeep)
    wrong = belonging.slips(found)
    if wrong:
        raise No(" ".join(wrong))
    return f"{', '.join(found.marks)}: {str(*found.keys)[:8]}"


def _originals(product: app.Product) -> str:
    """Read every file we must have again, and name those that are not as they were kept."""
    with product.store.read() as connection:
        kept = list(dict.fromkeys(originals.kept(connection)))
    with Progress(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("Læser originaler og breve", total=len(kept))
        broken = list(originals.broken(kept, product.blobs, lambda: bars.advance(bar)))
    if broken:
        first = "; ".join(f"{one.kept.kind} {one.kept.owner} {one.fault}" for one in broken[:MOST])
        more = f" og {len(broken) - MOST} til" if len(broken) > MOST else ""
        raise No(f"{first}{more}. Læg dem tilbage fra sikkerhedskopien.")
    return f"{len(kept)} filer, alle som de blev gemt"


def _keeping(product: app.Product) -> Iterator[Finding]:
    """Ask the host's storage, where it is ours to keep, and look at who can get in."""
    keeper = product.ports.upkeep
    if keeper is None:
        return

    def whole() -> str:
        faults = keeper.faults()
        if faults:
            raise No(" ".join(faults))
        return ""

    def closed() -> str:
        remarks = " ".join(keeper.remarks())
        if remarks and not product.settings.training:
            raise No(remarks)
        return remarks or keeper.login()

    yield _asked("journalens lager", _provider(keeper), whole)
    yield _asked("adgangskode", _provider(keeper), closed)


def _health(port: Journal | Calendar | Invitations) -> str:
    health = port.health()
    if not health.ok:
        raise No(health.detail or "svarer ikke")
    return f"udgave {health.version}" if health.version else ""
