"""What not every party may be told is said to who has the file next."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.netvaerk import Kreds, Myndighed, Part, Rolle
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.tables import afgoerelser, personer
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.town import build
from dubu_plugin.usecases.dokument.to_guard import to_guard
from tests.usecases.afgoerelse.bench import NOW, TODAY, Bench, hidden_place


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    town = build(tmp_path, NOW)
    yield Bench(town)
    town.product.store.close()


def said(bench: Bench) -> list[str]:
    with bench.town.product.store.read() as connection:
        text = to_guard(connection, bench.sag, bench.alma, TODAY)
    return text.replace("\N{NO-BREAK SPACE}", " ").splitlines()


def test_nothing_is_said_where_all_may_be_told_everything(bench: Bench) -> None:
    assert said(bench) == []


def test_who_is_held_apart_is_named(bench: Bench) -> None:
    with bench.town.product.store.write(actor=KAREN, now=bench.town.now) as work:
        part = Part(role=Rolle.MOR, circle=Kreds.PRIMAER, apart=True, custody=Myndighed.UKENDT)
        netvaerk.begin(work.connection, bench.alma, bench.mother, part, by=KAREN, now=NOW)
    assert said(bench) == [
        "Sofie Testvad holdes adskilt: De andre må ikke få noget at vide (forvaltningsloven § 27)."
    ]


def test_whose_address_is_protected_is_named_and_the_address_is_not(bench: Bench) -> None:
    with bench.town.product.store.write(actor=KAREN, now=bench.town.now) as work:
        both = personer.c.id.in_([bench.alma, bench.mother])
        work.connection.execute(sa.update(personer).where(both).values(protected_address=True))
    assert said(bench) == ["Alma Testvad og Sofie Testvad har beskyttet adresse."]


def test_paragraf_105_a_hidden_place_is_told_of_and_not_named(bench: Bench) -> None:
    hidden_place(bench.town, bench.sag, bench.alma)
    assert said(bench) == ["Barnets sted er skjult for forældrene (barnets lov § 105)."]


def test_paragraf_105_what_is_decided_of_the_place_is_told_of_before_the_child_moves(
    bench: Bench,
) -> None:
    number = bench.decided()
    with bench.town.product.store.write(actor=KAREN, now=bench.town.now) as work:
        its = afgoerelser.c.skrift_id == number
        work.connection.execute(sa.update(afgoerelser).where(its).values(matter="samvaer_afbrudt"))
    [one] = said(bench)
    assert "Der er truffet en afgørelse om barnets sted" in one
