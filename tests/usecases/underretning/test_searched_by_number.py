"""What is searched for with a number in it: an address, a telephone number, a case number."""

from dataclasses import replace
from uuid import UUID

import pytest

from dubu_plugin.store.search import found as search
from dubu_plugin.store.search.words import words_of
from dubu_plugin.store.transaction import Work
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import Reception
from dubu_plugin.usecases.sag.birth import keep_person

TEXT = (
    "Vi underretter om Alma Testvad, CPR 031216-4990. Hun er ofte alene. Farmor bor Åvænget 12 B, "
    "og hun kan ringes op på telefon 99 99 12 10."
)


def hits(reception: Reception, text: str) -> set[UUID | None]:
    with reception.product.store.write(actor="karen", now=reception.now) as work:
        return {hit.sag for hit in found(reception, work, text)}


def found(reception: Reception, work: Work, text: str) -> list[search.Hit]:
    return list(search.search(work.connection, reception.asker(), text))


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("99991210", True),
        ("telefon 99 99 12 10", True),
        ("+45 99991210", True),
        ("Åvænget 12 B", True),
        ("åvænget 12", True),
        ("Alma 2.b", True),
        ("Alma Testvad Åvænget 12", True),
        ("Prøvegade 7", True),  # the address book's, which the text does not say
        ("99991211", False),
        ("Åvænget 13", False),
        ("Prøvegade 8", False),
        ("4990", False),
        ("031216", False),
    ],
)
def test_a_case_is_found_by_address_and_telephone(
    reception: Reception, text: str, finds: bool
) -> None:
    about = reception.about(reception.registered(made_post.eml(TEXT)))
    assert about.sag_id is not None
    assert (about.sag_id in hits(reception, text)) is finds


def test_the_case_number_still_finds_the_case(reception: Reception) -> None:
    about = reception.about(reception.registered(made_post.eml(TEXT)))
    with reception.product.store.write(actor="karen", now=reception.now) as work:
        number = next(one.number for one in found(reception, work, "Alma Testvad") if one.number)
        assert {hit.sag for hit in found(reception, work, number)} == {about.sag_id}


LONG = "97494381148115230076854774050045030607"
"""A number of a case or a letter may be as long as this; no part of it is a telephone's."""


def test_no_part_of_a_cpr_number_is_a_word() -> None:
    for said in ("031216-4990", "0312164990", "031216 4990", "031216–4990", LONG):
        assert list(words_of(f"Alma {said}")) == ["alma"]


def test_an_address_that_becomes_protected_finds_nobody_any_more(reception: Reception) -> None:
    about = reception.about(reception.registered(made_post.eml(TEXT)))
    assert about.sag_id in hits(reception, "Prøvegade 7")
    people = reception.persons.people
    moved = replace(people["person-1"], address="Prøvegade 7", protected_address=True)
    with reception.product.store.write(actor="karen", now=reception.now) as work:
        keep_person(work, moved)
    assert about.sag_id not in hits(reception, "Prøvegade 7")
    assert about.sag_id in hits(reception, "Alma Testvad")
