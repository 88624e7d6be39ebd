"""``dubu svarfrister``: the municipality's answering times on the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]

SET = ("svarfrister", "set", "tabt", "4", "weeks", "--from", "2026-01-01", "--source", "by.dk/f")


def rows(dubu: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(dubu("svarfrister", "list", "--json").out)
    return found


def test_a_time_is_put_in_listed_and_taken_out_again(dubu: Run, installation: Path) -> None:
    assert "Ingen egen frist: der regnes med 8 uger." in dubu("svarfrister", "list").out
    answer = dubu(*SET)
    assert (answer.status, answer.err) == (0, "")
    assert "Tabt arbejdsfortjeneste: 4 uger fra 2026-01-01 er lagt ind." in answer.out
    [told] = rows(dubu)
    assert (told["area"], told["length"], told["source"]) == ("tabt", "4 weeks", "by.dk/f")
    listed = dubu("svarfrister", "list").out
    assert f"{told['id'][:8]}: 4 uger fra 2026-01-01. by.dk/f" in listed
    assert dubu("svarfrister", "remove", told["id"][:8]).status == 0
    assert rows(dubu) == []
    assert dubu("svarfrister", "remove", told["id"][:8]).status == 1


def test_an_area_of_their_own_is_named(dubu: Run, installation: Path) -> None:
    own = ("svarfrister", "set", "eget", "1", "months", "--from", "2026-01-01", "--source", "by.dk")
    assert dubu(*own, "--title", "Boligændring", "--law", "SEL § 116").status == 0
    [told] = rows(dubu)
    assert (told["area"], told["title"]) == ("egen_boligaendring", "Boligændring")
    assert "Boligændring (SEL § 116): egen_boligaendring" in dubu("svarfrister", "list").out


def test_what_cannot_stand_is_refused_with_a_sentence(dubu: Run, installation: Path) -> None:
    answer = dubu(*[one if one != "4" else "99" for one in SET])
    assert answer.status == 1
    assert "fra 1 til 52 uger" in answer.err
    assert dubu(*[one if one != "tabt" else "bil" for one in SET]).status == 1
    assert rows(dubu) == []
