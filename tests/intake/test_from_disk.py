"""A file is read to the limit and no further, and only where it is a file."""

import os
import threading
from pathlib import Path

import pytest

from dubu_plugin.domain.intake import NotTaken
from dubu_plugin.intake import from_disk


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"x" * 100)
    assert from_disk.whole(tmp_path / "a.eml", 100) == b"x" * 100


def test_of_a_file_that_is_too_large_one_byte_too_many_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.eml").open("wb") as sparse:
        sparse.truncate(1024**4)
    assert len(from_disk.whole(tmp_path / "a.eml", 1000)) == 1001


def test_a_file_that_grows_while_it_is_read_is_not_read_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.eml").write_bytes(b"x")
    honest = os.fstat

    def then_it_grows(opened: int) -> os.stat_result:
        answer = honest(opened)
        with (tmp_path / "a.eml").open("ab") as file:
            file.write(b"x" * 5000)
        return answer

    monkeypatch.setattr("dubu_plugin.intake.from_disk.os.fstat", then_it_grows)
    assert len(from_disk.whole(tmp_path / "a.eml", 1000)) == 1001


@pytest.mark.parametrize("name", ["/dev/zero", "device.eml", "pipe.eml", "."])
def test_what_is_no_ordinary_file_is_not_read_at_all(tmp_path: Path, name: str) -> None:
    (tmp_path / "device.eml").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.eml")
    said: list[str] = []

    def read() -> None:
        try:
            from_disk.whole(tmp_path / name, 1000)
        except NotTaken as no:
            said.append(no.for_people())

    reading = threading.Thread(target=read, daemon=True)
    reading.start()
    reading.join(20)
    assert not reading.is_alive(), "it waits for a pipe nobody writes to"
    assert said[0].startswith(("Det er ikke en almindelig fil", "Filen kan ikke læses"))


def test_a_link_to_an_ordinary_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"x")
    (tmp_path / "b.eml").symlink_to(tmp_path / "a.eml")
    assert from_disk.whole(tmp_path / "b.eml", 10) == b"x"


def test_a_file_that_has_gone_is_said_in_danish(tmp_path: Path) -> None:
    with pytest.raises(NotTaken) as no:
        from_disk.whole(tmp_path / "væk.eml", 10)
    assert "Filen kan ikke læses" in no.value.for_people()
