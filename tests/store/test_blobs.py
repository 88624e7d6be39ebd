"""A file is there, whole and under its own name, or it is not there at all."""

import errno
import os
import resource
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from dubu_plugin.store.blobs import MARK, Blobs, NoSuchFile
from dubu_plugin.store.failures import FilesMissing, StorageFull

HELLO = "Hej æøå".encode()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs.made(tmp_path / "filer")


def left(blobs: Blobs) -> list[str]:
    names = (file.name for file in blobs.folder.rglob("*") if file.is_file())
    return [name for name in names if name != MARK]


@pytest.mark.parametrize("content", [b"", HELLO, b"\0" * 3_000_000])
def test_what_is_put_in_comes_out(blobs: Blobs, content: bytes) -> None:
    digest = blobs.put(content)
    assert digest == sha256(content).hexdigest()
    assert blobs.has(digest)
    assert blobs.size(digest) == len(content)
    assert blobs.read(digest) == content
    with blobs.open(digest) as file:
        assert file.read() == content


def test_the_same_content_is_stored_once(blobs: Blobs) -> None:
    assert blobs.put(HELLO) == blobs.put(HELLO)
    assert left(blobs) == [sha256(HELLO).hexdigest()]


def test_a_file_that_is_not_there_is_said_so(blobs: Blobs) -> None:
    nowhere = sha256(b"?").hexdigest()
    assert not blobs.has(nowhere)
    for ask in (blobs.read, blobs.open, blobs.size):
        with pytest.raises(NoSuchFile):
            ask(nowhere)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ab", "/" * 64, "../" + "a" * 61])
def test_a_name_that_is_no_hash_opens_nothing(blobs: Blobs, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        blobs.open(name)


def test_the_content_and_its_name_are_on_the_disk_before_it_returns(
    blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(handle: int) -> None:
        done.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")
        fsync(handle)

    def renamed(old: Any, new: Any) -> None:
        done.append("rename")
        replace(old, new)

    blobs.put(b"makes the folders")
    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    blobs.put(b"0")
    assert done[-3:] == ["file", "rename", "folder"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_nothing_behind(
    blobs: Blobs, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    blobs.put(b"there before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull):
        blobs.put(HELLO)
    monkeypatch.undo()
    assert left(blobs) == [sha256(b"there before").hexdigest()]
    assert blobs.put(HELLO)


IN_A_SMALL_PLACE = """
import sys
from pathlib import Path
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.failures import StorageFull
try:
    Blobs(Path(sys.argv[1])).put(b"x" * 200_000)
except StorageFull:
    print("full")
"""


def test_a_file_the_system_cuts_short_is_not_kept(blobs: Blobs) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [sys.executable, "-c", IN_A_SMALL_PLACE, str(blobs.folder)],
        preexec_fn=small,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "full\n"
    assert left(blobs) == []


# -- the folder ------------------------------------------------------------------------------------


def test_a_folder_that_is_not_there_is_not_made_by_storing(tmp_path: Path) -> None:
    with pytest.raises(FilesMissing):
        Blobs(tmp_path / "filer").put(HELLO)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_a_disk_that_is_not_mounted(blobs: Blobs) -> None:
    digest = blobs.put(HELLO)
    blobs.folder.rename(blobs.folder.with_name("afmonteret"))
    blobs.folder.mkdir()
    for ask in (blobs.read, blobs.open, blobs.size, blobs.has):
        with pytest.raises(FilesMissing):
            ask(digest)
    with pytest.raises(FilesMissing):
        blobs.put(b"nyt")
    assert list(blobs.folder.iterdir()) == []
    assert blobs.installation is None


def test_a_folder_says_whose_it_is(tmp_path: Path) -> None:
    key = uuid4()
    blobs = Blobs(tmp_path / "filer")
    blobs.make(key)
    assert blobs.installation == key
