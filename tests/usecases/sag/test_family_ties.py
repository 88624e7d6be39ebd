"""The address book has another family than it had: it stands here the next day, and is told."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.ports.persons import Relation, Tie
from dubu_plugin.store.family import personer
from dubu_plugin.store.tables import haendelser, outbox
from dubu_plugin.testing.town import build
from dubu_plugin.usecases.sag import family_ties
from tests.usecases.netvaerk.family import Family

NOW = datetime(2026, 6, 11, 8, 42, tzinfo=UTC)
Said = list[tuple[UUID, dict[str, Any]]]


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    town = build(tmp_path, NOW)
    alma = town.person("Alma Testvad", born=date(2016, 12, 3))
    viggo = town.person("Viggo Prøvesen", born=date(2021, 12, 2))
    mother = town.person("Sanne Testvad", born=date(1988, 5, 4))
    father = town.person("Michael Prøvesen", born=date(1986, 2, 9), cpr="0902864990")
    granny = town.person("Birthe Prøvesen", born=date(1958, 6, 7))
    town.tie(alma, mother, "mor", "barn")
    yield Family(town, town.sag(alma), alma, viggo, mother, father, granny)
    town.product.store.close()


def says(family: Family, **ties: Tie) -> None:
    """Let the address book have this family of the child from now on."""
    persons = family.town.persons
    persons.family[str(family.alma)] = [
        Relation(tie, persons.people[str(getattr(family, name))]) for name, tie in ties.items()
    ]


def next_day(family: Family) -> int:
    family.town.now += timedelta(days=1)
    return family_ties.catch_up(family.town.product, family.town.now)


def kept(family: Family) -> dict[UUID, Tie]:
    with family.town.product.store.read() as connection:
        return dict(personer.ties_of(connection, family.alma))


def told(family: Family) -> Said:
    its = haendelser.c
    asked = sa.select(its.person_id, its.data).where(
        its.type == H.PERSONOPLYSNINGER_AENDRET, its.sag_id == family.sag
    )
    with family.town.product.store.read() as connection:
        return [(who, json.loads(data)) for who, data in connection.execute(asked)]


def test_a_father_the_book_did_not_have_stands_the_next_day_and_is_told_once(
    family: Family,
) -> None:
    says(family, mother=Tie.MOTHER, father=Tie.FATHER)
    assert next_day(family) == 1
    assert kept(family) == {family.mother: Tie.MOTHER, family.father: Tie.FATHER}
    assert told(family) == [(family.father, {"hvem": "familie", "ny_foraelder": True})]
    with family.town.product.store.read() as connection:
        kinds = connection.scalars(sa.select(outbox.c.kind)).all()
    assert kinds.count("add_parties") == 1, "the journal gets him as a party"
    assert next_day(family) == 0
    assert len(told(family)) == 1


def test_who_is_no_longer_family_goes_and_it_is_told(family: Family) -> None:
    says(family, mother=Tie.MOTHER, granny=Tie.GRANDPARENT)
    next_day(family)
    says(family, mother=Tie.MOTHER)
    assert next_day(family) == 1
    assert kept(family) == {family.mother: Tie.MOTHER}
    assert [said for _, said in told(family)] == [
        {"hvem": "familie", "ny_i_familien": True}, {"hvem": "familie", "ude_af_familien": True},
    ]  # fmt: skip


def test_a_noted_custody_is_never_taken_away_and_that_is_told_once(family: Family) -> None:
    family.custody(family.mother)
    says(family, father=Tie.FATHER)
    for _ in range(2):
        next_day(family)
        assert kept(family)[family.mother] is Tie.MOTHER
        assert family.asked() == ["mor"]
    held = [(who, said) for who, said in told(family) if "beholder_myndighed" in said]
    assert held == [(family.mother, {"hvem": "familie", "beholder_myndighed": True})]
    says(family, father=Tie.FATHER, granny=Tie.GRANDPARENT)
    next_day(family)
    assert len([said for _, said in told(family) if "beholder_myndighed" in said]) == 1


def test_a_book_that_names_nobody_takes_nobody_away(family: Family) -> None:
    says(family)
    assert next_day(family) == 0
    assert kept(family) == {family.mother: Tie.MOTHER}
    assert told(family) == []
