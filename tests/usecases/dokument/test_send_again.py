"""A letter that never came starts no time: a new one is sent, and everything runs from that."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.standing import Hearing
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.errors import FieldRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.partshoeringer import Partshoering
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.tables import frister, letters, outbox
from dubu_plugin.testing.fake_ports import ANDERS
from dubu_plugin.testing.town import build
from dubu_plugin.usecases.afgoerelse import hear
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.window import last_day
from dubu_plugin.usecases.dokument.see_recipient import see_recipient
from dubu_plugin.usecases.dokument.send_again import (
    HeardAlready,
    NotToBeSentAgain,
    OtherTemplate,
    send_again,
)
from dubu_plugin.usecases.dokument.sent_on_paper import BY_HAND, post_letters
from tests.usecases.afgoerelse.bench import NOW, Bench

POSTED = datetime(2026, 6, 15, 10, tzinfo=UTC)
BACK = datetime(2026, 7, 20, 10, tzinfo=UTC)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    town = build(tmp_path, NOW)
    yield Bench(town)
    town.product.store.close()


def row(bench: Bench, letter: UUID) -> Any:
    with bench.town.product.store.read() as connection:
        return connection.execute(sa.select(letters).where(letters.c.id == letter)).one()


def to_print(bench: Bench) -> None:
    """Have what is ordered lie here with its pages."""
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        values = {"state": "til_print", "pdf_sha256": "0" * 64}
        waits = letters.c.state == "skrives"
        work.connection.execute(sa.update(letters).where(waits).values(values))


def posted(bench: Bench, *which: UUID, at: datetime) -> None:
    """Have letters be handed over on a day: they are there at once."""
    to_print(bench)
    bench.town.now = max(at, bench.town.now)
    post_letters(bench.sag, which, BY_HAND, at, **bench.act())


def told(bench: Bench, matter: str = "stoette", **more: Any) -> tuple[UUID, dict[UUID, UUID]]:
    """Make a decision, and return it with the letter of each grown-up party."""
    number = bench.ready(matter, **more)
    if matter != "stoette":
        bench.kept(number, {}, indsats="anbringelse_akut", place="almen_plejefamilie")
    decide(bench.sag, number, **bench.leader)
    return number, its_letters(bench, number)


def its_letters(bench: Bench, number: UUID) -> dict[UUID, UUID]:
    with bench.town.product.store.read() as connection:
        return {
            one.person: one.letter
            for one in afgoerelser.told(connection, number)
            if one.person != bench.alma
        }


def again(
    bench: Bench, letter: UUID, why: str = "retur", words: str = "", *, apart_seen: bool = False
) -> UUID:
    return send_again(bench.sag, letter, why, words, apart_seen=apart_seen, **bench.act())


def due(bench: Bench, code: str, state: str = "aaben") -> list[date]:
    with bench.town.product.store.read() as connection:
        mine = sa.select(frister.c.due).where(frister.c.rule == code, frister.c.state == state)
        return sorted(danish_day(one) for one in connection.scalars(mine))


def window(bench: Bench, number: UUID, person: UUID) -> date | None:
    with bench.town.product.store.read() as connection:
        return last_day(connection, number, danish_day(bench.town.now), person)


def test_paragraf_67_a_letter_that_came_back_starts_no_time_to_complain(bench: Bench) -> None:
    number, its = told(bench)
    posted(bench, *its.values(), at=POSTED)
    assert window(bench, number, bench.mother) == date(2026, 7, 13)
    bench.town.now = BACK
    new = again(bench, its[bench.mother])
    assert row(bench, its[bench.mother]).state == "ikke_naaet"
    assert window(bench, number, bench.mother) is None, "she has not been told"
    assert window(bench, number, bench.father) == date(2026, 7, 13), "his came"
    assert due(bench, "KLAGE-4U") == [date(2026, 7, 13)]
    assert its_letters(bench, number)[bench.mother] == new
    posted(bench, new, at=BACK)
    assert window(bench, number, bench.mother) == date(2026, 8, 17)
    assert due(bench, "KLAGE-4U") == [date(2026, 7, 13), date(2026, 8, 17)]


def test_the_new_letter_says_the_same_and_goes_to_where_they_live_now(bench: Bench) -> None:
    _, its = told(bench)
    posted(bench, *its.values(), at=POSTED)
    old = row(bench, its[bench.mother])
    bench.town.now = BACK
    bench.moves(bench.mother, "Demovej 8, 9999 Prøvestrup")
    new = row(bench, again(bench, old.id, "adresse"))
    assert new.recipient == "Sofie Testvad\nDemovej 8\n9999 Prøvestrup"
    before, after = json.loads(old.values), json.loads(new.values)
    other = {name for name in before if before[name] != after[name]}
    assert other == {"brev.dato", "modtager.adresse"}
    with bench.town.product.store.read() as connection:
        rows = connection.scalars(
            sa.select(outbox.c.payload).where(outbox.c.kind == "write_letter")
        )
        asks = [json.loads(one) for one in rows]
    assert {"letter": str(new.id), "modtager": str(bench.mother)} in asks, "the book is asked"
    see_recipient(new.id, bench.mother, product=bench.town.product, now=BACK)
    assert "Testvej 1" in row(bench, new.id).recipient, "that is what the book says"


def test_paragraf_143_the_24_hours_are_not_kept_by_a_letter_that_never_came(bench: Bench) -> None:
    text = "Truffet efter barnets lov § 143, stk. 1, fordi …"
    _, its = told(bench, "foreloebig", begrundelse=text, saerlige_forhold="Det haster.")
    first, last = its.values()
    posted(bench, first, at=NOW)
    posted(bench, last, at=NOW)
    assert due(bench, "AKUT-24T") == []
    bench.town.now += timedelta(hours=3)
    new = again(bench, first)
    assert len(due(bench, "AKUT-24T")) == 1, "one of the parties knows nothing"
    posted(bench, new, at=bench.town.now)
    assert due(bench, "AKUT-24T") == []
    assert len(due(bench, "AKUT-24T", "opfyldt")) == 1
    assert len(bench.happened(H.FORELOEBIG_AFGOERELSE_MEDDELT)) == 2


def heard(bench: Bench) -> tuple[UUID, UUID]:
    """Hear the mother, with two weeks to answer, and return the decision and the letter."""
    number = bench.prepared()
    part = bench.part(number, bench.mother)
    hear.send(
        bench.sag, number, part, {"om": Written("Fraværet.", 0)}, date(2026, 6, 25), **bench.act()
    )
    letter = mothers(bench, number).letter
    assert letter is not None
    posted(bench, letter, at=NOW)
    return number, letter


def mothers(bench: Bench, number: UUID) -> Partshoering:
    return next(one for one in bench.parts(number) if one.person == bench.mother)


def test_paragraf_19_a_party_has_as_long_to_answer_the_letter_that_is_sent_again(
    bench: Bench,
) -> None:
    number, letter = heard(bench)
    assert due(bench, "PARTSH") == [date(2026, 6, 25)]
    bench.town.now = NOW + timedelta(days=11)
    new = again(bench, letter)
    assert (mothers(bench, number).letter, mothers(bench, number).due_on) == (new, date(2026, 7, 6))
    assert "6. juli" in json.loads(row(bench, new).values)["hoering.frist"].replace("\xa0", " ")
    assert due(bench, "PARTSH") == [date(2026, 7, 6)]
    posted(bench, new, at=bench.town.now + timedelta(days=2))
    assert mothers(bench, number).due_on == date(2026, 7, 8)
    assert due(bench, "PARTSH") == [date(2026, 7, 8)]


def test_paragraf_19_no_answer_to_a_letter_that_never_came_is_no_answer(bench: Bench) -> None:
    number, letter = heard(bench)
    part = mothers(bench, number).id
    bench.town.now = NOW + timedelta(days=20)
    hear.answer(bench.sag, number, part, {}, None, **bench.act())
    assert mothers(bench, number).state is Hearing.INTET_SVAR
    assert due(bench, "PARTSH") == []
    again(bench, letter)
    assert mothers(bench, number).state is Hearing.SENDT
    assert due(bench, "PARTSH") == [date(2026, 7, 15)]


def test_paragraf_19_a_hearing_that_is_answered_is_not_sent_again(bench: Bench) -> None:
    number, letter = heard(bench)
    said = {"svar": Written("Nej.", 0), "vaegt": Written("Intet.", 0)}
    day = danish_day(bench.town.now)
    hear.answer(bench.sag, number, mothers(bench, number).id, said, day, **bench.act())
    with pytest.raises(HeardAlready):
        again(bench, letter)


def test_a_reason_is_given_and_kept_in_the_journal(bench: Bench) -> None:
    _, its = told(bench)
    posted(bench, *its.values(), at=POSTED)
    letter = its[bench.father]
    for why, words, field in (
        ("", "", "grund"),
        ("andet", " ", "ord"),
        ("retur", "x" * 201, "ord"),
    ):
        with pytest.raises(FieldRefused) as no:
            again(bench, letter, why, words)
        assert no.value.field == field
    again(bench, letter, "andet", "Postkassen var brændt.")
    with bench.town.product.store.read() as connection:
        notes = connection.scalars(sa.select(outbox.c.payload).where(outbox.c.kind == "add_note"))
        said = [json.loads(one)["body"].replace("\xa0", " ") for one in notes]
    assert any("Grund: Postkassen var brændt.\n" in one for one in said)
    assert any("sendt den 15. juni 2026, kom ikke frem" in one for one in said)


def test_a_letter_is_sent_again_once_after_it_is_sent_and_by_who_may_write(bench: Bench) -> None:
    _, its = told(bench)
    letter = its[bench.father]
    with pytest.raises(NotToBeSentAgain):
        again(bench, letter)
    posted(bench, *its.values(), at=POSTED)
    with pytest.raises(NotYours):
        send_again(bench.sag, letter, "retur", "", **bench.act(ANDERS))
    again(bench, letter)
    with pytest.raises(NotToBeSentAgain):
        again(bench, letter)


def test_a_letter_whose_template_is_another_now_is_not_written_again(bench: Bench) -> None:
    _, its = told(bench)
    posted(bench, *its.values(), at=POSTED)
    letter = its[bench.father]
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        mine = letters.c.id == letter
        work.connection.execute(sa.update(letters).where(mine).values({"values": "{}"}))
    with pytest.raises(OtherTemplate):
        again(bench, letter)
    assert row(bench, letter).state == "sendt"
