"""The command line speaks Danish everywhere, and every help shows how it is used."""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from dubu_plugin import cli
from dubu_plugin.cli.danish import SENTENCES, translated

Run = Callable[..., Any]

ENGLISH = re.compile(
    r"\b(?:usage|error|invalid|missing|no such|options?|commands?|arguments?|args|show this|exit"
    r"|default|required|try|help for|input should|did you mean|possible|got unexpected|takes?"
    r"|does not|bool|str|path|int|range|list\[|value|aborted|is not|choose)\b",
    re.IGNORECASE,
)


def commands() -> list[tuple[str, ...]]:
    """Every command and group of the program, by the words that reach it."""

    def under(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield words
        if isinstance(command, TyperGroup):
            for name, one in command.commands.items():
                yield from under(one, (*words, name))

    return list(under(typer.main.get_command(cli.program()), ()))


def english(text: str) -> list[str]:
    """The English words of a text, those of the program's own names left out."""
    plain = re.sub(r"--[\w-]+|\bdubu(?: \w+)+|\w+/\w+|<[\w|\s-]+>", " ", text)
    return ENGLISH.findall(plain)


def test_the_tree_is_walked() -> None:
    assert {(), ("db",), ("db", "upgrade"), ("frister", "on"), ("intake",)} <= set(commands())


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_help_is_danish_and_shows_an_example(dubu: Run, words: tuple[str, ...]) -> None:
    answer = dubu(*words, "--help")
    assert answer.status == 0
    assert "Brug: dubu" in answer.out
    assert f"Eksempel: {' '.join(('dubu', *words))}" in answer.out
    assert english(answer.out) == []
    assert "[]" not in answer.out, "what stands in brackets was taken for a colour"


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_wrong_option_is_said_in_danish_and_is_wrong_use(
    dubu: Run, words: tuple[str, ...]
) -> None:
    answer = dubu(*words, "--findes-ikke")
    assert (answer.status, answer.out) == (2, "")
    assert "Valget --findes-ikke findes ikke." in answer.err
    assert " ".join(("Læs mere: dubu", *words, "--help")) in answer.err
    assert english(answer.err) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("intakee", "Kommandoen intakee findes ikke. Mente du intake?"),
        ("zzz", "Kommandoen zzz findes ikke."),
        ("check --jsonn", "Valget --jsonn findes ikke. Mente du --json?"),
        ("frister compute", "Skriv KODE: det mangler."),
        ("frister compute UND-KVIT", "Valget --from mangler."),
        ("frister compute UND-KVIT --from", "Efter --from mangler der en værdi."),
        ("check --json=3", "Der skal ikke stå noget efter --json."),
        ("check nu her", "Der står for meget: nu her."),
        ("demo --size x", "--size: »x« kan ikke vælges. Vælg mellem small, copenhagen, national."),
        ("bench", "Skriv name. Vælg mellem front-page, case-panel"),
        ("serve --port x", "--port: det skal være et helt tal."),
        ("serve --port 70000", "--port: det må højst være 65535."),
        ("serve --port=-1", "--port: det skal mindst være 0."),
        ("intake nej.eml", "Der er ingen fil nej.eml. Se stavningen."),
        ("intake .", ". er en mappe. Skriv en fil."),
        ("frister compute UND-KVIT --from nu", "--from: »nu« er ikke et tidspunkt."),
        ("frister compute UND-KVIT --from 9999-12-31", "ligger for langt ude"),
        (
            "frister compute UND-24T --from 9999-12-31T23:59",
            "ligger for langt ude til at regne fra",
        ),
    ],
)
def test_what_is_wrong_is_said_in_danish(
    dubu: Run, installation: object, words: str, said: str
) -> None:
    answer = dubu(*words.split())
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err
    assert english(answer.err.replace(said, "")) == []


def test_a_file_that_may_not_be_read_is_said_in_danish() -> None:
    said = translated("Invalid value for 'fil': file 'a.eml' is not readable.")
    assert said.startswith("Filen a.eml må ikke læses.")


def test_no_sentence_of_the_table_is_english() -> None:
    assert [english(said) for _pattern, said in SENTENCES if english(said)] == []


def test_alone_it_shows_its_help(dubu: Run) -> None:
    answer = dubu()
    assert answer.status == 2
    assert "Kommandoer" in answer.out
    assert answer.err == ""


def test_ctrl_c_ends_with_a_kind_line(dubu: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dubu_plugin.settings.Settings.found", interrupted)
    answer = dubu("db", "current")
    assert (answer.status, answer.out) == (130, "")
    assert answer.err.strip() == "Stoppet. Tak for nu."


@pytest.mark.parametrize(("answered", "status"), [("ja\n", 0), ("nej\n", 1), ("y\nja\n", 0)])
def test_what_cannot_be_undone_is_asked_and_answered_in_danish(
    dubu: Run,
    installation: object,
    monkeypatch: pytest.MonkeyPatch,
    answered: str,
    status: int,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answered))
    answer = dubu("db", "downgrade", "base")
    assert answer.status == status
    assert "[ja/nej]" in answer.err
    assert ("Svar ja eller nej." in answer.err) is answered.startswith("y")
    assert ("Afbrudt." in answer.err) is bool(status)
    assert english(answer.out + answer.err) == []
