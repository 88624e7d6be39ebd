"""The form of a talk with the child: its fields, and what they say."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.aldersbaand import band_on
from dubu_plugin.domain.danish_time import danish as danish_clock
from dubu_plugin.domain.inddragelse import (
    FORMS,
    OMITTED,
    Samtaleform,
    SamtaleState,
    Undladt,
)
from dubu_plugin.kataloger import samtaleguide
from dubu_plugin.kataloger.samtaleguide import Guide
from dubu_plugin.store.inddragelse.boernesamtaler import Samtale, Told
from dubu_plugin.store.sag.sag_panel import Head
from dubu_plugin.store.skrift import skrift_kilder
from dubu_plugin.store.skrift.kilder import KildeKind
from dubu_plugin.store.staff import colleagues
from dubu_plugin.store.unit_names import employee_names
from dubu_plugin.usecases.inddragelse.note_samtale import FIELDS
from dubu_plugin.web.forms import Sent

LABELS: Final[Mapping[str, str]] = {
    "egne_ord": "Barnets egne ord",
    "oensker": "Barnets ønsker",
    "emner": "Det talte I om",
    "fortalt": "Det fortalte du barnet",
    "aftalt": "Det aftalte I",
    "sted": "Sted",
    "andre": "Andre, der var med",
    "tryg_voksen": "Barnets trygge voksen",
    "tolk": "Tolk",
    "en_grund": "Hvorfor var der ikke to rådgivere?",
    "undladt_grund": "Grunden",
    "i_stedet": "Sådan kommer barnets syn frem",
    "dokument_titel": "Tegning eller billede",
}
"""What the fields are called, where two have saved and both are shown."""

_HELD: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}\.\d{2}")

OPTIONS: Final[Mapping[str, Any]] = {
    "forms": [(str(code), title) for code, title in FORMS.items()],
    "omitted": [(str(code), title) for code, title in OMITTED.items()],
    "labels": LABELS,
}


def blank(state: SamtaleState, me: str, now: datetime, first_time: bool, *, held: str = "") -> Sent:
    """Return the form as it is first shown.

    :param first_time: § 21, stk. 5, asks for two advisers.
    :param held: the day and its hour, ``2026-03-02T10.00``; what is none is passed over.
    """
    local = danish_clock(now)
    day, clock = (held[:10], held[11:]) if _HELD.fullmatch(held) else (local.date().isoformat(), "")
    return Sent(
        {
            "hvad": [state.value],
            "formular": [str(uuid4())],
            "dag": [day],
            "kl": [clock],
            "form": [Samtaleform.SAMTALE.value],
            "raadgiver": [me],
            "foerste": ["ja"] if first_time else [],
        }
    )


def of(samtale: Samtale) -> Sent:
    """Return the form as a talk fills it."""
    said = samtale.said
    fields = {FIELDS[name]: [getattr(said, name)] for name in FIELDS}
    first, second = (*said.advisers, "", "")[:2]
    return Sent(
        {
            **fields,
            "hvad": [samtale.state.value],
            "form": [said.form.value if said.form else ""],
            "raadgiver": [first],
            "raadgiver_2": [second],
            "foerste": ["ja"] if said.first_time else [],
            "gennemgaaet": ["ja"] if said.read_through else [],
            "dokument": [said.document_key],
            "undladt": [said.omitted.value if said.omitted else ""],
        }
    )


def values(sent: Sent) -> Mapping[str, str]:
    """Return the fields as the page fills them in."""
    return defaultdict(str, sent.ones())


def state_of(sent: Sent) -> SamtaleState:
    """Return whether the form is of a talk that was held."""
    omitted = sent.one("hvad") == SamtaleState.UNDLADT
    return SamtaleState.UNDLADT if omitted else SamtaleState.HOLDT


def told(sent: Sent, occurred_at: datetime) -> Told:
    """Return what was typed."""
    typed = {name: sent.one(named) for name, named in FIELDS.items()}
    chosen = [sent.one("raadgiver"), sent.one("raadgiver_2")]
    how, why = sent.one("form"), sent.one("undladt")
    return Told(
        occurred_at=occurred_at,
        form=Samtaleform(how) if how in set(Samtaleform) else None,
        advisers=tuple(filter(None, chosen)),
        first_time=sent.one("foerste") == "ja",
        read_through=sent.one("gennemgaaet") == "ja",
        document_key=sent.one("dokument"),
        omitted=Undladt(why) if why in set(Undladt) else None,
        **typed,
    )


def differences(sent: Sent, theirs: Samtale) -> Sequence[tuple[str, str, str]]:
    """Return where the form says something else than what another saved: what, mine, theirs."""
    there = values(of(theirs))
    return [
        (title, sent.one(name), there[name])
        for name, title in LABELS.items()
        if sent.one(name) != there[name]
    ]


def people(
    connection: sa.Connection, mine: str | None, cases: str | None, sent: Sent
) -> Sequence[tuple[str, str]]:
    """Return whom an adviser can be chosen among: the case's unit and one's own, and who is."""
    found = {
        one.key: one.name
        for unit in dict.fromkeys((mine, cases))
        if unit is not None
        for one in colleagues(connection, unit)
    }
    others = {sent.one("raadgiver"), sent.one("raadgiver_2")} - {"", *found}
    if others:
        found |= employee_names(connection, others)
    return sorted(found.items(), key=lambda one: one[1])


def documents(
    connection: sa.Connection, sag: UUID, letters: Mapping[str, str]
) -> Sequence[tuple[str, str]]:
    """Return the documents of the case by the host's key: what they are, and from when."""
    return [
        (one.document_key, f"{one.title}, {danish.short_date(one.day)}")
        for one in skrift_kilder.candidates(connection, sag, letters)
        if one.kind is KildeKind.DOKUMENT and one.document_key
    ]


def guide(head: Head, now: datetime) -> Guide | None:
    """Return the guide for the child's age; None where that is not known."""
    birth = head.born or head.termin
    if birth is None:
        return None
    unborn = head.born is None
    band = band_on(birth, danish.danish_day(now), unborn=unborn)
    return samtaleguide.shipped().of(band)
