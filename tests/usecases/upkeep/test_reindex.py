"""What is older than a release is found by what the release finds by."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.store.search import words as search_words
from dubu_plugin.store.search.found import search
from dubu_plugin.store.search.words import Weight
from dubu_plugin.store.tables import search_words as table
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.town import Town, build
from dubu_plugin.usecases.upkeep.reindex import reindex

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
HOME = "Testvej 12, 9999 Prøvestrup"
WHO = Asker(KAREN, frozenset({Role.CASEWORKER}), "modtagelse")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    built = build(tmp_path, NOW)
    yield built
    built.product.store.close()


def found(town: Town, text: str) -> set[UUID | None]:
    with town.product.store.read() as connection:
        return {hit.underretning or hit.sag for hit in search(connection, WHO, text)}


def words(town: Town) -> dict[tuple[UUID, str], int]:
    with town.product.store.read() as connection:
        rows = connection.execute(sa.select(table.c.subject_id, table.c.word, table.c.weight))
        return {(row.subject_id, row.word): row.weight for row in rows}


def test_an_older_case_is_found_by_its_childs_address_and_an_older_text_by_a_street(
    town: Town,
) -> None:
    sag = town.sag(town.person("Alma Testvad", address=HOME))
    number = town.underretning("Der råbes på Demogade 7.")
    with town.product.store.add() as connection:
        connection.execute(sa.delete(table).where(table.c.word == "demogade7"))
    assert found(town, "Testvej 12") == set()
    assert found(town, "Demogade 7") == set()
    told: list[tuple[int, int]] = []
    answer = reindex(town.product.store, at_once=1, progress=lambda *both: told.append(both))
    assert answer == {"sag": (1, 1), "underretning": (1, 1)}
    assert found(town, "Testvej 12") == {sag}
    assert found(town, "Demogade 7") == {number}
    assert told == [(1, 2), (2, 2)]


def test_done_again_nothing_is_changed(town: Town) -> None:
    for name in ("Alma Testvad", "Viggo Testvad"):
        town.sag(town.person(name, address=HOME))
    reindex(town.product.store)
    before = words(town)
    assert reindex(town.product.store, at_once=1)["sag"] == (2, 0)
    assert words(town) == before


def test_a_protected_address_finds_nobody_also_where_it_did(town: Town) -> None:
    sag = town.sag(town.person("Elias Testvej", address=HOME, protected=True))
    with town.product.store.add() as connection:
        search_words.index(connection, "sag", sag, {Weight.TITLE: HOME})
    assert found(town, "Prøvestrup") == {sag}
    reindex(town.product.store)
    assert found(town, "Prøvestrup") == set()
    assert found(town, "Testvej 12") == set()
    assert found(town, "Elias Testvej") == {sag}, "the name is the child's all the same"


def test_who_notified_anonymously_is_not_found_by_name(town: Town) -> None:
    town.underretning("Råb.", name="Ulla Prøvekær", organisation="Ullas Hus", anonymous=True)
    reindex(town.product.store)
    assert found(town, "Ullas") == set()


def test_a_word_that_weighs_more_today_does_so_afterwards(town: Town) -> None:
    sag = town.sag(town.person("Alma Testvad"))
    with town.product.store.add() as connection:
        connection.execute(sa.update(table).values(weight=int(Weight.TEXT)))
    reindex(town.product.store)
    assert words(town)[sag, "alma"] == Weight.NAME
