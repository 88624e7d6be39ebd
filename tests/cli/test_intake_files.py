"""``dubu intake`` where the files, the disk or another process are not as one would wish."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.cli import intake
from dubu_plugin.delivery.worker import Report, deliver_once
from dubu_plugin.store.failures import StorageFull
from dubu_plugin.store.outbox import State
from dubu_plugin.store.tables import outbox
from dubu_plugin.testing import made_post

Run = Callable[..., Any]


def put(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return name


def told(answer: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(answer.out)
    return found


# -- how large, and what it is ---------------------------------------------------------------------


def test_a_file_over_the_limit_is_refused_and_the_others_are_taken(
    dubu: Run, installation: Path
) -> None:
    (installation / "dubu.toml").write_text("[intake]\nlargest_item = 2000\n", encoding="utf-8")
    files = [
        put(installation, "stor.txt", b"x" * 2001),
        put(installation, "lige.txt", b"x" * 2000),
    ]
    answer = dubu("intake", *files, "--json")
    assert answer.status == 1
    large, fits = told(answer)
    assert (large["status"], large["underretning"]) == ("refused", None)
    assert "Bed om den i mindre dele." in large["message"]
    assert fits["status"] == "registered"


@pytest.mark.parametrize("name", ["/dev/zero", "enhed.eml", "roer.eml"])
def test_what_is_no_ordinary_file_is_refused_in_danish(
    dubu: Run, installation: Path, name: str
) -> None:
    (installation / "enhed.eml").symlink_to("/dev/zero")
    os.mkfifo(installation / "roer.eml")
    answer = dubu("intake", name, "--json")
    assert answer.status == 1
    one = told(answer)[0]
    assert one["status"] == "refused"
    assert "ikke en almindelig fil" in one["message"]


# -- the disk, and others at work ------------------------------------------------------------------


def test_a_full_disk_is_a_refusal_and_not_a_crash(
    dubu: Run, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageFull

    monkeypatch.setattr(intake, "receive", full)
    answer = dubu("intake", put(installation, "a.eml", made_post.eml()), "--json")
    assert answer.status == 1
    one = told(answer)[0]
    assert (one["status"], one["underretning"]) == ("refused", None)
    assert "ikke mere plads på disken" in one["message"]


class Other:
    """Another process that has taken the rows, and leaves them after a number of looks."""

    def __init__(self, looks: int) -> None:
        self.left = looks

    def deliver_once(self, product: Product, **more: Any) -> Report:
        self.left -= 1
        state = State.SENDER if self.left > 0 else State.PLANLAGT
        with product.store.write(actor="system", now=product.clock()) as work:
            work.connection.execute(sa.update(outbox).values(state=state))
        return Report() if self.left > 0 else deliver_once(product, **more)


def states(answer: Any) -> set[str]:
    return {row["state"] for row in told(answer)[0]["outbox"]}


def test_what_another_process_is_delivering_is_waited_for(
    dubu: Run, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("dubu_plugin.cli.intake.time.sleep", waited.append)
    monkeypatch.setattr(intake, "deliver_once", Other(looks=3).deliver_once)
    answer = dubu("intake", put(installation, "a.eml", made_post.eml()), "--json")
    assert answer.status == 0
    assert "sender" not in states(answer)
    assert len(waited) == 2


def test_it_is_not_waited_for_for_ever(
    dubu: Run, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "PATIENCE", 0.2)
    monkeypatch.setattr(intake, "deliver_once", Other(looks=1000).deliver_once)
    answer = dubu("intake", put(installation, "a.eml", made_post.eml()))
    assert answer.status == 0
    assert "Journalen svarede ikke i tide. Alt er gemt" in answer.err


# -- what is told ----------------------------------------------------------------------------------


def message(dubu: Run, folder: Path, text: str) -> str:
    answer = dubu("intake", put(folder, "a.txt", text.encode()), "--json")
    assert answer.status == 0
    said: str = told(answer)[0]["message"]
    warning = said.partition(". ")[2]
    assert warning in dubu("intake", "a.txt").out, "people are told what machines are told"
    return said


def test_a_number_that_fails_modulus_11_is_warned_of_and_masked(
    dubu: Run, installation: Path
) -> None:
    said = message(dubu, installation, "Alma Testvad, CPR 031216-4990, har stort fravær.")
    assert "CPR-nummeret 031216-•••• går ikke op i kontrollen (modulus 11)." in said
    assert "4990" not in said


def test_a_number_that_begins_with_no_date_is_warned_of(dubu: Run, installation: Path) -> None:
    said = message(dubu, installation, "Alma Testvad, CPR 991316-4990, har stort fravær.")
    assert "ligner et CPR-nummer, men det begynder ikke med en dato" in said
    assert "991316" not in said


def test_a_text_without_numbers_is_not_warned_of(dubu: Run, installation: Path) -> None:
    assert message(dubu, installation, "En dreng har stort fravær.") == (
        "Underretningen er modtaget og gemt. Barnet er ikke fundet: find det i Indgang."
    )


def test_a_deadline_is_told_in_whole_seconds(dubu: Run, installation: Path) -> None:
    answer = dubu("intake", put(installation, "a.txt", b"En dreng."), "--json")
    dues = [one["due"] for one in told(answer)[0]["frister"]]
    assert dues
    assert [due for due in dues if "." in due] == []
