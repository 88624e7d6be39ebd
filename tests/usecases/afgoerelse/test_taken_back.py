"""A complaint that is taken back on its way to Ankestyrelsen: what is not sent stays here."""

from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.store.afgoerelse import klager
from dubu_plugin.store.afgoerelse.klager import Del, Genvurdering, Klage, KlageState, Uden
from dubu_plugin.store.tables import letters
from dubu_plugin.usecases.afgoerelse import complain
from dubu_plugin.usecases.dokument.letter_states import to_print
from dubu_plugin.usecases.dokument.sent_on_paper import letters_to_print

from .bench import Bench
from .complaining import complained, stands


def on_its_way(bench: Bench) -> Klage:
    """Send a complaint on, and have its package made."""
    klage = complained(bench, bench.decided())
    complain.reassess(
        klage.id, Genvurdering.INTET, "Timerne er nok.", sag=bench.sag, **bench.leader
    )
    complain.send_on(klage.id, sag=bench.sag, **bench.act())
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        made = [Del(1, "0" * 64, 12, 4096, bench.town.now)]
        klager.keep_parts(work.connection, klage.id, made)
        klager.keep_left_out(work.connection, klage.id, [Uden(date(2026, 6, 1), "Film", "77")])
    return klage


def be(bench: Bench, state: LetterState, *which: UUID) -> None:
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        values = {"state": state, "pdf_sha256": "0" * 64}
        work.connection.execute(sa.update(letters).where(letters.c.id.in_(which)).values(values))


def state(bench: Bench, letter: UUID) -> str:
    with bench.town.product.store.read() as connection:
        found = connection.scalar(sa.select(letters.c.state).where(letters.c.id == letter))
    assert found is not None
    return str(found)


def taken_back(bench: Bench, klage: Klage) -> None:
    complain.withdraw(klage.id, sag=bench.sag, **bench.act())
    assert stands(bench, klage.id).state is KlageState.TRUKKET


@pytest.mark.parametrize("where", ["skrives", "klar", "journaliseret", "til_print"])
def test_rsl_66_what_is_taken_back_on_its_way_is_not_sent(bench: Bench, where: str) -> None:
    klage = on_its_way(bench)
    be(bench, LetterState(where), klage.letter, klage.besked)
    receipt = state(bench, klage.receipt)
    taken_back(bench, klage)
    assert (state(bench, klage.letter), state(bench, klage.besked)) == ("udgaaet", "udgaaet")
    assert state(bench, klage.receipt) == receipt, "that it was received is so all the same"
    with bench.town.product.store.read() as connection:
        assert not letters_to_print(connection, seen=letters.c.code == "oversendelse")
        assert not klager.parts(connection, klage.id), "the file of the case goes nowhere"
        assert not klager.left_out(connection, klage.id)


def test_rsl_66_what_has_left_the_house_is_said_to_have(bench: Bench) -> None:
    klage = on_its_way(bench)
    bench.posted(klage.besked)
    taken_back(bench, klage)
    assert (state(bench, klage.letter), state(bench, klage.besked)) == ("udgaaet", "sendt")


def test_rsl_66_what_the_post_gives_back_after_that_is_not_to_be_printed(bench: Bench) -> None:
    klage = on_its_way(bench)
    be(bench, LetterState.I_KOE, klage.letter)
    taken_back(bench, klage)
    assert state(bench, klage.letter) == "i_koe", "the post has it"
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        its = sa.select(letters).where(letters.c.id == klage.letter)
        to_print(work, work.connection.execute(its).one())
    assert state(bench, klage.letter) == "udgaaet"
