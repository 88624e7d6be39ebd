"""A complaint that is late by a letter that came back is not late: no time ran (RSL § 67)."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.store.afgoerelse import klager
from dubu_plugin.store.afgoerelse.klager import Del, Genvurdering, Klage, KlageState
from dubu_plugin.store.tables import frister, letters, outbox
from dubu_plugin.usecases.afgoerelse import complain
from dubu_plugin.usecases.dokument.send_again import send_again
from dubu_plugin.usecases.dokument.sent_on_paper import BY_HAND, post_letters
from dubu_plugin.usecases.frist.tell_time import tell_time

from .bench import Bench
from .complaining import stands
from .test_posted import NOTED, POSTED, complained, waiting, whose

LATE = date(2026, 8, 5)
NOON = datetime(2026, 8, 10, 10, tzinfo=UTC)


def late(bench: Bench) -> tuple[Klage, UUID, UUID]:
    """Have one party complain too late by their letter; return it, their letter and the other's."""
    number, (mine, other) = waiting(bench)
    assert isinstance(mine, UUID)
    assert isinstance(other, UUID)
    post_letters(bench.sag, [mine, other], BY_HAND, POSTED, **bench.act() | {"now": NOTED})
    klage = complained(bench, number, whose(bench, mine), LATE)
    assert klage.late
    bench.town.now = NOON
    tell_time(bench.town.product, bench.town.now)
    return klage, mine, other


def again(bench: Bench, letter: UUID) -> None:
    send_again(bench.sag, letter, "retur", "", **bench.act())


def looks(bench: Bench) -> list[tuple[str, date, bool]]:
    """Return the time to look at it again: how it stands, its day, and whether it was missed."""
    its = sa.select(frister).where(frister.c.rule == "GENV-4U", frister.c.state != "afloest")
    with bench.town.product.store.read() as connection:
        return [
            (row.state, danish_day(row.due), row.exceeded_at is not None)
            for row in connection.execute(its)
        ]


def test_paragraf_67_a_complaint_late_by_a_letter_that_came_back_is_looked_at(bench: Bench) -> None:
    klage, letter, _ = late(bench)
    assert looks(bench) == [("aaben", LATE, True)], "to be sent straight on"
    again(bench, letter)
    now = stands(bench, klage.id)
    assert (now.late, now.window_ends_on, now.due_on) == (False, None, date(2026, 9, 2))
    assert looks(bench) == [("aaben", date(2026, 9, 2), False)]
    complain.reassess(klage.id, Genvurdering.INTET, "Set på.", sag=bench.sag, **bench.leader)
    assert stands(bench, klage.id).state is KlageState.FASTHOLDT


def test_paragraf_67_who_complained_is_told_that_it_was_not_too_late(bench: Bench) -> None:
    klage, letter, _ = late(bench)
    again(bench, letter)
    receipts = bench.letters("kvittering_for_klage")
    said = {str(one["klage.svar_senest"]).replace("\xa0", " ") for _, one in receipts}
    assert said == {"", "2. september 2026"}
    with bench.town.product.store.read() as connection:
        asked = sa.select(letters.c.id, letters.c.state)
        states = {row.id: row.state for row in connection.execute(asked)}
    assert states[klage.receipt] == "udgaaet", "it says that it is sent straight on"
    assert states[klage.receipt_anew] == "skrives"


def test_paragraf_67_anothers_letter_that_came_back_changes_nothing(bench: Bench) -> None:
    klage, _, other = late(bench)
    again(bench, other)
    assert stands(bench, klage.id) == klage
    assert looks(bench) == [("aaben", LATE, True)]


def test_paragraf_67_a_complaint_late_by_the_day_that_is_said_stays_late(bench: Bench) -> None:
    number, (mine, _) = waiting(bench)
    assert isinstance(mine, UUID)
    told = date(2026, 6, 20)
    klage = complained(bench, number, whose(bench, mine), LATE, told_on=told)
    assert klage.late
    post_letters(bench.sag, [mine], BY_HAND, NOON - timedelta(days=30), **bench.act())
    bench.town.now = NOON
    again(bench, mine)
    assert stands(bench, klage.id).late


def states(bench: Bench) -> dict[UUID, str]:
    with bench.town.product.store.read() as connection:
        rows = connection.execute(sa.select(letters.c.id, letters.c.state))
        return {row.id: row.state for row in rows}


def test_paragraf_67_one_on_its_way_to_ankestyrelsen_is_kept_back_and_looked_at(
    bench: Bench,
) -> None:
    klage, letter, _ = late(bench)
    complain.send_on(klage.id, sag=bench.sag, **bench.act())
    with bench.town.product.store.write(actor="system", now=NOON) as work:
        klager.keep_parts(work.connection, klage.id, [Del(1, "0" * 64, 12, 4096, NOON)])
    again(bench, letter)
    now = stands(bench, klage.id)
    assert (now.state, now.late, now.due_on) == (KlageState.MODTAGET, False, date(2026, 9, 2))
    assert (states(bench)[klage.letter], states(bench)[klage.besked]) == ("udgaaet", "udgaaet")
    assert looks(bench) == [("aaben", date(2026, 9, 2), False)]
    with bench.town.product.store.read() as connection:
        assert not klager.parts(connection, klage.id), "the file of the case goes nowhere"
    complain.reassess(klage.id, Genvurdering.INTET, "Set på.", sag=bench.sag, **bench.leader)
    bench.sends_on(klage.id)
    assert stands(bench, klage.id).state is KlageState.SENDT
    assert "Set på." in [said["klage.genvurdering"] for _, said in bench.letters("oversendelse")]
    with bench.town.product.store.read() as connection:
        packed = sa.select(sa.func.count()).where(outbox.c.kind == "pack_klage")
        assert connection.scalar(packed) == 2, "the file is put together anew"


def test_paragraf_67_of_one_ankestyrelsen_has_somebody_is_to_write_to_them(bench: Bench) -> None:
    klage, letter, _ = late(bench)
    bench.sends_on(klage.id)
    there = stands(bench, klage.id)
    again(bench, letter)
    assert stands(bench, klage.id) == there
    with bench.town.product.store.read() as connection:
        told = connection.scalars(sa.select(outbox.c.payload).where(outbox.c.kind == "add_note"))
        assert any("Skriv til dem" in one for one in told)


def test_paragraf_67_a_receipt_that_was_sent_again_is_kept_back_too(bench: Bench) -> None:
    klage, letter, _ = late(bench)
    bench.posted(klage.receipt)
    new = send_again(bench.sag, klage.receipt, "retur", "", **bench.act())
    again(bench, letter)
    assert states(bench)[new] == "udgaaet", "it says that the complaint came too late"
    assert states(bench)[klage.receipt_anew] == "skrives"
