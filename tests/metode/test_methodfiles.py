"""The municipality's own methods are put in and out, and a running installation sees it."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from dubu_plugin.frister.ownfolder import FileRefused
from dubu_plugin.metode.methodfile import MethodError
from dubu_plugin.metode.methodfiles import MethodFiles
from tests.metode.conftest import SHELF, Write

NEW_YEAR = date(2027, 1, 1)


def nobody(code: str, version: str) -> int:
    return 0


@pytest.fixture
def methods(tmp_path: Path) -> MethodFiles:
    return MethodFiles([SHELF], tmp_path / "metoder")


def current(methods: MethodFiles, day: date = NEW_YEAR) -> str:
    found = methods.book.current(day)
    assert found is not None
    return f"{found.code} {found.version}"


def test_what_is_put_in_is_seen_without_a_restart(
    tmp_path: Path, methods: MethodFiles, small: Write
) -> None:
    assert current(methods) == "ics_2019 1"
    MethodFiles([SHELF], tmp_path / "metoder").install(small())
    assert current(methods) == "vores 1"
    assert (tmp_path / "metoder" / "vores-1.toml").is_file()


def test_what_is_taken_out_is_kept_and_can_be_put_in_again(
    methods: MethodFiles, small: Write
) -> None:
    methods.install(small())
    aside = methods.remove("vores", "1", used=nobody)
    assert current(methods) == "ics_2019 1"
    methods.install(aside)
    assert current(methods) == "vores 1"


def test_taking_the_newest_version_out_goes_back_to_the_one_before(
    methods: MethodFiles, small: Write
) -> None:
    methods.install(small())
    methods.install(small(('version = "1"', 'version = "2"'), ("2027-01-01", "2027-02-01")))
    assert current(methods, date(2027, 3, 1)) == "vores 2"
    methods.remove("vores", "2", used=nobody)
    assert current(methods, date(2027, 3, 1)) == "vores 1"


def test_the_same_file_twice_is_put_in_once(methods: MethodFiles, small: Write) -> None:
    methods.install(small())
    methods.install(small())
    assert [file.name for file in methods.own.iterdir()] == ["vores-1.toml"]


def test_a_version_that_is_in_is_never_changed(methods: MethodFiles, small: Write) -> None:
    methods.install(small())
    with pytest.raises(FileRefused) as no:
        methods.install(small(("Hverdag", "Hverdagen")))
    assert "Giv den nye sin egen version" in no.value.for_people()
    assert "Hverdagen" not in (methods.own / "vores-1.toml").read_text("utf-8")


def test_a_method_a_case_has_is_not_taken_out(methods: MethodFiles, small: Write) -> None:
    methods.install(small())
    used: Mapping[tuple[str, str], int] = {("vores", "1"): 3}
    with pytest.raises(FileRefused) as no:
        methods.remove("vores", "1", used=lambda code, version: used[code, version])
    assert "i brug i 3 sager" in no.value.for_people()
    assert current(methods) == "vores 1"


def test_one_case_is_counted_as_one(methods: MethodFiles, small: Write) -> None:
    methods.install(small())
    with pytest.raises(FileRefused) as no:
        methods.remove("vores", "1", used=lambda _code, _version: 1)
    assert "i brug i 1 sag og" in no.value.for_people().replace("\u00a0", " ")


def test_a_version_from_the_same_day_is_told_to_begin_later(
    methods: MethodFiles, small: Write
) -> None:
    methods.install(small())
    with pytest.raises(MethodError) as no:
        methods.install(small(('version = "1"', 'version = "2"')))
    assert "vælg en senere valid_from" in str(no.value)


def test_ours_is_not_taken_out(methods: MethodFiles) -> None:
    with pytest.raises(FileRefused) as no:
        methods.remove("ics_2019", "1", used=nobody)
    assert "følger med" in no.value.for_people()


def test_what_is_not_there_is_not_taken_out(methods: MethodFiles) -> None:
    with pytest.raises(FileRefused) as no:
        methods.remove("mars", "1", used=nobody)
    assert "dubu metode list" in no.value.for_people()


def test_what_another_method_needs_is_not_taken_out(methods: MethodFiles, small: Write) -> None:
    methods.install(small(("2027-01-01", "2027-01-01\nvalid_to = 2027-12-31")))
    methods.install(
        small(
            ('"vores"', '"andres"'),
            ("2027-01-01", "2028-01-01"),
            ("ics_2019 =", "vores ="),
            ('["sundhedsforhold"]', '["hverdag"]'),
        )
    )
    with pytest.raises(MethodError, match="vises i vores, som ikke er en anden metode"):
        methods.remove("vores", "1", used=nobody)
    assert current(methods) == "vores 1"


def test_a_file_that_does_not_fit_is_not_put_in(methods: MethodFiles, small: Write) -> None:
    with pytest.raises(MethodError, match="sundhed, som udgave 1 ikke har"):
        methods.install(small(('["sundhedsforhold"]', '["sundhed"]')))
    assert not methods.own.exists()


def test_a_file_spoilt_by_hand_leaves_the_methods_as_they_were(
    methods: MethodFiles, small: Write
) -> None:
    methods.install(small())
    assert current(methods) == "vores 1"
    file = methods.own / "vores-1.toml"
    whole = file.read_text("utf-8")
    file.write_text("[[metode]", encoding="utf-8")
    assert current(methods) == "vores 1"
    assert methods.wrong is not None
    assert methods.wrong.line == 1
    file.write_text(whole, encoding="utf-8")
    assert current(methods) == "vores 1"
    assert methods.wrong is None


def test_a_write_that_is_cut_off_leaves_nothing(
    methods: MethodFiles, small: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        methods.install(small())
    assert list(methods.own.iterdir()) == []


def test_a_file_can_be_checked_without_being_put_in(methods: MethodFiles, small: Write) -> None:
    assert methods.check(small()).code == "vores"
    assert methods.check(SHELF / "ics-2019.toml").code == "ics_2019"
    assert current(methods) == "ics_2019 1"
