"""Nobody who works here opens a case about themselves or their family, by any way there is."""

import re
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa

from dubu_journal import addresses as book
from dubu_journal import family, users
from dubu_journal import tables as host
from dubu_journal.addresses import NewContact
from dubu_plugin.store import tables as t
from dubu_plugin.testing import made_post

from . import addresses, known, municipality
from .browser import Browser
from .known import CHILD, CPR, MOTHER, NOTIFIER, WORDS
from .municipality import Municipality

AUNT, ALSO_MOTHER, COLLEAGUE = "karen", "henrik", "gerda"
"""A caseworker, the team leader who is the child's mother, and somebody who is not related."""
OTHER_CHILD = "Noah Testlund"
FRESH_EYES = "§ 137 kræver, at en"
"""How the page says that the child has support already."""


@pytest.fixture(scope="module")
def kin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Municipality]:
    """The application where two who work here are the child's family, in the address book only."""
    town = municipality.build(tmp_path_factory.mktemp("kin"), before=_related)
    yield town
    municipality.close(town)


def _related(town: Municipality) -> None:
    with town.host.database.writing() as connection:
        aunt = book.add(connection, NewContact("person", "Karen Demotoft"), town.now)
        family.relate(connection, town.contacts[CHILD], "anden", aunt)
        for user, contact in ((AUNT, aunt), (ALSO_MOTHER, town.contacts[MOTHER])):
            connection.execute(
                sa.update(host.users).where(host.users.c.key == user).values(contact_id=contact)
            )
        roles = frozenset({"sagsbehandler"})
        gerda = users.User(COLLEAGUE, COLLEAGUE, "Gerda Demotoft", known.OWN_UNIT, roles=roles)
        users.add_user(connection, gerda)


@pytest.fixture(autouse=True)
def _theirs(kin: Municipality) -> None:
    """Make everything lie in their own unit: but for the tie all of it would be theirs to see."""
    with kin.product.store.write(actor="system", now=kin.now) as work:
        for table in (t.sager, t.underretninger, t.frister):
            work.connection.execute(sa.update(table).values(unit=known.OWN_UNIT))
        work.connection.execute(sa.delete(t.drafts))
    with kin.host.database.writing() as connection:
        connection.execute(sa.update(host.cases).values(unit=known.OWN_UNIT))


@pytest.fixture(params=[AUNT, ALSO_MOTHER])
def relative(kin: Municipality, request: pytest.FixtureRequest) -> Browser:
    """The browser of somebody in the child's family, who was given the case by mistake."""
    user: str = request.param
    with kin.product.store.write(actor="system", now=kin.now) as work:
        for table in (t.sager, t.underretninger, t.frister):
            work.connection.execute(sa.update(table).values(responsible=user))
    with kin.host.database.writing() as connection:
        connection.execute(sa.update(host.cases).values(responsible=user))
    return kin.browser(user)


def test_a_colleague_would_see_it(kin: Municipality) -> None:
    browser = kin.browser(COLLEAGUE)
    assert browser.get(f"/dubu/sag/{kin.sag}").status_code == 200
    assert browser.get(f"/sager/{kin.case}").status_code == 200
    assert str(kin.underretning["kandidat"]) in browser.get("/dubu/indgang").text
    assert indgang_count(browser) == 3
    assert browser.get(f"/post/{kin.host_post['ny']}").status_code == 200


def test_no_address_opens(kin: Municipality, relative: Browser) -> None:
    opened = []
    for address in addresses.every(kin.app):
        about = address.parameters & (addresses.OUR_CASE | addresses.HOST_CASE | addresses.POST)
        for thing in addresses.things(kin, address) if about else ():
            if thing.name == "loes":
                continue
            answer = relative.ask(address.method, address.filled(thing.values))
            if answer.status_code != 404:
                opened.append(f"{address} ({thing.name}) answers {answer.status_code}")
    assert not opened


def test_no_list_search_or_count_tells(kin: Municipality, relative: Browser) -> None:
    told = []
    secrets = [
        str(kin.sag), kin.number, NOTIFIER, known.MEETING, known.REMINDER,
        known.NOTE_WORD, known.DRAFT_TITLE, *WORDS.values(),
        *(str(number) for number in kin.underretning.values()),
    ]  # fmt: skip
    for address in addresses.every(kin.app):
        if address.parameters or address.path in addresses.OPEN:
            continue
        text = relative.ask(address.method, address.path).text
        told += [f"{address}: {secret}" for secret in secrets if secret in text]
    for sought in (CHILD, CPR, "2303881990", kin.number, *WORDS.values()):
        relative.post("/dubu/soeg", {"q": sought})
        pages = {"/dubu/soeg": relative.get("/dubu/soeg?resultat=1")}
        pages |= {path: relative.post(path, {"soeg": sought}) for path in ("/soeg", "/adressebog")}
        for path, page in pages.items():
            text = page.text.replace(sought, "")
            told += [f"{path} »{sought}«: {secret}" for secret in secrets if secret in text]
    assert not told
    assert indgang_count(relative) == 1, "only what nothing was made of"
    assert "Min dag (" not in relative.get("/mig").text, "the reminders on the case are counted"


def test_the_tab_and_the_list_of_cases_are_closed(kin: Municipality, relative: Browser) -> None:
    assert f"/sager/{kin.case}" not in relative.get("/sager").text
    assert "Mine sager (0)" in relative.get("/").text
    assert relative.get(f"/sager/{kin.case}/fane/barn-og-familie").status_code == 404
    hooks = kin.hooks
    assert relative.user is not None
    assert hooks.journal_case_tabs(case=str(kin.case), user=relative.user) == ()


def test_the_child_cannot_be_chosen_for_another_underretning(
    kin: Municipality, relative: Browser
) -> None:
    other = about_another_child(kin)
    answer = assessed(kin, relative, other, kin.child)
    assert answer.status_code == 422
    assert kin.rows(t.underretninger, id=other)[0].child_id != kin.child
    url = f"/dubu/indgang/{other}"
    for shown in (answer, relative.get(url), relative.get(f"{url}/familie?barn={kin.child}")):
        assert kin.number not in shown.text
        assert str(kin.sag) not in shown.text


def test_looking_the_child_up_tells_nothing_of_its_case(
    kin: Municipality, relative: Browser
) -> None:
    with kin.product.store.write(actor="system", now=kin.now) as work:
        work.connection.execute(sa.update(t.sager).values(has_indsats=True))
    other = about_another_child(kin)
    form = {"gem": "find_barn", "find": CPR, "version": "1"}
    pages = {
        browser.user: browser.post(f"/dubu/indgang/{other}", form).text.replace("\xa0", " ")
        for browser in (kin.browser(COLLEAGUE), relative)
    }
    secrets = [kin.number, str(kin.sag), *map(str, kin.underretning.values()), FRESH_EYES]
    assert [one for one in secrets if one in pages[COLLEAGUE]], "the test finds nothing to hide"
    assert [one for one in secrets if one in pages[relative.user]] == []


def test_a_call_about_the_child_is_not_taken_by_its_family(
    kin: Municipality, relative: Browser
) -> None:
    form = {
        "gem": "gem", "henvendelse": "underretning", "kanal": "telefon", "barn": str(kin.child),
        "modtaget": "2026-03-02T12:00", "tekst": "En lærer ringer.", "underretter": "2",
    }  # fmt: skip
    assert relative.post("/dubu/indgang/ny", form).status_code == 422
    assert kin.browser(COLLEAGUE).post("/dubu/indgang/ny", form).status_code == 303


def test_who_is_looked_up_for_the_first_time_is_known_as_family_at_once(kin: Municipality) -> None:
    """The address book has said nothing of this child yet: no underretning has named it."""
    with kin.host.database.writing() as connection:
        new = NewContact("person", "Bertram Demotoft", cpr="1204154991", born=date(2015, 4, 12))
        child = book.add(connection, new, kin.now)
        mine = sa.select(host.users.c.contact_id).where(host.users.c.key == AUNT)
        family.relate(connection, child, "mor", connection.execute(mine).scalar_one())
    other = about_another_child(kin)
    for user, status in ((AUNT, 422), (COLLEAGUE, 303)):
        browser = kin.browser(user)
        browser.post(f"/dubu/indgang/{other}", {"gem": "find_barn", "find": "Bertram Demotoft"})
        (found,) = kin.rows(t.personer, name="Bertram Demotoft")
        answer = assessed(kin, browser, other, found.id)
        assert answer.status_code == status
        assert bool(kin.rows(t.sager, child_id=found.id)) is (status == 303)


def test_an_expected_child_is_closed_to_its_mother(kin: Municipality) -> None:
    raw = made_post.eml(
        f"{MOTHER}, CPR 230388-1990, er gravid og mødte påvirket op på klinikken.",
        message_id="<gravid@klinik.example>", sender="Klinikken <k@klinik.example>",
    )  # fmt: skip
    kin.receive("gravid", raw, sender="Klinikken")
    number = kin.underretning.pop("gravid")
    kin.post.pop("gravid")
    post = kin.host_post.pop("gravid")
    mother = kin.browser(ALSO_MOTHER)
    assert mother.get(f"/dubu/indgang/{number}").status_code == 404
    assert mother.get(f"/post/{post}").status_code == 404
    assert kin.browser(COLLEAGUE).get(f"/dubu/indgang/{number}").status_code == 200


def about_another_child(kin: Municipality) -> UUID:
    """Return a new underretning about somebody else, which is theirs to work on."""
    number = len(kin.rows(t.underretninger))
    name = f"anden-{number}"
    raw = made_post.eml(
        f"Barnet {OTHER_CHILD} kom uden madpakke, gang {number}.",
        message_id=f"<{name}@huset.example>", sender="Børnehuset <b@huset.example>",
    )  # fmt: skip
    kin.receive(name, raw, sender="Børnehuset")
    kin.post.pop(name)
    kin.host_post.pop(name)
    return kin.underretning.pop(name)


def assessed(
    kin: Municipality, browser: Browser, underretning: UUID, child: UUID
) -> httpx.Response:
    """Return the answer when somebody saves an assessment that lacks nothing."""
    version = str(kin.rows(t.underretninger, id=underretning)[0].version)
    form = {
        "gem": "uden", "version": version, "barn": str(child), "fare": "ikke_akut",
        "begrundelse": "Barnet er i skole og tilses.", "naeste": "screening", "underretter": "2",
        "pligt": "133",
        "bekymring": "3",
    }  # fmt: skip
    return browser.post(f"/dubu/indgang/{underretning}", form)


def indgang_count(browser: Browser) -> int:
    """Return the number beside Indgang in the bar."""
    found = re.search(r">Indgang(?: \((\d+)\))?</a>", browser.get("/mig").text)
    assert found
    return int(found[1] or 0)
