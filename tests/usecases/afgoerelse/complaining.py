"""A party who complains, and what has come of it."""

from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.afgoerelse import afgoerelser, klager
from dubu_plugin.store.afgoerelse.klager import Klage
from dubu_plugin.store.tables import frister, letters
from dubu_plugin.usecases.afgoerelse import complain
from dubu_plugin.usecases.afgoerelse.complain import Received
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.dokument.letter_states import sent

from .bench import CHOSEN, TODAY, Bench


def received(bench: Bench, **more: object) -> Received:
    given = {"person": bench.mother, "day": TODAY, "form": "skriftligt",
             "words": "Fire timer er ikke nok."}  # fmt: skip
    return Received(**{**given, **more})  # type: ignore[arg-type]


def complained(bench: Bench, number: object, **more: object) -> Klage:
    new = complain.receive(bench.sag, number, received(bench, **more), **bench.act())  # type: ignore[arg-type]
    return stands(bench, new)


def stands(bench: Bench, klage: object) -> Klage:
    with bench.town.product.store.read() as connection:
        found = klager.by_id(connection, klage)  # type: ignore[arg-type]
    assert found is not None
    return found


def deadlines(bench: Bench, *rules: str) -> dict[str, str]:
    with bench.town.product.store.read() as connection:
        rows = connection.execute(sa.select(frister).where(frister.c.rule.in_(rules)))
        return {row.rule: row.state for row in rows}


def told(bench: Bench, number: object) -> object:
    """Have the post send the letter of who complains."""
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        letters_of = {
            one.person: one
            for one in afgoerelser.told(work.connection, number)  # type: ignore[arg-type]
        }
        first = letters_of[bench.mother]
        row = work.connection.execute(sa.select(letters).where(letters.c.id == first.letter)).one()
        sent(work, row, bench.town.product.letters["afgoerelse"], how="papir")
    return first.letter


def made_anew(bench: Bench, new: object) -> None:
    """Make the new decision."""
    assert isinstance(new, UUID)
    bench.kept(new, {"barnets_syn": "»Nu er det godt.«"}, **CHOSEN)
    bench.consents(new, bench.mother, bench.father)
    bench.left_out(new)
    decide(bench.sag, new, **bench.leader)
