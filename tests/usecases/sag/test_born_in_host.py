"""A case in the host that is about somebody else now: the child it expected, or a grown-up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.ports.journal_objects import Party, PartyKind
from dubu_plugin.store.family import personer
from dubu_plugin.store.tables import sager
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import FREJA, Reception, build_reception
from dubu_plugin.usecases.sag import follow_host
from dubu_plugin.usecases.underretning.child_choice import UnbornChild

DUE = date(2026, 9, 28)


@pytest.fixture
def expecting(tmp_path: Path) -> Iterator[Reception]:
    """A case about a child that is expected in September."""
    reception = build_reception(tmp_path)
    child = UnbornChild(DUE, mother_cpr=FREJA, mother_name="Freja Prøvelund")
    reception.save(reception.registered(made_post.eml("Freja er gravid.")), child=child)
    reception.deliver()
    yield reception
    reception.town.product.store.close()


def now_about(reception: Reception, name: str, number: str) -> personer.Known:
    """Have the host's case be about somebody else, and return the child of ours."""
    [(key, folder)] = reception.journal.folders.items()
    party = Party(PartyKind.PERSON, name, cpr=Cpr.parse(number))
    folder.case = replace(folder.case, primary_party=party, version="v99")
    reception.town.now += timedelta(days=120)
    follow_host.case_changed(
        key,
        ["title", "responsible"],
        product=reception.product,
        actor="karen",
        now=reception.town.now,
    )
    [case] = reception.rows(sager)
    with reception.product.store.read() as connection:
        child = personer.by_id(connection, case.child_id)
    assert child is not None
    return child


@pytest.mark.parametrize(
    ("name", "number"), [("Freja Prøvelund", "1702034008"), ("Helle Prøvelund", "1909710990")]
)
def test_the_mother_with_a_new_number_and_the_grandmother_are_not_the_child(
    expecting: Reception, name: str, number: str
) -> None:
    child = now_about(expecting, name, number)
    assert child.is_unborn
    assert child.due_date == DUE


def test_who_is_born_about_the_due_date_is_the_child(expecting: Reception) -> None:
    child = now_about(expecting, "Storm Prøvelund", "300926" + "5001")
    assert child.born == date(2026, 9, 30)
