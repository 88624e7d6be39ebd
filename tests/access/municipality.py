"""The whole application over a small municipality: the host's client with our pages in it.

Everything came in as it does in life: a mail, its child, an assessment, a case in the host with
documents, notes and letters. How those who look stand to it is set anew from round to round.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa
from starlette.types import ASGIApp

import dubu_journal
from dubu_journal import (
    access as host_access,
)
from dubu_journal import (
    cases,
    installation,
    login,
    post_box,
)
from dubu_journal import tables as host_tables
from dubu_journal.host import Host
from dubu_journal.serving import EmbeddedWeb
from dubu_plugin import app
from dubu_plugin.app import Product
from dubu_plugin.delivery.worker import deliver_once
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.access import Relation
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.skrift import SkriftKind, place_of_maal
from dubu_plugin.host import HostHooks
from dubu_plugin.settings import Settings
from dubu_plugin.store import access, outbox
from dubu_plugin.store import tables as t
from dubu_plugin.store.plan import maal
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.noted import MARK
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.testing import made_post
from dubu_plugin.testing.databases import fresh_sqlite
from dubu_plugin.testing.letter_house import Stamp
from dubu_plugin.usecases.skrift.begin import begun
from dubu_plugin.usecases.underretning.assess import Assessment, assess

from . import decided, in_the_host, involved
from .browser import Browser, Line
from .has_got import has_got
from .known import (
    ASSESSED,
    ATTACHED,
    CHILD,
    FAR,
    MOTHER,
    NOTE_WORD,
    NOTIFIER,
    NOW,
    OWN_UNIT,
    PEOPLE,
    SHOP,
    UNIT_BELOW,
    WORDS,
    WORKER,
)

NONE: Final = UUID(int=0)


@dataclass
class Municipality:
    """The application, and what there is in it."""

    folder: Path
    product: Product
    hooks: HostHooks
    host: Host
    app: ASGIApp
    moment: list[datetime]
    line: Line
    child: UUID = NONE
    mother: UUID = NONE
    sag: UUID = NONE
    underretning: dict[str, UUID] = field(default_factory=dict)
    """The three by what they are: assessed, new on the case, and with likely children only."""
    post: dict[str, UUID] = field(default_factory=dict)
    """Our keys of what came in, by the same names and ``loes`` for what nothing was made of."""
    host_post: dict[str, int] = field(default_factory=dict)
    case: int = 0
    number: str = ""
    letter: UUID = NONE
    """The kvittering for what is assessed."""
    sent_letter: UUID = NONE
    """A letter of the case that is sent."""
    contacts: dict[str, int] = field(default_factory=dict)
    stuck: dict[str, UUID] = field(default_factory=dict)
    """What waits for a person: one thing on the case, one on the new underretning."""

    noted: UUID = NONE
    """What somebody noted on the case."""
    skrift: UUID = NONE
    plan: UUID = NONE
    """The undersøgelse that is written on the case."""
    involved: dict[str, UUID] = field(default_factory=dict)
    """A talk, a consent and a request on the case."""
    decided: dict[str, UUID] = field(default_factory=dict)
    """A decision, a party of it and a complaint on the case."""

    @property
    def now(self) -> datetime:
        """What the clock says; it stands still."""
        return self.moment[0]

    def browser(self, user: str | None) -> Browser:
        """Return the browser of somebody who is logged in; nobody is, for None."""
        if user is None:
            return Browser(self.line, None, None)
        with self.host.database.writing() as connection:
            token = login.start(connection, user, self.now)
            # The ports go by the machine's clock, which is another than the pages' here.
            ages = {"expires": self.now + timedelta(days=36500)}
            connection.execute(sa.update(host_tables.sessions).values(ages))
        return Browser(self.line, user, token)

    def rows(self, table: sa.Table, **values: Any) -> list[Any]:
        """Return the rows of a table of ours with these values."""
        with self.product.store.read() as connection:
            return list(connection.execute(sa.select(table).filter_by(**values)))

    def host_rows(self, table: sa.Table, **values: Any) -> list[Any]:
        """Return the rows of a table of the host's with these values."""
        asked = sa.select(table).where(*(table.c[name] == one for name, one in values.items()))
        with self.host.database.reading() as connection:
            return list(connection.execute(asked))

    def receive(
        self, name: str, raw: bytes, filename: str = "mail.eml", sender: str = NOTIFIER
    ) -> None:
        """Let something come in at the host, which offers it to us."""
        envelope = post_box.Envelope(self.now, "e-mail", filename, sender, f"Om {name}")
        item = post_box.store(self.host, io.BytesIO(raw), envelope, key=f"post-{name}")
        assert self.hooks.journal_post_received(item.key)
        with self.host.database.writing() as connection:
            post_box.mark(connection, item.key, post_box.TAKEN)
        deliver_once(self.product, self.now)
        (kept,) = self.rows(t.post_items, host_key=item.key)
        self.host_post[name], self.post[name] = item.id, kept.id
        if kept.underretning_id is not None:
            self.underretning[name] = kept.underretning_id

    def stand(self, user: str, relation: Relation, *, protected: bool) -> None:
        """Let somebody stand to the child and all there is of it in one way, and in no other."""
        blocked = relation in (Relation.SELF, Relation.FAMILY)
        own = relation is Relation.UNIT or blocked
        unit = OWN_UNIT if own else UNIT_BELOW if relation is Relation.UNIT_BELOW else FAR
        # Who is related to the child is responsible for it too: the tie outranks everything.
        responsible = user if blocked or relation is Relation.RESPONSIBLE else WORKER
        member = relation is Relation.MEMBER
        self._stand_with_us(user, relation, unit, responsible, protected=protected, member=member)
        has_got(self, user, relation)
        self._given_on_by(user if relation is Relation.GIVER else WORKER)
        with self.host.database.writing() as connection:
            values = {"unit": unit, "responsible": responsible}
            cases.change(connection, self.case, values, expected=None, now=self.now)
            cases.protect(connection, self.case, protected, self.now)
            connection.execute(host_tables.case_members.delete())
            if member:
                host_access.add_member(connection, self.case, user)

    def _given_on_by(self, giver: str) -> None:
        """Let somebody be the last who gave each of the underretninger on."""
        with self.product.store.write(actor=giver, now=self.now) as work:
            for number in self.underretning.values():
                work.happened(Haendelse.UNDERRETNING_GIVET_VIDERE, underretning=number)

    def _stand_with_us(
        self,
        user: str,
        relation: Relation,
        unit: str,
        responsible: str,
        *,
        protected: bool,
        member: bool,
    ) -> None:
        with self.product.store.write(actor="system", now=self.now) as work:
            run = work.connection.execute
            values = {"unit": unit, "responsible": responsible}
            run(sa.update(t.sager).values(**values, protected=protected))
            run(sa.update(t.underretninger).values(**values, protected=protected))
            run(sa.update(t.frister).values(**values))
            run(sa.delete(t.sagsdeltagere).where(t.sagsdeltagere.c.employee.in_(PEOPLE)))
            run(sa.delete(t.conflicts))
            run(sa.delete(t.drafts))
            refused = {"state": outbox.State.AFVIST, "error": "journal:open_case:nej"}
            keys = list(self.stuck.values())
            run(sa.update(t.outbox).where(t.outbox.c.key.in_(keys)).values(**refused))
            if member:
                row = {"sag_id": self.sag, "employee": user, "first_at": self.now, "active": True}
                run(sa.insert(t.sagsdeltagere).values(row))
            ties = {Relation.SELF: (self.child,), Relation.FAMILY: (self.child, self.mother)}
            for person in ties.get(relation, ()):
                row = {"employee": user, "person_id": person, "relation": str(relation)}
                run(sa.insert(t.conflicts).values(row))


def build(
    folder: Path, before: Callable[["Municipality"], None] = lambda town: None
) -> Municipality:
    """Put the application together, and let the case come into being.

    :param before: what is done once people are there, and before anything has come in.
    """
    file = folder / "dubu.toml"
    file.write_text(
        f'database = "{fresh_sqlite(folder)}"\n'
        '[web]\naddress = "http://journal.test"\n'
        f'[intake]\nunit = "{OWN_UNIT}"\n[journal]\npost_units = ["{OWN_UNIT}"]\n',
        encoding="utf-8",
    )
    settings = Settings.from_file(file)
    moment = [NOW]
    product = app.build(settings, extra=[dubu_journal], installed=False, clock=lambda: moment[0])
    shelf = LetterShelf.load([Path(str(files("dubu_templates")))], Stamp())
    product = replace(product, letters=shelf)
    sa.event.listen(product.store.engine, "connect", _hurry)
    hooks = HostHooks(product)
    host = installation.host(settings)
    host.make(uuid4())
    product.blobs.make(uuid4())
    client = EmbeddedWeb(settings, extra=[hooks], installed=False, clock=lambda: moment[0]).asgi()
    town = Municipality(folder, product, hooks, host, client, moment, Line(client))
    in_the_host.add_people(town)
    before(town)
    hooks.journal_daily_tick(NOW)
    _course(town)
    in_the_host.add_content(town)
    _stuck(town)
    _noted(town)
    _written(town)
    involved.add(town)
    decided.add(town)
    return town


def close(town: Municipality) -> None:
    """Let go of what the application holds."""
    town.line.close()
    town.product.store.close()
    town.host.database.close()


def _hurry(connection: Any, _: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


def _course(town: Municipality) -> None:
    sender = f"{NOTIFIER} <laerke@proeveskolen.example>"
    told = f"{CHILD}, CPR 031216-4990, blev fundet ved"
    attached = [(ATTACHED, "text/plain", f"Tegnet i {NOTE_WORD}.".encode())]
    mails = {
        "vurderet": (f"Skolen underretter. {told} {WORDS['vurderet']}.", attached),
        "ny": (f"Skolen underretter igen. {told} {WORDS['ny']}.", attached),
        "kandidat": (f"Barnet {CHILD} sov i {WORDS['kandidat']}.", attached),
    }
    for name, (text, with_it) in mails.items():
        raw = made_post.eml(
            text, sender=sender, message_id=f"<{name}@skole.example>", attachments=with_it
        )
        town.receive(name, raw)
        if name == "vurderet":
            _assess(town)
    town.receive("loes", made_post.PROGRAM, "regning.exe", SHOP)
    about = town.rows(t.underretninger, id=town.underretning["vurderet"])[0]
    town.child, town.sag = about.child_id, about.sag_id
    (letter,) = town.rows(t.letters, underretning_id=about.id, code="kvittering")
    town.letter = letter.id
    (mother,) = town.rows(t.personer, name=MOTHER)
    town.mother = mother.id
    (sag,) = town.rows(t.sager)
    town.case, town.number = int(sag.host_key), sag.number


def _assess(town: Municipality) -> None:
    number = town.underretning["vurderet"]
    with town.product.store.write(actor="system", now=NOW) as work:
        work.connection.execute(sa.update(t.underretninger).values(unit=FAR, responsible=WORKER))
        work.connection.execute(sa.update(t.sager).values(unit=FAR, responsible=WORKER))
        who = access.asker(work.connection, WORKER)
        about = underretninger.by_id(work.connection, number)
    assert who is not None
    assert about is not None
    assess(
        number, Assessment(ASSESSED, kvittering=True), version=about.version,
        product=town.product, asker=who, now=NOW,
    )  # fmt: skip
    deliver_once(town.product, NOW)


def _written(town: Municipality) -> None:
    """Begin an undersøgelse with a word nobody else may see."""
    with town.product.store.write(actor=WORKER, now=town.now) as work:
        sag = sager.by_id(work.connection, town.sag)
        assert sag is not None
        new = begun(work, sag, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, product=town.product)
        said = {("sundhedsforhold", "beskrivelse"): Written(f"Sover uroligt, {NOTE_WORD}.", 0)}
        tekster.write(work.connection, new.id, 1, said, by=WORKER, now=town.now)
        town.skrift = new.id
        plan = begun(work, sag, SkriftKind.BARNETS_PLAN, product=town.product)
        goal = maal.add(work.connection, plan.id, plan.person)
        said = {(place_of_maal(goal), "aendring"): Written(f"Sover roligt, {NOTE_WORD}.", 0)}
        tekster.write(work.connection, plan.id, 1, said, by=WORKER, now=town.now)
        town.plan = plan.id


def _noted(town: Municipality) -> None:
    with town.product.store.write(actor="system", now=NOW) as work:
        said = {MARK: str(uuid4())}
        town.noted = work.happened(Haendelse.BARNETS_PLAN_VEDTAGET, sag=town.sag, data=said).id


def _stuck(town: Municipality) -> None:
    with town.product.store.write(actor="system", now=NOW) as work:
        for name, lane in (
            ("sag", f"sag:{town.sag}"), ("ny", f"underretning:{town.underretning['ny']}"),
        ):  # fmt: skip
            town.stuck[name] = uuid4()
            work.tell("add_note", lane=lane, key=town.stuck[name], payload={"sag": str(town.sag)})
        long_ago = NOW - timedelta(hours=5)
        work.connection.execute(
            sa.update(t.outbox)
            .where(t.outbox.c.key.in_(list(town.stuck.values())))
            .values(created_at=long_ago, changed_at=long_ago)
        )
