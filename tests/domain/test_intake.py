"""Every code of intake says what to do, and is stored so that it can be read back."""

from dubu_plugin.domain.intake import (
    FILE_REMARKS,
    REMARKS,
    FileState,
    Remark,
    needing_a_person,
    read_back,
    stored,
)


def test_every_remark_has_a_sentence() -> None:
    assert set(REMARKS) == set(Remark)
    for meaning in REMARKS.values():
        assert meaning.danish.endswith(".")


def test_what_is_told_only_opens_no_line() -> None:
    assert stored([Remark.CHARSET, Remark.FUTURE_DATE, Remark.NO_DATE]) is None


def test_codes_fit_their_column_and_are_read_back() -> None:
    everything = stored(Remark)
    assert everything is not None
    assert len(everything) <= 200
    assert read_back(everything) == needing_a_person(Remark)
    assert read_back(None) == ()


def test_every_bad_state_of_a_file_says_something() -> None:
    assert set(FILE_REMARKS) == set(FileState) - {FileState.READ, FileState.NO_TEXT}
