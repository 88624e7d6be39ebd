"""An installation is made whole and marked, once; what is missing later is not made in silence."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from dubu_plugin.errors import Unreachable
from dubu_plugin.settings import Settings
from dubu_plugin.store import schema, witness
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.database import engine_for
from dubu_plugin.usecases.upkeep.belonging import NotTogether, Places, require, slips
from dubu_plugin.usecases.upkeep.set_up import set_up

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


class Host:
    """A host whose storage is a variable."""

    def __init__(self) -> None:
        self.there = False
        self.key: UUID | None = None
        self.down = False

    def places(self) -> dict[str, UUID | None]:
        if self.down:
            raise Unreachable("fake", "places")
        return {"journalen": self.key} if self.there else {}

    def missing(self) -> Sequence[str]:
        return [] if self.there else ["journalen"]

    def set_up(self, installation: UUID) -> None:
        self.there, self.key = True, installation

    def faults(self) -> Sequence[str]:
        return ()

    def remarks(self) -> Sequence[str]:
        return ()

    def login(self) -> str:
        return ""

    def staff(self, text: str, *, dry: bool = False) -> Sequence[str]:
        return ()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(folder=tmp_path)


def judged(settings: Settings, host: Host) -> None:
    engine = engine_for(settings.database_url)
    try:
        require(settings, engine, Blobs(settings.path(settings.files)), host)
    finally:
        engine.dispose()


def test_everything_is_made_and_bears_one_key(settings: Settings) -> None:
    host = Host()
    key = set_up(settings, host, now=NOW)
    assert host.key == key
    assert Blobs(settings.path(settings.files)).installation == key
    assert witness.installation(settings.path(settings.chain_log)) == key
    schema.require_newest(engine_for(settings.database_url))
    judged(settings, host)


def test_again_changes_nothing(settings: Settings) -> None:
    host = Host()
    assert set_up(settings, host, now=NOW) == set_up(settings, host, now=NOW)
    assert len(settings.path(settings.chain_log).read_text().splitlines()) == 1


def test_an_installation_from_before_there_were_marks_gets_them(settings: Settings) -> None:
    host = Host()
    host.there = True
    schema.upgrade(settings.database_url, "0003")
    settings.path(settings.files).mkdir()
    set_up(settings, host, now=NOW)
    judged(settings, host)


@pytest.mark.parametrize("lost", ["dubu.sqlite", "filer", "kaede.log"])
def test_what_is_missing_later_is_not_made_in_silence(settings: Settings, lost: str) -> None:
    host = Host()
    key = set_up(settings, host, now=NOW)
    for one in settings.folder.glob(f"{lost}*"):
        one.rename(settings.folder / f"vaek-{one.name}")
    with pytest.raises(NotTogether, match="Er disken monteret"):
        set_up(settings, host, now=NOW)
    assert not (settings.folder / lost).exists()
    assert set_up(settings, host, now=NOW, join=True) == key
    judged(settings, host)


def test_a_journal_of_another_installation_is_never_joined(settings: Settings) -> None:
    host = Host()
    set_up(settings, host, now=NOW)
    host.key = UUID(int=7)
    for join in (False, True):
        with pytest.raises(NotTogether, match="Journalen hører til en anden installation"):
            set_up(settings, host, now=NOW, join=join)
    assert host.key == UUID(int=7)
    with pytest.raises(NotTogether, match="Journalen hører til en anden installation"):
        judged(settings, host)


def test_a_host_that_does_not_answer_is_not_judged_at_start(settings: Settings) -> None:
    host = Host()
    set_up(settings, host, now=NOW)
    host.down = True
    judged(settings, host)
    settings.path(settings.files).rename(settings.folder / "vaek")
    with pytest.raises(NotTogether):
        judged(settings, host)


def test_a_host_whose_storage_is_gone_stops_nothing(settings: Settings) -> None:
    host = Host()
    set_up(settings, host, now=NOW)
    host.there = False
    judged(settings, host)
    host.there, host.key = True, None  # an empty folder, where a disk should be
    judged(settings, host)


def test_nothing_set_up_says_how_it_is_done() -> None:
    assert slips(Places(missing=["databasen"])) == [
        "Installationen er ikke sat op. Kør »dubu db upgrade«."
    ]
