"""Files are whole or not there, once for each content."""

import errno
import io
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from dubu_journal.files import MARK, FileStore
from dubu_journal.refusals import DiskFull, FilesMissing, FileTooLarge, NotThere

INSTALLATION = UUID("6d0f6e1c-5d0c-4a8f-9a52-6b1d3c0f7e21")


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    made = FileStore(tmp_path / "filer")
    made.make(INSTALLATION)
    return made


def left(store: FileStore) -> list[Path]:
    files = (path for path in store.root.rglob("*") if path.is_file())
    return [path for path in files if path.name != MARK]


def test_content_is_found_by_its_hash(store: FileStore) -> None:
    stored = store.put(io.BytesIO("Kære æøå".encode()))
    with store.open(stored.sha256) as file:
        assert file.read() == "Kære æøå".encode()
    assert stored.size == len("Kære æøå".encode())


def test_the_same_content_lies_there_once(store: FileStore) -> None:
    first, second = store.put(io.BytesIO(b"ens")), store.put(io.BytesIO(b"ens"))
    assert first == second
    assert left(store) == [store.path(first.sha256)]


def test_the_same_content_from_many_threads_lies_there_once(store: FileStore) -> None:
    with ThreadPoolExecutor(8) as threads:
        stored = list(threads.map(lambda _: store.put(io.BytesIO(b"ens" * 9999)), range(32)))
    assert len(set(stored)) == 1
    assert left(store) == [store.path(stored[0].sha256)]


def test_content_is_read_from_where_it_stands(store: FileStore) -> None:
    content = io.BytesIO(b"hoved og krop")
    content.seek(9)
    assert store.put(content).size == 4


def test_too_large_a_file_leaves_nothing(store: FileStore) -> None:
    with pytest.raises(FileTooLarge) as refusal:
        store.put(io.BytesIO(b"x" * 101), limit=100)
    assert refusal.value.limit == 100
    assert left(store) == []
    assert store.put(io.BytesIO(b"x" * 100), limit=100).size == 100


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_nothing(
    store: FileStore, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        store.put(io.BytesIO(b"x" * 5_000_000))
    assert left(store) == []


def test_a_content_that_breaks_leaves_nothing(store: FileStore) -> None:
    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(3)

    with pytest.raises(ConnectionResetError):
        store.put(Breaking(b"Hej med dig"))
    assert left(store) == []


def test_the_file_and_its_folders_are_forced_to_the_disk(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        forced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    place = store.path(store.put(io.BytesIO(b"x")).sha256)
    assert Path(forced[0]).parent == store.unfinished
    assert {str(place.parent), str(place.parent.parent), str(store.root)} <= set(forced)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "x" * 64, "A" * 64, "a" * 63])
def test_what_is_no_hash_is_not_there(store: FileStore, name: str) -> None:
    with pytest.raises(NotThere):
        store.open(name)


def test_what_a_killed_process_left_is_tidied_away(store: FileStore) -> None:
    store.put(io.BytesIO(b"x"))
    (store.unfinished / "halv").write_bytes(b"hal")
    now = datetime.now(UTC)
    assert store.tidy(now - timedelta(hours=1)) == 0
    assert store.tidy(now + timedelta(hours=1)) == 1
    assert len(left(store)) == 1


def test_nobody_else_on_the_machine_can_read_them(store: FileStore) -> None:
    stored = store.put(io.BytesIO(b"x"))
    assert store.path(stored.sha256).stat().st_mode & 0o077 == 0


# -- the folder ------------------------------------------------------------------------------------


def test_a_folder_that_is_not_there_is_not_made_by_writing(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "filer")
    with pytest.raises(FilesMissing):
        store.put(io.BytesIO(b"brev"))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_a_disk_that_is_not_mounted(store: FileStore) -> None:
    kept = store.put(io.BytesIO(b"brev"))
    store.root.rename(store.root.with_name("afmonteret"))
    store.root.mkdir()
    with pytest.raises(FilesMissing):
        store.put(io.BytesIO(b"brev"))
    with pytest.raises(FilesMissing):
        store.open(kept.sha256)
    assert list(store.root.iterdir()) == []
    assert store.installation is None


def test_a_folder_says_whose_it_is(store: FileStore) -> None:
    assert store.installation == INSTALLATION
