"""``dubu check`` asks every part, names who provides it, and answers no where one is silent."""

import errno
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin import app, hookspecs
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.ports.post import Channel
from dubu_plugin.settings import Settings
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import haendelser, outbox
from dubu_plugin.testing.fake_journal import FakeJournal
from dubu_plugin.usecases.underretning.item import Incoming
from dubu_plugin.usecases.underretning.receive import receive
from tests.cli.checking import findings

Run = Callable[..., Any]

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
PARTS = {
    "database", "tabeller", "installation", "hændelser", "vurderinger", "læselog", "udbakke",
    "regler", "sager", "originaler", "egne filer", "filer", "rettigheder", "PDF",
    "journalens lager", "adgangskode", "ansvarlige",
}  # fmt: skip
PORTS = {
    "journal",
    "personer",
    "identitet",
    "modtagelse",
    "post ind",
    "post ud",
    "kalender",
    "ramme",
}


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not start LibreOffice for every question: the first test does."""
    if request.function is not test_every_part_is_named_with_who_provides_it:
        monkeypatch.setattr(LetterShelf, "converter_version", lambda shelf: "")


def test_every_part_is_named_with_who_provides_it(dubu: Run, staffed: Path) -> None:
    answer = dubu("check", "--json")
    found = findings(answer)
    assert answer.status == 0
    assert {finding["ok"] for finding in found.values()} == {True}
    assert set(found) == PARTS | PORTS
    assert {found[part]["provider"] for part in PORTS} == {"dubu_journal"}
    assert found["database"]["provider"] == "sqlite"
    assert found["journal"]["detail"].startswith("udgave "), "a bare number says nothing"
    assert "LibreOffice" in found["PDF"]["detail"]


def test_people_get_a_table(dubu: Run, installation: Path) -> None:
    told = dubu("check").out
    assert "journal" in told
    assert "dubu_journal" in told


def test_the_table_names_the_section_of_a_setting_that_is_wrong(dubu: Run, staffed: Path) -> None:
    """What stands in square brackets is a section, and no style of the table."""
    file = staffed / "dubu.toml"
    file.write_text('[intake]\nunit = "findesikke"\n' + file.read_text(encoding="utf-8"))
    answer = dubu("check")
    assert answer.status == 1
    assert "[intake]" in answer.out


def test_a_database_without_shape_is_a_no(dubu: Run, tmp_path: Path) -> None:
    (tmp_path / "dubu.toml").write_text("")
    answer = dubu("check", "--json")
    assert answer.status == 1
    found = findings(answer)
    assert "dubu db upgrade" in found["database"]["detail"]
    assert "dubu db upgrade" in found["installation"]["detail"]
    assert not found["journal"]["ok"]
    assert [file.name for file in tmp_path.iterdir()] == ["dubu.toml"], "nothing is made by asking"


def test_a_changed_hændelse_is_a_no_with_its_number(dubu: Run, installation: Path) -> None:
    store = Store.connect(f"sqlite:///{installation}/dubu.sqlite", RuleBook(()))
    for _ in range(3):
        with store.write(actor="karen", now=NOW) as work:
            work.happened(Haendelse.SAG_LUKKET)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER haendelser_no_update")
        connection.execute(
            sa.update(haendelser).where(haendelser.c.seq == 2).values(actor="anders")
        )
    store.close()
    answer = dubu("check", "--json")
    assert answer.status == 1
    assert "hændelse nr. 2 er ændret" in findings(answer)["hændelser"]["detail"]


class Silent:
    """A journal that is down, in place of the embedded one."""

    @staticmethod
    @hookspecs.hookimpl
    def provide_journal(settings: Settings) -> FakeJournal:
        journal = FakeJournal()
        journal.down = True
        return journal


def test_a_silent_journal_is_a_no_and_the_rest_is_asked_all_the_same(
    dubu: Run, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (installation / "dubu.toml").write_text('journal_system = "fake"\n')
    real = app.build

    def with_silence(settings: Settings) -> app.Product:
        embedded = real(settings.model_copy(update={"journal_system": "journal"}))
        ports = replace(embedded.ports, journal=Silent.provide_journal(settings))
        return replace(embedded, ports=ports)

    monkeypatch.setattr(app, "build", with_silence)
    answer = dubu("check", "--json")
    found = findings(answer)
    assert answer.status == 1
    assert not found["journal"]["ok"]
    assert found["journal"]["detail"] == "Journalen er slukket."
    assert found["personer"]["ok"]


def test_two_providers_of_one_port_stop_the_check(
    dubu: Run, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "build", partial(app.build, extra=[Silent()]))
    answer = dubu("check")
    assert answer.status == 2
    assert "FakeJournal" in answer.err


def put_away(place: Path) -> None:
    """Take a file with what belongs to it, or a folder, out of the installation."""
    away = Path(tempfile.mkdtemp(dir=place.parent.parent))
    for one in place.parent.glob(f"{place.name}*"):
        one.rename(away / one.name)


# -- the disk --------------------------------------------------------------------------------------


def full(handle: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_a_no(
    dubu: Run, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", full)
    answer = dubu("check", "--json")
    found = findings(answer)
    assert answer.status == 1
    assert "kan ikke skrives" in found["filer"]["detail"]
    assert "kan ikke skrives" in found["journalens lager"]["detail"]


def test_a_disk_with_room_for_a_name_and_nothing_else_is_a_no(
    installation: Path, tmp_path: Path
) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (32 * 1024, resource.RLIM_INFINITY))

    done = subprocess.run(
        [sys.executable, "-m", "dubu_plugin", "check", "--json"],
        cwd=installation,
        preexec_fn=small,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    found = {one["part"]: one for one in json.loads(done.stdout)}
    assert not found["filer"]["ok"]
    assert not found["journalens lager"]["ok"]


@pytest.mark.parametrize(
    ("lost", "name"),
    [
        ("dubu.sqlite", "Databasen er der ikke"),
        ("filer", "Mappen med filer er der ikke"),
        ("kaede.log", "Kædeloggen er der ikke"),
        ("journal.sqlite", "Journalens database er der ikke"),
        ("journal-filer", "Journalens filer er der ikke"),
    ],
)
def test_what_is_missing_is_named_and_not_made_anew(
    dubu: Run, installation: Path, lost: str, name: str
) -> None:
    put_away(installation / lost)
    answer = dubu("check", "--json")
    assert answer.status == 1
    assert name in findings(answer)["installation"]["detail"]
    assert not (installation / lost).exists()
    if lost.startswith("journal"):
        return  # the host's own is another machine's, for all the rest knows: test_host_away
    for command in (("deliver", "--once"), ("intake", "dubu.toml"), ("serve", "--port", "0")):
        told = dubu(*command)
        assert told.status in (1, 2), command
        assert "Er disken monteret?" in told.err.replace("\n", " ")
        assert not (installation / lost).exists(), command


@pytest.mark.parametrize("folder", ["filer", "journal-filer"])
def test_an_empty_folder_is_a_disk_that_is_not_mounted(
    dubu: Run, installation: Path, folder: str
) -> None:
    put_away(installation / folder)
    (installation / folder).mkdir()
    answer = dubu("check", "--json")
    assert answer.status == 1
    assert "bærer ikke installationens mærke" in findings(answer)["installation"]["detail"]


@pytest.mark.parametrize("part", ["journal.sqlite", "filer", "journal-filer", "kaede.log"])
def test_a_part_of_another_installation_is_told(
    dubu: Run, installation: Path, part: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("anden")
    (other / "dubu.toml").touch()
    assert dubu("db", "upgrade", "--config", str(other / "dubu.toml")).status == 0
    put_away(installation / part)
    for one in other.glob(f"{part}*"):
        one.rename(installation / one.name)
    answer = dubu("check", "--json")
    assert answer.status == 1
    assert "hører til en anden installation" in findings(answer)["installation"]["detail"]
    assert "hører til en anden" in dubu("serve", "--port", "0").err.replace("\n", " ")


# -- what was kept ---------------------------------------------------------------------------------


def test_a_lost_original_and_a_changed_one_are_named(
    dubu: Run, staffed: Path, installation: Path
) -> None:
    product = app.build(Settings.from_file(installation / "dubu.toml"))
    taken = [
        receive(
            Incoming(text, f"{number}.txt", Channel.FILE),
            product=product, actor="karen", now=NOW,
        ).post
        for number, text in enumerate([b"Vi underretter om en.", b"Vi underretter om to."])
    ]  # fmt: skip
    product.store.close()
    assert dubu("check", "--json").status == 0
    gone, changed = (
        next((installation / "filer").rglob(sha256(text).hexdigest()))
        for text in (b"Vi underretter om en.", b"Vi underretter om to.")
    )
    gone.unlink()
    changed.write_bytes(b"Vi underretter om tre.")
    answer = dubu("check", "--json")
    said = findings(answer)["originaler"]["detail"]
    assert answer.status == 1
    assert f"post {taken[0]} er væk" in said
    assert f"post {taken[1]} er ændret" in said
    assert "underretter" not in said


# -- what stands and what is cut -------------------------------------------------------------------


def test_a_refused_row_is_a_no(dubu: Run, installation: Path) -> None:
    sag = uuid4()
    store = Store.connect(f"sqlite:///{installation}/dubu.sqlite", RuleBook(()))
    with store.write(actor="karen", now=NOW) as work:
        work.tell("flyv", lane=f"sag:{sag}", key=uuid4(), payload={})
        work.connection.execute(sa.update(outbox).values(state="afvist"))
    store.close()
    answer = dubu("check", "--json")
    assert answer.status == 1
    said = findings(answer)["udbakke"]["detail"]
    assert "1 er afvist" in said
    assert f"flyv (sag:{sag}, nøgle " in said, "whoever keeps the installation must find the row"
    assert "deliver" not in said, "a command that delivers is no way to look"


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE drafts", "DROP INDEX ix_read_log_at", "DROP TRIGGER haendelser_no_update"],
)
def test_a_part_of_the_database_that_was_dropped_is_a_no(
    dubu: Run, installation: Path, statement: str
) -> None:
    with closing(sqlite3.connect(installation / "dubu.sqlite")) as file:
        file.execute(statement)
    answer = dubu("check", "--json")
    assert answer.status == 1
    assert statement.split()[-1] in findings(answer)["tabeller"]["detail"]


# -- who can get in --------------------------------------------------------------------------------

OPEN = '[web]\nhost = "0.0.0.0"\n'


@pytest.mark.parametrize(
    ("settings", "ok", "said"),
    [
        ("", True, "INGEN adgangskode"),
        (OPEN, False, "ingen adgangskode"),
        ("training = true\n" + OPEN, True, "ingen adgangskode"),
        (OPEN + '[journal]\npassword = ""\n', False, "ingen adgangskode"),
        (OPEN + '[journal]\npassword = "fire små grå får"\n', True, "fælles adgangskode"),
        ('[web]\nhost = "localhost"\n', True, "INGEN adgangskode"),
    ],
)
def test_a_door_open_to_the_network_is_told(
    dubu: Run, installation: Path, settings: str, ok: bool, said: str
) -> None:
    (installation / "dubu.toml").write_text(settings, encoding="utf-8")
    finding = findings(dubu("check", "--json"))["adgangskode"]
    assert finding["ok"] is ok
    assert said in finding["detail"]
