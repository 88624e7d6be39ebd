"""Whoever looks at a case leaves a line: who, when and why; also whoever was turned away."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
import sqlalchemy as sa

from dubu_journal import tables as host
from dubu_plugin.domain.access import Relation, Subject, decide
from dubu_plugin.store.tables import read_log

from . import addresses
from .addresses import FILES, OPEN, Address, Thing
from .known import CHILD, CPR, PEOPLE
from .municipality import Municipality
from .policy import Standing

QUIET = frozenset({"/dubu", "/dubu/", "/dubu/hjaelp", "/dubu/hjaelp/genveje"})
"""Pages of ours that show nobody anything."""
QUIET_FORMS = ("/dubu/kladde/",)
"""A draft is its writer's own."""
OF_THE_DAY = ("/dubu/fravaer", "/dubu/min-dag/")
"""Forms about one's own day: what they show is shown by the page they lead back to."""
LOOKED_AT = {
    "case_id": "case",
    "document_id": "document",
    "file_id": "file",
    "contact_id": "contact",
}
"""What the host's log calls what an address names."""
FORMS = {"/dokumenter/{document_id:int}": {"knap": "slip"}, "/dubu/soeg": {"q": CHILD}}
"""What is sent where an empty form is not looked at."""


def ours(town: Municipality) -> Iterator[tuple[Address, Thing]]:
    """Yield every address of ours that shows somebody something, with what it is about."""
    for address in addresses.every(town.app):
        path = address.path
        quiet = path in OPEN | QUIET or FILES.match(path) or path.startswith(QUIET_FORMS)
        quiet = quiet or (address.method == "POST" and path.startswith(OF_THE_DAY))
        if address.ours and not quiet:
            yield from ((address, thing) for thing in addresses.things(town, address))


ROW: Final = sa.literal_column("read_log.rowid", sa.Integer)


def last(town: Municipality) -> int:
    """Return where our log ends."""
    with town.product.store.read() as connection:
        return connection.scalar(sa.select(sa.func.max(ROW)).select_from(read_log)) or 0


def lines(town: Municipality, after: int) -> list[Any]:
    """Return what our log has got since it ended there, the oldest line first."""
    asked = sa.select(read_log).where(after < ROW).order_by(ROW)
    with town.product.store.read() as connection:
        return list(connection.execute(asked))


def subject_of(address: Address, thing: Thing) -> tuple[str, str] | None:
    """Return the kind and the key a line of an address names; None for a page about no case."""
    if "underretning" in address.parameters:
        return "underretning", str(thing.values["underretning"])
    if address.parameters & {"sag", "host_case"}:
        return "sag", str(thing.values["sag"])
    return None


@pytest.mark.parametrize("user", ["karen", "henrik", "reva"])
def test_every_look_at_what_is_theirs_leaves_a_line_with_its_ground(
    town: Municipality, user: str
) -> None:
    standing = Standing(user, Relation.UNIT, protected=False)
    town.stand(user, Relation.UNIT, protected=False)
    browser, faults = town.browser(user), []
    for address, thing in ours(town):
        before = last(town)
        path = address.filled(thing.values)
        answer = browser.ask(address.method, path, data=FORMS.get(address.path, {}))
        new = lines(town, before)
        if answer.status_code in (404, 405):
            continue
        act = addresses.act_of(address)
        why = decide(standing.asker, act, Subject(frozenset({Relation.UNIT}))).why
        subject = subject_of(address, thing)
        fit = [
            line for line in new
            if (line.employee, line.at, line.allowed) == (user, town.now, True)
            and subject in (None, (line.subject_kind, line.subject_id))
            and (subject is None or line.why == why)
        ]  # fmt: skip
        if not fit:
            faults.append(f"{address} ({thing.name}) answers {answer.status_code} and logs {new}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("user", PEOPLE)
def test_whoever_is_turned_away_leaves_a_line_too(town: Municipality, user: str) -> None:
    town.stand(user, Relation.FAMILY, protected=False)
    browser, faults = town.browser(user), []
    for address, thing in ours(town):
        before = last(town)
        answer = browser.ask(address.method, address.filled(thing.values))
        if answer.status_code != 404:
            continue
        refused = [
            line for line in lines(town, before)
            if (line.employee, line.at, line.allowed) == (user, town.now, False)
            and line.why.startswith("nej:")
        ]  # fmt: skip
        subject = subject_of(address, thing)
        named = [line for line in refused if (line.subject_kind, line.subject_id) == subject]
        # Somebody who may do nothing with any case is turned away before the case is looked at.
        at_the_gate = [line for line in refused if line.subject_kind == "side"]
        if not (named or at_the_gate if subject else refused):
            faults.append(f"{address} ({thing.name})")
    assert not faults, "\n".join(faults)


def test_an_unknown_employee_who_is_logged_in_leaves_a_line(town: Municipality) -> None:
    from dubu_journal import users

    with town.host.database.writing() as connection:
        users.add_user(connection, users.User("ny", "ny", "Ny Demotoft", "mellem"))
    before = last(town)
    answer = town.browser("ny").get(f"/dubu/sag/{town.sag}")
    assert answer.status_code == 404
    (line,) = lines(town, before)
    assert (line.employee, line.allowed, line.why) == ("ny", False, "nej:ukendt_medarbejder")


def test_a_search_with_us_is_logged_with_what_was_searched_for_masked(town: Municipality) -> None:
    town.stand("karen", Relation.UNIT, protected=False)
    browser = town.browser("karen")
    for path, field in (("/dubu/soeg", "q"), ("/soeg", "soeg")):
        for typed, logged in ((CPR, f"{CPR[:6]}-••••"), (CHILD, CHILD)):
            before = last(town)
            browser.post(path, {field: typed})
            details = [line.detail for line in lines(town, before) if line.allowed]
            assert logged in details
            assert CPR not in str(details)


def last_read(town: Municipality) -> int:
    """Return where the host's log ends."""
    with town.host.database.reading() as connection:
        return connection.scalar(sa.select(sa.func.max(host.reads.c.id))) or 0


def reads(town: Municipality, after: int) -> list[Any]:
    """Return what the host's log has got since it ended there, the oldest line first."""
    asked = sa.select(host.reads).where(host.reads.c.id > after).order_by(host.reads.c.id)
    with town.host.database.reading() as connection:
        return list(connection.execute(asked))


def test_every_look_in_the_host_leaves_a_line_there(town: Municipality) -> None:
    town.stand("karen", Relation.RESPONSIBLE, protected=False)
    browser, faults = town.browser("karen"), []
    for address in addresses.every(town.app):
        names = address.parameters & set(LOOKED_AT) | address.parameters & {"post_id"}
        if address.ours or not names:
            continue
        for thing in addresses.things(town, address):
            (name,) = names
            before = last_read(town)
            form = FORMS.get(address.path, {})
            answer = browser.ask(address.method, address.filled(thing.values), data=form)
            if answer.status_code == 303:  # saved; the page it leads to is looked at
                continue
            kind = LOOKED_AT.get(name, "letter" if "udgaaende" in address.path else "post")
            wanted = ("karen", town.now, kind, thing.values[name])
            new = [(row.user, row.at, row.kind, row.object_id) for row in reads(town, before)]
            if wanted not in new:
                faults.append(f"{address} ({thing.name}) answers {answer.status_code}: {new}")
    assert not faults, "\n".join(faults)


def test_whoever_is_turned_away_in_the_host_leaves_a_line_there(town: Municipality) -> None:
    town.stand("karen", Relation.FAMILY, protected=False)
    browser, faults = town.browser("karen"), []
    for address in addresses.every(town.app):
        if not address.parameters & (addresses.HOST_CASE | {"post_id"}):
            continue
        for thing in addresses.things(town, address):
            before = last_read(town)
            answer = browser.ask(address.method, address.filled(thing.values))
            new = [(row.user, row.act) for row in reads(town, before)]
            if answer.status_code == 404 and ("karen", "afvist") not in new:
                faults.append(f"{address} ({thing.name})")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("typed", [CHILD, CPR, "svømmebassinet"])
def test_a_search_in_the_host_is_logged_there(town: Municipality, typed: str) -> None:
    town.stand("karen", Relation.RESPONSIBLE, protected=False)
    before = last_read(town)
    town.browser("karen").post("/soeg", {"soeg": typed})
    assert [(row.user, row.at) for row in reads(town, before)][:1] == [("karen", town.now)]


@pytest.mark.parametrize("path", ["/sager", "/sager?vis=enhed", "/post", "/post/udgaaende"])
def test_a_list_in_the_host_is_logged_there(town: Municipality, path: str) -> None:
    town.stand("karen", Relation.RESPONSIBLE, protected=False)
    before = last_read(town)
    assert town.browser("karen").get(path).status_code == 200
    assert [(row.user, row.act) for row in reads(town, before)] == [("karen", "listet")]
