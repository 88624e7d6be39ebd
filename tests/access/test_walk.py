"""Every role, in every relation, at every address there is: what opens is what the policy says."""

import re
from collections.abc import Iterator

import httpx
import pytest

from dubu_plugin.domain.access import Act, Relation

from . import addresses
from .addresses import FILES, NOWHERE, OPEN, Address, Thing
from .browser import Browser
from .known import (
    CHILD,
    CPR,
    DRAFT_TITLE,
    MEETING,
    NOTE_WORD,
    NOTIFIER,
    PEOPLE,
    REMINDER,
    SECRET,
    WORDS,
)
from .municipality import Municipality
from .policy import Standing

FORMS = {"/dokumenter/{document_id:int}": {"knap": "slip"}}
"""What is sent where an empty form is turned away before it is looked at."""

VIEWS = (
    "/dubu/min-dag?vis=team",
    "/dubu/min-dag?vis=mine&kun=uden-dato",
    "/dubu/indgang?vis=mine",
    "/dubu/indgang?vis=ingens",
    "/sager?vis=enhed",
    "/sager?vis=mine&status=afsluttet",
    "/post?vis=overtaget",
    "/post?vis=behandlet",
    "/kalender?uge=2026-03-02",
)
"""Other ways of looking at a list."""

SOUGHT = (CHILD, CPR, "2303881990", "{number}", *WORDS.values(), NOTE_WORD, DRAFT_TITLE)
"""What is searched for: the child, its number, its mother's, its case's, and words of its texts."""

OF_THE_BOOK = ("/soeg", "/adressebog")
"""Addresses that show the address book, where the child stands as everybody does."""


@pytest.mark.parametrize("protected", [False, True], ids=["open", "protected"])
@pytest.mark.parametrize("relation", Relation)
def test_what_opens_is_what_the_policy_says(
    town: Municipality, relation: Relation, protected: bool
) -> None:
    walked = addresses.every(town.app)
    faults = []
    for number, user in enumerate(PEOPLE):
        standing = Standing(user, relation, protected)
        turn = 2 * number + list(Relation).index(relation) + protected
        if standing.protection_matters or turn % 2 == 0:
            town.stand(user, relation, protected=protected)
            found = _faults(town, town.browser(user), standing, walked, turn)
            faults += [f"{standing}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def test_every_parameter_of_an_address_has_a_meaning(town: Municipality) -> None:
    known = addresses.OUR_CASE | addresses.HOST_CASE | addresses.POST | addresses.ASIDE
    unknown = [str(one) for one in addresses.every(town.app) if one.parameters - known]
    assert not unknown, "say in addresses.py what the parameters of these name"


def test_the_walk_finds_the_pages_of_both(town: Municipality) -> None:
    found = {str(one) for one in addresses.every(town.app)}
    assert found >= {
        "GET /dubu/sag/{sag}",
        "POST /dubu/indgang/{underretning}",
        "GET /sager/{case_id:int}",
        "POST /filer/{file_id:int}",
        "GET /log-ind",
    }
    assert addresses.mounts(town.app) == ["/dubu/static"]


def _faults(
    town: Municipality, browser: Browser, standing: Standing, walked: list[Address], turn: int
) -> Iterator[str]:
    """Yield what is wrong. Where there are several things of a kind they are looked at in turn."""
    marks = _marks(town)
    missing = {ours: _asked(browser, Address("GET", path), dict(NOWHERE)) for ours, path in (
        (True, "/dubu/sag/{sag}"), (False, "/sager/{case_id:int}"),
    )}  # fmt: skip
    for address in walked:
        if address.path in OPEN or FILES.match(address.path):
            continue
        there = addresses.things(town, address)
        thing = there[turn % len(there)]
        answer = _asked(browser, address, thing.values)
        yield from _judged(standing, address, thing, answer, missing[address.ours], marks)
    for path in VIEWS[turn % 3 :: 3]:
        yield from _told(standing, Address("GET", path), browser.get(path), marks)
    for text in SOUGHT[turn % 3 :: 4]:
        yield from _searched(browser, standing, text.format(number=town.number), marks)


def _asked(browser: Browser, address: Address, values: dict[str, object]) -> httpx.Response:
    path = address.filled(values)
    if address.method == "GET":
        return browser.get(path)
    return browser.ask(address.method, path, data=FORMS.get(address.path, {}))


def _judged(
    standing: Standing,
    address: Address,
    thing: Thing,
    answer: httpx.Response,
    missing: httpx.Response,
    marks: dict[str, re.Pattern[str]],
) -> Iterator[str]:
    where = f"{address} ({thing.name})"
    opened = answer.status_code not in (401, 403, 404, 405) and answer.status_code < 500
    if standing.is_refused(address):
        if answer.status_code != 403 or "ikke ændre noget" not in answer.text:
            yield f"{where} is not refused: {answer.status_code}"
    elif opened is not standing.opens(address, thing):
        yield f"{where} answers {answer.status_code}"
    elif not opened and (answer.status_code, answer.text) != (missing.status_code, missing.text):
        yield f"{where} does not look as if there were nothing"
    yield from _told(standing, address, answer, marks)


def _told(
    standing: Standing, address: Address, answer: httpx.Response, marks: dict[str, re.Pattern[str]]
) -> Iterator[str]:
    """Yield what a page tells somebody who is to know nothing."""
    text = f"{answer.headers.get('location', '')}\n{answer.text}"
    for mark, pattern in marks.items():
        thing = "ny" if _of_new(mark) else mark.partition(":")[0]
        thing = thing if thing in ("ny", *WORDS) else "sagen"
        known = CHILD in mark and address.path.startswith(OF_THE_BOOK)
        if not known and not standing.may(Act.SEARCH, thing) and pattern.search(text):
            yield f"{address} tells of {mark}"


def _of_new(mark: str) -> bool:
    """Tell whether a mark is of what is not assessed yet, which whoever gave it on may follow."""
    return mark in (CHILD, "the notifier", "the note") or mark.startswith("ny:")


def _marks(town: Municipality) -> dict[str, re.Pattern[str]]:
    """Return what nobody is to see who may not see the child's case, and how it looks."""
    exactly = {
        "the case": str(town.sag),
        "the case number": town.number,
        "the notifier": NOTIFIER,
        "the address": SECRET,
        "the draft": DRAFT_TITLE,
        "the note": NOTE_WORD,
        "the meeting": MEETING,
        "the reminder": REMINDER,
        CHILD: CHILD,
        **{f"{name}: its key": str(number) for name, number in town.underretning.items()},
        **{f"{name}: its text": word for name, word in WORDS.items()},
    }
    marks = {name: re.compile(re.escape(text)) for name, text in exactly.items()}
    marks["the case in the host"] = re.compile(
        rf"/(?:sager/{town.case}|dokumenter|filer)\b(?=/\d|[\"?#])"
    )
    return marks


def _searched(
    browser: Browser, standing: Standing, sought: str, marks: dict[str, re.Pattern[str]]
) -> Iterator[str]:
    for path, field in (("/soeg", "soeg"), ("/dubu/soeg", "q")):
        answer = browser.post(path, {field: sought})
        if answer.status_code == 303:
            answer = browser.get(answer.headers["location"])
        # What was typed stands in the form again, and tells nothing.
        shown = httpx.Response(answer.status_code, text=answer.text.replace(sought, ""))
        yield from _told(standing, Address("POST", path), shown, marks)
        finds = standing.host_opens if path == "/soeg" else standing.may(Act.SEARCH)
        if finds and answer.status_code == 200 and "Ingen resultater" in answer.text:
            yield f"POST {path} finds nothing for »{sought}«"
