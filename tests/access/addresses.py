"""Every address of the application, found in its routers, and filled with what is there.

A new route is in the walk by itself. One with a parameter nobody has said the meaning of here
fails the walk, so that whoever adds it says what it names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from dubu_plugin.domain.access import Act, Role
from dubu_plugin.web.sag.page import TAB

from .municipality import Municipality

INSIDE: Final = ("inner", "_inner", "app", "_client")
"""Where an application keeps the one it stands in front of."""


@dataclass(frozen=True, slots=True)
class Address:
    """A path as its router says it, and one way of asking for it."""

    method: str
    path: str

    @property
    def parameters(self) -> frozenset[str]:
        """What stands in braces."""
        return frozenset(re.findall(r"\{(\w+)(?::\w+)?\}", self.path))

    @property
    def ours(self) -> bool:
        """Whether it is a page of ours; else it is the host's."""
        return self.path.startswith("/dubu")

    def filled(self, values: dict[str, Any]) -> str:
        """Return it with values in the braces."""
        return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: str(values[found[1]]), self.path)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def every(application: ASGIApp) -> list[Address]:
    """Return every address an application answers, with what it is mounted behind."""
    found = {
        Address(method, route.path)
        for route in _routes(application)
        if isinstance(route, Route) and route.path != ANYTHING
        for method in (route.methods or EVERY_METHOD) - {"HEAD", "OPTIONS"}
    }
    return sorted(found, key=str)


def mounts(application: ASGIApp) -> list[str]:
    """Return the paths under which whole applications are mounted."""
    return sorted(route.path for route in _routes(application) if isinstance(route, Mount))


EVERY_METHOD: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
ANYTHING: Final = "/{rest:path}"
"""What the host answers where there is no page."""


def _routes(application: Any) -> Iterator[BaseRoute]:
    if hasattr(application, "routes"):
        for route in application.routes:
            yield from _unfolded(route)
        return
    for name in INSIDE:
        if hasattr(application, name):
            yield from _routes(getattr(application, name))
    for _, mounted in getattr(application, "_mounted", ()):
        yield from _routes(mounted)


def _unfolded(route: BaseRoute) -> Iterator[BaseRoute]:
    """Yield a route, or those of the router that was included in its place."""
    included = getattr(route, "original_router", None)
    if included is not None:
        yield from _routes(included)
    elif isinstance(route, Route | Mount):
        yield route
    else:
        raise TypeError(f"the walk does not know {type(route).__name__}")


# -- what the addresses are about ------------------------------------------------------------------

OPEN: Final = frozenset(
    {"/log-ind", "/log-ud", "/dubu/healthz", "/dubu/metrics", "/dubu/kalender/feed/{noegle}"}
)
"""Answered for whoever asks: they show nobody anything of anybody, or are a secret themselves."""

FILES: Final = re.compile(r"/(dubu/static|journal-filer)/")
"""Style sheets and scripts."""

OUR_CASE: Final = frozenset({"underretning", "sag", "host_case"})
HOST_CASE: Final = frozenset({"case_id", "document_id", "file_id"})
LOOK_PEOPLE_UP: Final = frozenset({Role.CASEWORKER, Role.TEAM_LEADER})
"""Whose work has them find persons in the host's address book."""
POST: Final = frozenset({"post", "post_id"})
"""What came in, and what was sent: whose it is follows what it became."""
ASIDE: Final = frozenset(
    {
        "key",
        "letter",
        "haendelse",
        "position",
        "form",
        "name",
        "mark",
        "contact_id",
        "noegle",
        "kode",
        "afgoerelse",
        "part",
        "kladde",
        "klage",
        "indsats",
        "opfoelgning",
        "del_nummer",
        "skrift",
        "plan",
        "place",
        "samtale",
        "samtykke",
        "udtalelse",
        "linje",
    }
)
"""Name something inside what the others name, a draft of one's own, or somebody in the book."""

ACTS: Final = {
    "/vis-cpr": Act.REVEAL,
    "/vis-adresse": Act.REVEAL,
    "/journal/soeg": Act.READ,
    "/andet": Act.REGISTER,
    "/et-barn-til": Act.REGISTER,
    "/barn": Act.REGISTER,
    "/omraade": Act.REGISTER,
    "/hent-tilbage": Act.TAKE_BACK,
    "/set": Act.REGISTER,
    "{underretning}": Act.ASSESS,
}
"""What a form at an address that ends so does. Any other form writes; what is no form reads."""

LIST_ACTS: Final = {
    "/dubu": Act.FIND_WAY,
    "/dubu/": Act.FIND_WAY,
    "/dubu/hjaelp": Act.FIND_WAY,
    "/dubu/hjaelp/genveje": Act.FIND_WAY,
    "/dubu/administration": Act.ADMINISTER,
    "/dubu/overblik": Act.COUNT,
    "/dubu/overblik/ansoegninger": Act.COUNT,
    "/dubu/overblik/excel": Act.EXPORT,
    "/dubu/indgang": Act.REGISTER,
    "/dubu/indgang/ny": Act.REGISTER,
    "/dubu/indgang/valgte": Act.WRITE,
    "/dubu/frister/uden-grund": Act.WRITE,
    "/dubu/sager/uden-frist": Act.SEARCH,
    "/dubu/sager/ingen-har": Act.SEARCH,
    "/dubu/kladde/{form}": Act.WRITE,
    "/dubu/indberetninger": Act.REPORT,
    "/dubu/administration/morgenmail": Act.ADMINISTER,
    "/dubu/min-dag/set": Act.SEARCH,
    "/dubu/min-dag/grund": Act.WRITE,
    "/dubu/planer": Act.ADMINISTER,
    "/dubu/planer/{kode}": Act.ADMINISTER,
    "/dubu/satser": Act.ADMINISTER,
    "/dubu/svarfrister": Act.ADMINISTER,
    "/dubu/kladde/{form}/slet": Act.WRITE,
}
"""What a page of ours that is about no case needs one to be able to do with any; else to search."""
READ_AS_FORM: Final = frozenset(
    {
        "/dubu",
        "/dubu/",
        "/dubu/hjaelp",
        "/dubu/administration",
        "/dubu/indgang/ny",
        "/dubu/overblik",
        "/dubu/overblik/ansoegninger",
        "/dubu/overblik/excel",
        "/dubu/indberetninger",
        "/dubu/administration/morgenmail",
        "/dubu/planer",
        "/dubu/planer/{kode}",
        "/dubu/satser",
        "/dubu/svarfrister",
    }
)


READ_ACTS: Final = {"/log": Act.READ_LOG, "/udskriv": Act.PRINT}
"""What a page at an address that ends so does. Any other reads."""


def act_of(address: Address) -> Act:
    """Return what is done at an address that is about a case of ours."""
    if address.method == "GET":
        return next((act for end, act in READ_ACTS.items() if address.path.endswith(end)), Act.READ)
    return next((act for end, act in ACTS.items() if address.path.endswith(end)), Act.WRITE)


def act_on_list(address: Address) -> Act:
    """Return what somebody must be able to do with some case to come to a page about none."""
    if address.method == "GET" and address.path not in READ_AS_FORM:
        return Act.SEARCH
    return LIST_ACTS.get(address.path, Act.SEARCH)


@dataclass(frozen=True, slots=True)
class Thing:
    """What an address is filled with."""

    name: str
    values: dict[str, Any]


def things(town: Municipality, address: Address) -> list[Thing]:
    """Return what there is in the municipality for an address to be about."""
    asides = {
        "position": 0,
        "form": f"vurdering:{town.underretning['ny']}",
        "name": "panel.css",
        "mark": "x",
        "noegle": "ingen-adresse.ics",
        "kode": "P1",
        "contact_id": town.contacts["Noah Testlund"],
    }
    given = address.parameters
    if "underretning" in given:
        inside = {"key": town.stuck["ny"], "letter": town.letter}
        only = "ny" if "key" in given else "vurderet" if "letter" in given else None
        return [
            Thing(name, {"underretning": number, **asides, **inside})
            for name, number in town.underretning.items()
            if only in (None, name)
        ]
    if "post" in given:
        return [Thing(name, {"post": number, **asides}) for name, number in town.post.items()]
    if "post_id" in given and "udgaaende" in address.path:
        return [Thing("brev", {"post_id": 1})]
    if "post_id" in given:
        return [Thing(name, {"post_id": number}) for name, number in town.host_post.items()]
    if "document_id" in given:
        rows = town.host_rows(_host("documents"))
        return [Thing(row.title, {"document_id": row.id}) for row in rows]
    if "file_id" in given:
        rows = town.host_rows(_host("document_files"))
        return [Thing(row.name, {"file_id": row.id}) for row in rows]
    key = town.stuck["sag"] if "sag" in given else TAB
    case = {"sag": town.sag, "host_case": town.case, "case_id": town.case, "key": key}
    case["haendelse"] = town.noted
    case["kladde"] = UUID(int=9)
    case |= town.involved | town.decided | {"del_nummer": 1}
    if address.path.endswith("/igen"):
        case["letter"] = town.sent_letter
    case |= {"plan": town.plan, "skrift": town.skrift, "place": "sundhedsforhold"}
    return [Thing("sagen", {**asides, **case})]


def _host(name: str) -> Any:
    from dubu_journal import tables

    return getattr(tables, name)


NOWHERE: Final[dict[str, Any]] = {
    **dict.fromkeys(("underretning", "sag", "post"), UUID(int=7)),
    **dict.fromkeys(("case_id", "document_id", "file_id", "post_id", "host_case"), 987654),
    **dict.fromkeys(("key", "letter", "haendelse", "skrift", "plan"), UUID(int=8)),
    **dict.fromkeys(("samtale", "samtykke", "udtalelse", "kladde", "linje"), UUID(int=8)),
    **dict.fromkeys(("afgoerelse", "part", "klage", "indsats", "opfoelgning"), UUID(int=8)),
    "del_nummer": 1,
    "place": "sundhedsforhold",
    "position": 1,
}
"""What is not there."""
