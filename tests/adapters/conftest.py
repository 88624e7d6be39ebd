"""A small municipality in an embedded host: two teams, a handful of cases, some post."""

import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_journal import (
    addresses,
    calendar,
    cases,
    database,
    documents,
    drafts,
    family,
    notes,
    parties,
    post_box,
    reminders,
    tray,
    users,
)
from dubu_journal.addresses import NewContact
from dubu_journal.host import Host
from dubu_plugin.settings import Settings

NOW = datetime(2026, 10, 26, 8, 0, tzinfo=UTC)
"""A Monday, nine o'clock in Denmark on the first day of winter time."""

CHILDREN = (
    ("Alma Testvad", "031216-0001", "27.24.00", "særlig støtte"),
    ("Emil Demodal", "120815-0003", "27.24.09", "hjælpemidler"),
    ("Nova Prøvelund", "240519-0002", "27.24.00", "særlig støtte"),
    ("Elias Demohøj", "090910-0005", "27.24.21", "aflastning"),
    ("Ida Demobæk", "170718-0004", "27.24.00", "særlig støtte"),
)
MAIL = """\
From: Prøvestrup Skole <kontoret@skole.example>\r
To: modtagelsen@proevestrup.example\r
Subject: =?utf-8?q?Underretning_om_en_elev_p=C3=A5_skolen?=\r
Content-Type: text/plain; charset=utf-8\r
Content-Transfer-Encoding: 8bit\r
\r
Vi er bekymrede for en elev i 3. b.\r
<script>alert('nej')</script>\r
""".encode()


@dataclass
class Municipality:
    """What was put in the host, by what the tests call it."""

    host: Host
    cases: dict[str, int] = field(default_factory=dict)
    contacts: dict[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    letters: dict[str, int] = field(default_factory=dict)


def built(folder: Path) -> Municipality:
    """Fill a new host."""
    host = Host.made(folder / "journal.sqlite", folder / "journal-filer")
    made = Municipality(host)
    with host.database.writing() as connection:
        _staff(connection)
        _people(connection, made)
        _cases(connection, made)
    _documents(host, made)
    _post(host, made)
    return made


def _staff(connection: sa.Connection) -> None:
    for key, title, parent in (
        ("boern-familie", "Børn og Familie", None),
        ("modtagelse", "Modtagelsen", "boern-familie"),
        ("familie", "Familieafdelingen", "boern-familie"),
        ("it", "It og drift", None),
    ):
        users.add_unit(connection, users.Unit(key, title, parent))
    for key, name, unit, title, roles in (
        ("karen", "Karen Demotoft", "familie", "Børne- og ungerådgiver", {"sagsbehandler"}),
        ("mads", "Mads Prøvestad", "familie", "Børne- og ungerådgiver", {"sagsbehandler"}),
        ("lone", "Lone Testgaard", "boern-familie", "Afdelingsleder", {"teamleder"}),
        ("peter", "Peter Testmose", "modtagelse", "Socialrådgiver", {"sagsbehandler"}),
        ("rita", "Rita Testdal", "it", "Intern revisor", {"revisor"}),
        ("ida", "Ida Demovang", "it", "Systemadministrator", {"administrator"}),
    ):
        user = users.User(key, f"{key}@proevestrup", name, unit, title, roles=frozenset(roles))
        users.add_user(connection, user)
    users.lead(connection, "lone", "boern-familie")


def _people(connection: sa.Connection, made: Municipality) -> None:
    def add(name: str, kind: str = "person", **more: object) -> None:
        new = NewContact(kind=kind, name=name, **more)  # type: ignore[arg-type]
        made.contacts[name] = addresses.add(connection, new, NOW)

    for name, cpr, _, _ in CHILDREN:
        add(
            name,
            cpr=cpr.replace("-", ""),
            born=date(2016, 12, 3),
            address="Testvej 4, 9999 Prøvestrup",
        )
    add(
        "Mette Testvad",
        cpr="1503851236",
        born=date(1985, 3, 15),
        address="Hemmelig Sti 9, 9999 Prøvestrup",
        protected_address=True,
        phone="99 99 99 01",
    )
    add(
        "Prøvestrup Skole",
        "company",
        cvr="12345674",
        address="Skolevej 1",
        email="kontoret@skole.example",
    )
    family.relate(connection, made.contacts["Alma Testvad"], "mor", made.contacts["Mette Testvad"])


def _cases(connection: sa.Connection, made: Municipality) -> None:
    for at, (name, _, subject, about) in enumerate(CHILDREN):
        opened = NOW - timedelta(days=200 - at)
        last, first = reversed(name.rsplit(" ", 1))
        new = cases.NewCase(
            title=f"{last}, {first} – {about}",
            responsible="mads" if name.startswith("Ida") else "karen",
            subject_code=subject,
            unit="familie",
            protected=name.startswith("Nova"),
        )
        case_id = cases.create(connection, new, "karen", opened)
        made.cases[name.split(" ")[0]] = case_id
        child = made.contacts[name]
        parties.add(connection, case_id, child, is_primary=True, by="karen", now=opened)
    alma = made.cases["Alma"]
    mother = made.contacts["Mette Testvad"]
    parties.add(connection, alma, mother, role="Forælder", by="karen", now=NOW)
    for number in range(1, 4):
        notes.add(
            connection,
            alma,
            f"Samtale nummer {number}",
            "Alma siger, at hun gerne vil i svømmehallen.\nMor er enig.",
            occurred_at=NOW - timedelta(days=number),
            by="karen",
            now=NOW - timedelta(days=number),
        )
    for title, days in (("Ring til skolen", -2), ("Første opfølgning", 8)):
        new_reminder = reminders.NewReminder(title, NOW + timedelta(days=days), "karen")
        reminders.put(connection, alma, new_reminder, NOW)
    calendar.put(
        connection,
        calendar.NewEntry(
            "moede-1",
            "karen",
            "Samtale med Alma",
            NOW + timedelta(hours=3),
            NOW + timedelta(hours=4),
            case_id=alma,
            place="Skolen, lokale 4",
        ),
        NOW,
    )


def _documents(host: Host, made: Municipality) -> None:
    content = host.files.put(io.BytesIO(b"%PDF-1.4 test"))
    file = documents.NewFile("Fravær september–oktober.pdf", "application/pdf", content)
    with host.database.writing() as connection:
        alma = made.cases["Alma"]
        meta = documents.Meta(
            "Fravær september–oktober", "in", date(2026, 10, 23), "a", party="Prøvestrup Skole"
        )
        made.documents["filed"] = documents.file(
            connection, alma, meta, [file], by="karen", now=NOW
        )
        meta = documents.Meta("Udkast til brev", "out", date(2026, 10, 24), "b")
        made.documents["draft"] = drafts.create(connection, alma, meta, file, by="karen", now=NOW)


def _post(host: Host, made: Municipality) -> None:
    envelope = post_box.Envelope(
        NOW - timedelta(hours=1),
        "e-mail",
        "mail.eml",
        "Prøvestrup Skole <kontoret@skole.example>",
        "Underretning om en elev på skolen",
    )
    post_box.store(host, io.BytesIO(MAIL), envelope, key="mail-1")
    content = host.files.put(io.BytesIO(b"%PDF-1.4 brev"))
    letter = tray.NewLetter(
        "Kvittering for underretning",
        "Prøvestrup Skole\nSkolevej 1",
        "kontoret@skole.example",
        "Se det vedhæftede brev.",
        "kvittering.pdf",
    )
    with host.database.writing() as connection:
        put = tray.put(connection, uuid4(), letter, content, by="karen", now=NOW)
        made.letters["kvittering"] = put.id


class Clock:
    """The time, which stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The time of the test."""
    return Clock()


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Municipality]:
    """A host that is built once, for every test to copy."""
    folder = tmp_path_factory.mktemp("municipality")
    made = built(folder)
    made.host.database.close()
    return folder, made


@pytest.fixture
def municipality(
    pattern: tuple[Path, Municipality], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Municipality]:
    """A host with people and cases, which does not wait for the disk."""
    hurried = [pragma.replace("FULL", "OFF") for pragma in database.PRAGMAS]
    monkeypatch.setattr(database, "PRAGMAS", hurried)
    folder, made = pattern
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    own = Host.at(tmp_path / "journal.sqlite", tmp_path / "journal-filer")
    yield replace(made, host=own)
    own.database.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of the installation."""
    file = tmp_path / "dubu.toml"
    # The tests' browsers reach it by this name.
    file.write_text(
        '[web]\naddress = "http://journal.test"\n[journal]\npost_units = ["modtagelse"]\n',
        encoding="utf-8",
    )
    return Settings.from_file(file)


@pytest.fixture
def host(municipality: Municipality) -> Host:
    """The host the municipality is in."""
    return municipality.host
