"""Databases for tests: a new one for each test, made once by the migrations and then copied.

SQLite is a file. PostgreSQL is a server of our own, on a socket in a folder nobody else knows; it
needs the programs of the Debian package ``postgresql``, but not its service.
"""

import atexit
import os
import shutil
import subprocess
import tempfile
from collections import deque
from contextlib import closing
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from dubu_plugin import plugins
from dubu_plugin.settings import Settings
from dubu_plugin.store import schema
from dubu_plugin.usecases.upkeep.set_up import set_up

PROGRAMS: Final = Path("/usr/lib/postgresql")
UNPRIVILEGED: Final = "nobody"
"""Who runs the server where we are root: PostgreSQL refuses to run as root."""
KEPT: Final = 2
"""Databases at a time: hundreds of them would fill the memory tests keep their files in."""


def fresh_sqlite(folder: Path) -> str:
    """Make a new, empty database in a folder and return its address."""
    file = folder / "dubu.sqlite"
    file.write_bytes(_empty_sqlite())
    return f"sqlite:///{file}"


def set_up_in(folder: Path, settings: str = "") -> Path:
    """Set an installation with the embedded host up in a folder, and return the folder.

    :param settings: what its dubu.toml says.
    """
    (folder / "dubu.toml").write_text(settings, encoding="utf-8")
    for one in _empty_installation().iterdir():
        copy = shutil.copytree if one.is_dir() else shutil.copy2
        copy(one, folder / one.name)
    return folder


@lru_cache(maxsize=1)
def _empty_installation() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="dubu-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "dubu.toml").touch()
    chosen = Settings.from_file(folder / "dubu.toml")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    set_up(chosen, plugins.upkeep(plugins.build(), chosen), now=now)
    (folder / "dubu.toml").unlink()
    return folder


@lru_cache(maxsize=1)
def _empty_sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "dubu.sqlite"
        schema.upgrade(f"sqlite:///{file}")
        return file.read_bytes()


class PostgresServer:
    """A PostgreSQL server that lives as long as it is needed. Nothing in it is kept.

    A database is one test's: it is gone when the one after the next is asked for.
    """

    def __init__(self) -> None:
        self._made_last: deque[str] = deque()
        self._folder = Path(tempfile.mkdtemp(prefix="dubu-pg-"))
        self._numbers = count(1)
        self._user = UNPRIVILEGED if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self._folder, self._user)

    def start(self) -> None:
        """Make the server, and in it the empty database that others are copied from.

        :raises FileNotFoundError: the programs are not here.
        """
        data = self._folder / "data"
        self._run("initdb", "-D", data, "-U", "dubu", "-A", "trust", "-E", "UTF8", "--no-sync")
        quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
        where = f"-c listen_addresses='' -c unix_socket_directories={self._folder}"
        log = self._folder / "log"
        self._run("pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", f"{quick} {where}")
        self._admin("CREATE DATABASE template_dubu")
        schema.upgrade(self.url("template_dubu"))

    def stop(self) -> None:
        """End the server and remove what it held."""
        self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self._folder / "data")
        shutil.rmtree(self._folder)

    def fresh(self) -> str:
        """Make a new database with our tables, and nothing in them, and return its address."""
        return self._made("template_dubu")

    def empty(self) -> str:
        """Make a new database without tables and return its address."""
        return self._made("template0")

    def _made(self, template: str) -> str:
        while len(self._made_last) >= KEPT:
            self._admin(f"DROP DATABASE {self._made_last.popleft()} WITH (FORCE)")
        name = f"dubu_{next(self._numbers)}"
        # Half the work of writing every page to the log as well, as it does of itself since 15.
        self._admin(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        self._made_last.append(name)
        return self.url(name)

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql+psycopg://dubu@/{database}?host={self._folder}"

    def _admin(self, statement: str) -> None:
        engine = sa.create_engine(self.url("postgres"), poolclass=sa.NullPool)
        with closing(engine.connect()) as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql(statement)

    def _run(self, program: str, *arguments: object) -> None:
        subprocess.run(
            [_program(program), *map(str, arguments)],
            check=True,
            cwd=self._folder,
            user=self._user,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def _program(name: str) -> str:
    """Return where a program of the server is. Debian keeps them out of the way."""
    newest_first = sorted(PROGRAMS.glob(f"*/bin/{name}"), reverse=True)
    found = str(newest_first[0]) if newest_first else shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name}: install the Debian package postgresql")
    return found
