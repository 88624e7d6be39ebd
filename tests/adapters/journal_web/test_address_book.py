"""Persons in the address book are for those whose work it is, and never one's own family."""

import pytest

from dubu_journal import addresses, family, users
from dubu_journal import tables as t
from dubu_journal.host import Host

from ..conftest import Municipality
from .conftest import Browse

ALMA = "Alma Testvad"


def grandmother(host: Host, contacts: dict[str, int], user: str) -> None:
    """Make somebody who works here the mother of Alma's mother."""
    mother, child = contacts["Mette Testvad"], contacts[ALMA]
    own = contacts["Ida Demobæk"]
    with host.database.writing() as connection:
        family.relate(connection, child, "mor", mother)
        family.relate(connection, mother, "mor", own)
        where = t.users.c.key == user
        connection.execute(t.users.update().where(where).values(contact_id=own))


@pytest.mark.parametrize("page", ["/soeg", "/adressebog"])
def test_a_person_is_found_for_casework_only(page: str, browse: Browse) -> None:
    assert "Testvej 4" in browse("karen").post(page, {"soeg": ALMA}).text
    shown = browse("ida").post(page, {"soeg": ALMA}).text
    assert "Testvej 4" not in shown
    assert "031216" not in shown


@pytest.mark.parametrize("page", ["/adressebog/{}", "/adressebog/{}/ret"])
def test_a_person_opens_for_casework_only(
    page: str, browse: Browse, municipality: Municipality
) -> None:
    address = page.format(municipality.contacts[ALMA])
    assert browse("karen").get(address).status_code == 200
    assert browse("ida").get(address).status_code == 404


def test_a_company_is_for_everybody(browse: Browse) -> None:
    found = browse("ida").post("/adressebog", {"soeg": "Prøvestrup Skole"})
    assert "Prøvestrup Skole</a>" in found.text


def test_a_role_that_is_not_casework_finds_nobody(
    browse: Browse, host: Host, municipality: Municipality
) -> None:
    with host.database.writing() as connection:
        users.give_roles(connection, "karen", frozenset({"oekonomi"}))
    assert "Testvej 4" not in browse("karen").post("/soeg", {"soeg": ALMA}).text


def test_nobody_looks_their_own_family_up(
    browse: Browse, host: Host, municipality: Municipality
) -> None:
    grandmother(host, municipality.contacts, "karen")
    karen = browse("karen")
    for page in ("/soeg", "/adressebog"):
        assert f"{ALMA}</a>" not in karen.post(page, {"soeg": ALMA}).text
    for name in (ALMA, "Mette Testvad"):
        assert karen.get(f"/adressebog/{municipality.contacts[name]}").status_code == 404
    assert f"{ALMA}</a>" in browse("mads").post("/adressebog", {"soeg": ALMA}).text


def test_who_may_not_look_numbers_up_learns_of_none_by_adding_one(browse: Browse) -> None:
    assert browse("karen").get("/adressebog/ny").status_code == 200
    assert browse("ida").get("/adressebog/ny").status_code == 404


SECOND = ("eller opret", "Ny i adressebogen", "beskriv parten herunder")


@pytest.mark.parametrize("page", ["/adressebog", "/soeg", "/sager/{}/parter/ny"])
def test_who_may_not_look_people_up_is_told_so_and_asked_to_make_no_second_one(
    page: str, browse: Browse, host: Host, municipality: Municipality
) -> None:
    with host.database.writing() as connection:
        users.give_roles(connection, "karen", frozenset({"oekonomi"}))
    page = page.format(municipality.cases["Alma"])
    shown = browse("karen").post(page, {"soeg": ALMA, "knap": "soeg"}).text
    assert "Du kan slå virksomheder og institutioner op" in shown
    assert not [word for word in SECOND if word in shown]


def test_who_looks_people_up_is_told_that_their_own_family_is_not_shown(
    browse: Browse, host: Host, municipality: Municipality
) -> None:
    """The same is said whether somebody is there or not."""
    grandmother(host, municipality.contacts, "karen")
    karen = browse("karen")
    hidden = karen.post("/adressebog", {"soeg": ALMA}).text
    nobody = karen.post("/adressebog", {"soeg": "Ingen Findes"}).text
    assert hidden.replace(ALMA, "") == nobody.replace("Ingen Findes", "")
    assert "Din egen familie kan du ikke slå op: bed en kollega." in hidden


def described(municipality: Municipality, who: str) -> dict[str, str]:
    """Return somebody as they are described by number."""
    with municipality.host.database.reading() as connection:
        cpr = addresses.get(connection, municipality.contacts[who]).cpr
    assert cpr is not None
    return {"slags": "person", "cpr": cpr}


@pytest.mark.parametrize(
    ("who", "role"), [("Ida Demobæk", "oekonomi"), (ALMA, "sagsbehandler")], ids=["role", "family"]
)
def test_who_may_not_look_somebody_up_does_not_make_them_a_party(
    browse: Browse, host: Host, municipality: Municipality, who: str, role: str
) -> None:
    if who == ALMA:
        grandmother(host, municipality.contacts, "karen")
    with host.database.writing() as connection:
        users.give_roles(connection, "karen", frozenset({role}))
    other = next(number for name, number in municipality.cases.items() if name not in who)
    for form in ({"kontakt": str(municipality.contacts[who])}, described(municipality, who)):
        answer = browse("karen").post(f"/sager/{other}/parter/ny", {"knap": "tilføj", **form})
        assert answer.status_code == 422
        assert "Bed en kollega, der arbejder med sagen, om det." in answer.text


def test_who_may_not_look_people_up_describes_none_and_learns_of_no_number(
    browse: Browse, host: Host, municipality: Municipality
) -> None:
    with host.database.writing() as connection:
        users.give_roles(connection, "karen", frozenset({"oekonomi"}))
    karen, page = browse("karen"), f"/sager/{municipality.cases['Alma']}/parter/ny"
    for cpr in ("031216-0001", "120815-9998"):
        for name in ("", "Test Prøvesen"):
            form = {"knap": "beskrevet", "slags": "person", "navn": name, "cpr": cpr}
            answer = karen.post(page, form)
            assert (answer.status_code, "Bed en kollega" in answer.text) == (422, True)
            assert "adressebogen. Skriv navnet" not in answer.text
