"""Talks, consents and statements of a case as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.danish_time import danish as danish_clock
from dubu_plugin.domain.inddragelse import (
    CONSENTS,
    FORMS,
    OMITTED,
    SOURCES,
    WAYS,
    Giver,
    Grundlag,
    SamtykkeState,
    UdtalelseState,
    turns,
)
from dubu_plugin.store.inddragelse import boernesamtaler, samtykker, udtalelser
from dubu_plugin.store.inddragelse.boernesamtaler import Samtale
from dubu_plugin.store.inddragelse.involved import Involved
from dubu_plugin.store.inddragelse.samtykker import Samtykke
from dubu_plugin.store.inddragelse.udtalelser import Udtalelse
from dubu_plugin.store.sag.sag_panel import Head
from dubu_plugin.store.tables import employees

Mark = tuple[str, str, str]
SHOWN_WORDS: Final = 220
"""How many characters of the child's words stand in a list."""


@dataclass(frozen=True, slots=True)
class SamtaleLine:
    """A talk in the list."""

    url: str
    title: str
    detail: str = field(repr=False)
    words: str = field(repr=False)
    locked: bool


@dataclass(frozen=True, slots=True)
class SamtykkeLine:
    """A consent in the list."""

    url: str
    title: str
    giver: str = field(repr=False)
    detail: str = field(repr=False)
    mark: Mark


@dataclass(frozen=True, slots=True)
class UdtalelseLine:
    """A request in the list."""

    key: str
    url: str
    title: str = field(repr=False)
    detail: str = field(repr=False)
    mark: Mark
    may_chase: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole page."""

    samtaler: Sequence[SamtaleLine]
    told: Sequence[tuple[str, str]]
    """Talks that were held and are not written: when, and the way to write one."""
    samtykker: Sequence[SamtykkeLine]
    """As they stand now: the newest of each who gives, and what it is to."""
    earlier: Sequence[SamtykkeLine]
    udtalelser: Sequence[UdtalelseLine]
    notices: Sequence[str]
    """What has happened meanwhile that somebody should act on."""


def shown(connection: sa.Connection, head: Head, now: datetime) -> Shown:
    """Return everything about the child's and the family's part in a case."""
    today = danish.danish_day(now)
    url = f"/dubu/sag/{head.sag}"
    talks = boernesamtaler.of_sag(connection, head.sag)
    consents = samtykker.of_sag(connection, head.sag)
    requests = udtalelser.of_sag(connection, head.sag)
    names = _names(connection, talks)
    return Shown(
        [_samtale(one, url, names, now) for one in talks],
        [_told(at, url, now) for at in boernesamtaler.only_told(connection, head.sag)],
        [_samtykke(one, url, today) for one in consents if _is_newest(one, consents)],
        [_samtykke(one, url, today) for one in consents if not _is_newest(one, consents)],
        [_udtalelse(one, url, today) for one in requests],
        _notices(head, consents, requests, today),
    )


def panel_lines(found: Involved, now: datetime) -> Sequence[str]:
    """Return the few lines the panel of the case shows; none where there is nothing yet."""
    today = danish.danish_day(now)
    if found.is_empty:
        return ()
    lines = []
    if found.last_held is not None:
        day = danish.relative_day(danish.danish_day(found.last_held), today)
        lines.append(f"Talt med barnet {day}")
    elif found.omitted:
        lines.append("Ikke talt med barnet; grunden er skrevet")
    if found.given:
        lines.append(danish.counted(found.given, "samtykke gælder", "samtykker gælder"))
    if found.asked:
        several = "samtykker er ikke besvaret"
        lines.append(danish.counted(found.asked, "samtykke er ikke besvaret", several))
    requests = [
        danish.counted(found.waiting, "udtalelse ventes", "udtalelser ventes"),
        f"{found.overdue} er over tiden" if found.overdue else "",
        f"{found.stopped} er standset" if found.stopped else "",
    ]
    if found.waiting:
        lines.append(", ".join(filter(None, requests)))
    elif found.received:
        lines.append(danish.counted(found.received, "udtalelse er kommet", "udtalelser er kommet"))
    return lines


def around_lines(found: Involved) -> Sequence[str]:
    """Return the line on the network the panel shows; none where nobody is known."""
    if not found.around:
        return ()
    line = danish.counted(found.around, "person", "personer")
    return [f"{line}, {found.can_step_in} kan træde til" if found.can_step_in else line]


def state_of(one: Samtykke, today: date) -> Mark:
    """Return where a consent stands, as a mark."""
    if one.has_run_out(today):
        return ("Udløbet", "act", "time")
    return {
        SamtykkeState.SPURGT: ("Ikke besvaret", "", "time"),
        SamtykkeState.GIVET: ("Givet", "done", "check"),
        SamtykkeState.AFSLAAET: ("Ikke givet", "act", "error"),
        SamtykkeState.TRUKKET: ("Trukket tilbage", "act", "error"),
    }[one.state]


def request_state(one: Udtalelse, today: date) -> Mark:
    """Return where a request stands, as a mark."""
    if one.state is UdtalelseState.STANDSET:
        return ("Standset", "act", "error")
    if one.is_overdue(today):
        return ("Over tiden", "act", "time")
    return {
        UdtalelseState.SPURGT: ("Ventes", "", "time"),
        UdtalelseState.MODTAGET: ("Kommet", "done", "check"),
        UdtalelseState.OPGIVET: ("Opgivet", "", "info"),
    }[one.state]


def source_names(codes: Sequence[str]) -> str:
    """Return sources in words."""
    return danish.listed([SOURCES.get(one, one) for one in codes]) if codes else ""


def basis_words(one: Udtalelse) -> str:
    """Return what a request rests on, in words."""
    without = one.asked.basis is Grundlag.UDEN_SAMTYKKE
    return "uden samtykke, RSL § 11 c" if without else "med samtykke, RSL § 11 a"


def _samtale(one: Samtale, url: str, names: Mapping[str, str], now: datetime) -> SamtaleLine:
    said = one.said
    when = danish.unbroken(danish.list_moment(said.occurred_at, now))
    if one.was_held:
        title = f"{FORMS[said.form] if said.form else 'Samtale'} {when}"
        with_whom = danish.listed([names.get(key, key) for key in said.advisers])
        detail = " · ".join(filter(None, (said.place, with_whom)))
        words = said.own_words
    else:
        title = f"Ikke talt med barnet, {when}"
        detail = OMITTED[said.omitted] if said.omitted else ""
        words = said.instead
    short = words if len(words) <= SHOWN_WORDS else f"{words[:SHOWN_WORDS].rstrip()} …"
    return SamtaleLine(f"{url}/samtaler/{one.id}", title, detail, short, one.has_locked)


def _told(at: datetime, url: str, now: datetime) -> tuple[str, str]:
    local = danish_clock(at)
    when = f"{local:%Y-%m-%dT%H.%M}"
    return danish.unbroken(danish.list_moment(at, now)), f"{url}/samtaler/ny?holdt={when}"


def _samtykke(one: Samtykke, url: str, today: date) -> SamtykkeLine:
    asked = one.asked
    role = "den unge" if asked.giver_role is Giver.UNG else ""
    until = f"til og med {danish.list_date(asked.ends, today)}"
    way = WAYS[one.way] if one.way and one.state is SamtykkeState.GIVET else ""
    without = "Vi spørger uden samtykke (§ 11 c)" if one.without_reason else ""
    parts = (source_names(asked.sources), until, way, without)
    detail = danish.unbroken(" · ".join(filter(None, parts)))
    giver = ", ".join(filter(None, (asked.giver_name, role)))
    return SamtykkeLine(
        f"{url}/samtykker/{one.id}", CONSENTS[asked.kind], giver, detail, state_of(one, today)
    )


def _udtalelse(one: Udtalelse, url: str, today: date) -> UdtalelseLine:
    parts = [SOURCES.get(one.asked.source, one.asked.source)]
    if one.is_open:
        parts.append(f"svar senest {danish.list_date(one.asked.due, today)}")
        if one.chased:
            parts.append(danish.counted(one.chased, "gang rykket", "gange rykket"))
    elif one.received_on is not None:
        parts.append(f"kom {danish.list_date(one.received_on, today)}")
    parts.append(basis_words(one))
    detail = danish.unbroken(" · ".join(parts))
    key = str(one.id)
    return UdtalelseLine(
        key, f"{url}/udtalelser/{key}", one.asked.organisation, detail,
        request_state(one, today), one.state is UdtalelseState.SPURGT and one.is_overdue(today),
    )  # fmt: skip


def _notices(
    head: Head, consents: Sequence[Samtykke], requests: Sequence[Udtalelse], today: date
) -> Sequence[str]:
    found = []
    open_ones = [one for one in requests if one.is_open]
    asked = [danish.danish_day(one.asked_at) for one in open_ones]
    reached = {age for day in asked for age in turns(head.born, day, today)}
    young = any(
        one.asked.giver_role is Giver.UNG and one.state is not SamtykkeState.TRUKKET
        for one in consents
    )
    if 15 in reached and not young:
        found.append(
            "Barnet er fyldt 15, mens en udtalelse ventes. Spørg nu også den unge selv om samtykke."
        )
    if 10 in reached:
        found.append(
            "Barnet er fyldt 10, mens en udtalelse ventes. Det får nu selv breve i de sager, "
            "§ 3 nævner."
        )
    if stopped := sum(one.state is UdtalelseState.STANDSET for one in requests):
        what = danish.counted(stopped, "anmodning er standset", "anmodninger er standset")
        found.append(
            f"{what}, fordi samtykket er trukket tilbage. Vælg for hver, om den opgives eller "
            "bygger på § 11 c."
        )
    found += [
        f"Samtykket fra {one.asked.giver_name} er udløbet. Bed om et nyt, hvis det stadig skal "
        "bruges."
        for one in consents
        if one.has_run_out(today) and _is_newest(one, consents)
    ]
    return found


def _is_newest(one: Samtykke, consents: Sequence[Samtykke]) -> bool:
    """Tell whether nobody has been asked the same of the same people since; the newest is first."""
    same = [other for other in consents if _what(other) == _what(one)]
    return same[0].id == one.id


def _what(one: Samtykke) -> tuple[object, ...]:
    asked = one.asked
    return asked.giver, asked.giver_name, asked.kind, asked.sources


def _names(connection: sa.Connection, talks: Sequence[Samtale]) -> Mapping[str, str]:
    keys = {key for one in talks for key in one.said.advisers}
    if not keys:
        return {}
    found = employees.c
    rows = connection.execute(sa.select(found.key, found.name).where(found.key.in_(keys)))
    return {row.key: row.name for row in rows}
