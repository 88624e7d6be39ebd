"""Whatever goes wrong, the person who must act is told so in Danish."""

import pytest

from dubu_plugin.delivery.sentences import FAULT, SENTENCES, why
from dubu_plugin.errors import AdapterError
from dubu_plugin.ports import journal_errors

HERE = journal_errors.__name__


def kinds(of: type[AdapterError]) -> set[type[AdapterError]]:
    return {of}.union(*(kinds(one) for one in of.__subclasses__()))


def test_every_way_a_journal_can_fail_has_a_sentence() -> None:
    theirs = {one.__name__ for one in kinds(AdapterError) if one.__module__ == HERE}
    assert theirs
    assert theirs <= set(SENTENCES)


@pytest.mark.parametrize(
    ("error", "begins"),
    [
        ("fake:file_document:CaseClosed", "Sagen er lukket"),
        ("dubu_journal:set_reminder:CaseClosed", "Sagen er lukket i journalen, så der er ikke"),
        ("dubu:open_case:Refused:ingen_ansvarlig", "Sagen har ingen ansvarlig"),
        ("dubu:lager:StorageFull", "Der er ikke mere plads"),
        ("dubu:open_case:KeyError", FAULT),
        ("", FAULT),
    ],
)
def test_an_error_becomes_a_sentence(error: str, begins: str) -> None:
    assert why(error).startswith(begins)


def test_nobody_is_told_to_open_a_closed_case_of_a_child() -> None:
    for operation in ("set_reminder", "file_document"):
        assert "åbn den" not in why(f"fake:{operation}:CaseClosed").lower()


def test_every_sentence_is_one_for_people() -> None:
    for sentence in [*SENTENCES.values(), FAULT]:
        assert sentence[0].isupper()
        assert sentence.endswith(".")
