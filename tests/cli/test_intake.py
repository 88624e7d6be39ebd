"""``dubu intake``: the answer is what design promised, and the journal holds what it says."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_journal import addresses, users
from dubu_journal import tables as host_tables
from dubu_journal.host import Host
from dubu_plugin import app
from dubu_plugin.domain.access import Role
from dubu_plugin.settings import Settings
from dubu_plugin.store.tables import employees, post_items, units
from dubu_plugin.testing import made_post

Run = Callable[..., Any]

TEXT = "Vi underretter om Alma Testvad, CPR 031216-4990. Stort fravær."
KEYS = {
    "file",
    "status",
    "underretning",
    "case",
    "child",
    "choose_child",
    "likely_children",
    "message",
    "frister",
    "outbox",
}
LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def town(installation: Path) -> Path:
    """The installation with a unit, somebody in it, and a child in the address book."""
    settings = Settings.from_file(installation / "dubu.toml")
    host = Host.at(installation / "journal.sqlite", installation / "journal-filer")
    with host.database.writing() as connection:
        users.add_unit(connection, users.Unit("modtagelse", "Modtagelsen"))
        users.add_user(connection, users.User("karen", "karen", "Karen Demotoft", "modtagelse"))
        child = addresses.NewContact("person", "Alma Testvad", "0312164990")
        addresses.add(connection, child, LONG_AGO)
    host.database.close()
    product = app.build(settings)
    with product.store.write(actor="system", now=LONG_AGO) as work:
        work.connection.execute(sa.insert(units).values(key="modtagelse", title="Modtagelsen"))
        work.connection.execute(
            sa.insert(employees).values(
                key="karen", login="karen", name="Karen Demotoft", unit="modtagelse",
                roles=Role.CASEWORKER, active=True, seen_at=LONG_AGO,
            )
        )  # fmt: skip
    product.store.close()
    return installation


def put(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return name


def told(answer: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(answer.out)
    assert all(set(one) == KEYS for one in found)
    return found


def test_a_mail_is_matched_filed_and_told_of(dubu: Run, town: Path) -> None:
    answer = dubu("intake", put(town, "a.eml", made_post.eml(TEXT)), "--json")
    assert answer.status == 0, answer.err
    one = told(answer)[0]
    assert (one["file"], one["status"], one["child"]) == ("a.eml", "registered", "Alma Testvad")
    assert one["case"].startswith("27.24.00")
    assert one["frister"] == [
        {"rule": "UND-24T", "due": "2026-03-03T09:14:00+01:00", "law": "BL § 136 stk. 2"},
        {"rule": "UND-KVIT", "due": "2026-03-10T23:59:59+01:00", "law": "BL § 138 stk. 1"},
    ]
    states = {row["kind"]: row["state"] for row in one["outbox"]}
    assert states == dict.fromkeys(
        ("match_child", "find_case", "open_case", "file_document"), "udfoert"
    )
    host = Host.at(town / "journal.sqlite", town / "journal-filer")
    with host.database.reading() as connection:
        titles = list(connection.scalars(sa.select(host_tables.documents.c.title)))
        notes = list(connection.scalars(sa.select(host_tables.notes.c.title)))
    host.database.close()
    assert titles == ["Underretning fra skolen, 2. marts 2026"]
    assert notes == ["Underretning modtaget"]


def test_the_same_mail_again_is_answered_with_the_first(dubu: Run, town: Path) -> None:
    file = put(town, "a.eml", made_post.eml(TEXT))
    first = told(dubu("intake", file, "--json"))[0]
    answer = dubu("intake", file, file, "--json")
    assert answer.status == 0
    for again in told(answer):
        assert again["status"] == "duplicate"
        assert (again["underretning"], again["case"]) == (first["underretning"], first["case"])


def test_every_kind_of_file_gets_its_answer(dubu: Run, town: Path) -> None:
    files = [
        put(town, "a.eml", made_post.eml(TEXT)),
        put(town, "b.docx", made_post.word("Vi underretter om en dreng.")),
        put(town, "c.pdf", made_post.pdf("Vi underretter om en pige.")),
        put(town, "d.txt", "Vi underretter om søskende.".encode("cp1252")),
        put(town, "e.pdf", made_post.locked_pdf("x")),
        put(town, "f.exe", made_post.PROGRAM),
        put(town, "g.docx", b"ikke en docx"),
        put(town, "h.eml", b""),
    ]
    answer = dubu("intake", *files, "--json")
    assert answer.status == 1, "something was refused"
    statuses = {one["file"][0]: one["status"] for one in told(answer)}
    assert statuses == {
        "a": "registered", "b": "registered", "c": "registered", "d": "registered",
        "e": "needs_human", "f": "refused", "g": "needs_human", "h": "refused",
    }  # fmt: skip
    for one in told(answer):
        assert (one["underretning"] is None) is (one["status"] == "refused")
        assert bool(one["frister"]) is (one["status"] != "refused")
        assert one["message"].endswith(".")


def test_the_number_is_never_printed(dubu: Run, town: Path) -> None:
    file = put(town, "a.eml", made_post.eml(TEXT))
    for words in ((file, "--json"), (file,)):
        answer = dubu("intake", *words)
        assert "4990" not in answer.out + answer.err


def test_for_people_it_says_what_was_found_and_when_it_is_due(dubu: Run, town: Path) -> None:
    answer = dubu("intake", put(town, "a.eml", made_post.eml(TEXT)))
    assert "Barn: Alma Testvad" in answer.out
    assert "originalen ligger på sagen" in answer.out
    assert "tirsdag 3. marts 2026 kl. 09.14" in answer.out


def test_the_moment_of_receipt_can_be_given_and_is_danish(dubu: Run, town: Path) -> None:
    file = put(town, "a.txt", b"En dreng.")
    answer = dubu("intake", file, "--received-at", "2026-03-28T12:00", "--json")
    due = {one["rule"]: one["due"] for one in told(answer)[0]["frister"]}
    assert due["UND-24T"] == "2026-03-29T13:00:00+02:00", "24 hours, over the change of clocks"


@pytest.mark.parametrize("moment", ["2099-01-01T00:00", "2099-01-01T00:00:00+01:00"])
def test_a_moment_in_the_future_is_refused_and_nothing_is_kept(
    dubu: Run, town: Path, moment: str
) -> None:
    answer = dubu("intake", put(town, "a.txt", b"x"), "--received-at", moment, "--json")
    assert answer.status == 1
    one = told(answer)[0]
    assert (one["status"], one["underretning"]) == ("refused", None)
    assert "fremtiden" in one["message"]


def test_a_mail_from_the_future_came_now(dubu: Run, town: Path) -> None:
    raw = made_post.eml(TEXT, date="Mon, 02 Mar 2099 09:14:00 +0100")
    one = told(dubu("intake", put(town, "a.eml", raw), "--json"))[0]
    assert one["status"] == "registered"
    assert "fremtiden" in one["message"]
    due = datetime.fromisoformat(one["frister"][0]["due"])
    assert due - datetime.now(UTC) < timedelta(hours=24)


def test_what_it_is_can_be_said(dubu: Run, town: Path) -> None:
    file = put(town, "a.eml", made_post.eml(TEXT))
    one = told(dubu("intake", file, "--kind", "ansoegning", "--json"))[0]
    assert one["status"] == "registered"
    clocks = {frist["rule"]: frist["due"] is not None for frist in one["frister"]}
    assert clocks == {"LOKALFRIST": True, "SCR": False}, "no 24-hour clock runs"


@pytest.mark.parametrize(
    "words",
    [
        ["findes-ikke.eml"],
        [],
        ["a.txt", "--reconcile"],
        ["a.txt", "--received-at", "i går"],
        ["a.txt", "--kind", "klage"],
        ["."],
    ],
)
def test_wrong_use_says_so(dubu: Run, town: Path, words: list[str]) -> None:
    put(town, "a.txt", b"x")
    answer = dubu("intake", *words)
    assert answer.status == 2
    assert answer.err
    assert "Traceback" not in answer.err


def test_with_the_journal_away_everything_is_kept_and_planned(
    dubu: Run, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dubu_journal.persons import EmbeddedPersons
    from dubu_plugin.ports.journal_errors import Unavailable

    def away(*_: object) -> None:
        raise Unavailable("journal", "by_cpr")

    monkeypatch.setattr(EmbeddedPersons, "by_cpr", away)
    answer = dubu("intake", put(town, "a.eml", made_post.eml(TEXT)), "--json")
    assert answer.status == 0
    one = told(answer)[0]
    assert (one["status"], one["case"], one["child"]) == ("registered", None, None)
    assert [(row["kind"], row["state"]) for row in one["outbox"]] == [("match_child", "planlagt")]
    assert len(one["frister"]) == 2


def test_the_proof_holds_and_is_counted(dubu: Run, town: Path) -> None:
    dubu("intake", put(town, "a.eml", made_post.eml(TEXT)))
    answer = dubu("intake", "--reconcile", "--json")
    assert answer.status == 0
    found = json.loads(answer.out)
    assert found["holds"] is True
    assert (found["items"], found["underretninger"], found["open_lines"]) == (1, 1, 0)
    assert "Intet er tabt." in dubu("intake", "--reconcile").out


def test_the_proof_says_no_where_something_is_nowhere(dubu: Run, town: Path) -> None:
    dubu("intake", put(town, "a.eml", made_post.eml(TEXT)))
    product = app.build(Settings.from_file(town / "dubu.toml"))
    with product.store.write(actor="system", now=LONG_AGO) as work:
        work.connection.execute(sa.update(post_items).values(state="ny", underretning_id=None))
    product.store.close()
    answer = dubu("intake", "--reconcile", "--json")
    assert answer.status == 1
    assert len(json.loads(answer.out)["unaccounted"]) == 1


def test_many_files_at_once(dubu: Run, town: Path) -> None:
    files = [
        put(town, f"{n}.eml", made_post.eml(f"Barn nummer {n}", message_id=f"<{n}@x>"))
        for n in range(40)
    ]
    answer = dubu("intake", *files, "--json")
    assert answer.status == 0
    assert {one["status"] for one in told(answer)} == {"registered"}
    assert len({one["underretning"] for one in told(answer)}) == 40
