"""A reception whose journal is the embedded host, with its own database beside ours."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest

from dubu_journal import cases, users
from dubu_journal.host import Host
from dubu_journal.journal_port import EmbeddedJournal
from dubu_plugin.host import HostHooks
from dubu_plugin.ports.journal_objects import Kind, Ref
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.testing import made_post
from dubu_plugin.testing.fake_ports import STAFF, UNITS
from dubu_plugin.testing.reception import TEXT, Reception, build_reception
from dubu_plugin.testing.town import build

from .desk import NOW, Desk


@dataclass
class Embedded:
    """The reception, the host beside it, and a child's case in both."""

    reception: Reception
    host: Host
    journal: EmbeddedJournal
    underretning: UUID

    @property
    def sag(self) -> Sag:
        """Our case as it is now."""
        number = self.reception.about(self.underretning).sag_id
        assert number is not None
        with self.reception.product.store.read() as connection:
            found = sager.by_id(connection, number)
        assert found is not None
        return found

    @property
    def key(self) -> str:
        """The host's key of the case."""
        key = self.sag.host_key
        assert key is not None
        return key

    def there(self) -> cases.Case:
        """Return the host's case as it is now."""
        with self.host.database.reading() as connection:
            return cases.get(connection, int(self.key))

    def parties(self) -> list[str]:
        """Return who are parties to the host's case."""
        ref = Ref(self.journal.name, Kind.CASE, self.key)
        return [party.name for party in self.journal.parties(ref)]

    def changed(self, **values: str) -> None:
        """Change the case in the host, as its client does it, and tell nobody."""
        with self.host.database.writing() as connection:
            cases.change(connection, int(self.key), values, expected=None, now=self.reception.now)

    def protected(self, protected: bool) -> None:
        """Protect the case in the host, or open it again, and tell nobody."""
        with self.host.database.writing() as connection:
            cases.protect(connection, int(self.key), protected, self.reception.now)


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Embedded]:
    reception = build_reception(tmp_path)
    host = Host.made(tmp_path / "journal.sqlite", tmp_path / "journal-filer")
    with host.database.writing() as connection:
        for unit in UNITS:
            users.add_unit(connection, users.Unit(unit.key, unit.title, unit.parent))
        for one in STAFF:
            users.add_user(
                connection,
                users.User(one.key, one.login, one.name, one.unit, "", roles=one.roles),
            )
    journal = EmbeddedJournal(host, clock=lambda: reception.now)
    town = reception.town
    town.product = replace(town.product, ports=replace(town.product.ports, journal=journal))
    number = reception.registered(made_post.eml(TEXT))
    yield Embedded(reception, host, journal, number)
    town.product.store.close()
    host.database.close()


@pytest.fixture
def hooks(embedded: Embedded) -> HostHooks:
    """What the host calls."""
    return HostHooks(embedded.reception.product)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Karen's desk, with a case of hers."""
    town = build(tmp_path, NOW)
    yield Desk(town)
    town.product.store.close()
