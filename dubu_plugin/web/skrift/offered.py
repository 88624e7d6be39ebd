"""What can be begun on a case now: the steps from screening to undersøgelse, and the foreløbig
vurdering when the four months are near."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.forloeb_handicap import AREA
from dubu_plugin.domain.skrift import EARLY, WHOLE, SkriftKind
from dubu_plugin.metode.skriftform import Afsnit, SkriftForm
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sag_panel import Head
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.kendskab import known_since
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.usecases.skrift.begin import source_of, written_in
from dubu_plugin.usecases.skrift.begun_with import is_decided

BEGIN: Final[Mapping[SkriftKind, str]] = {
    SkriftKind.SCREENING: "Begynd screening",
    SkriftKind.AFDAEKNING: "Start afdækning",
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE: "Start børnefaglig undersøgelse",
    SkriftKind.FORELOEBIG_VURDERING: "Skriv foreløbig vurdering",
    SkriftKind.HANDICAPUDREDNING: "Start udredning",
}
"""What the button says, of the kinds that are begun from the case."""

DISABILITY: Final = (
    SkriftKind.HANDICAPUDREDNING,
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE,
    SkriftKind.FORELOEBIG_VURDERING,
)
"""What is begun on a case about a disability: its udredning answers the screening too (§ 18)."""

CARRIED: Final = {
    SkriftKind.SCREENING: "Screeningen",
    SkriftKind.AFDAEKNING: "Afdækningen",
}

BFU: Final = ("BFU-4M", "BFU-4M-U")
OWED: Final = "BFU-FORL"
NEAR: Final = timedelta(days=31)
"""How long before the four months are over the foreløbig vurdering is offered."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be begun."""

    kind: SkriftKind
    button: str
    about: str
    law: str
    because: str
    """Why now; empty where it can be begun at any time."""
    asks: Sequence[Afsnit] = ()
    """What is answered as it is begun, unless it stands in what is carried over."""
    carries: str = ""
    """What is written in now and ends by it, in words; empty where nothing is."""
    counted: str = ""
    """From which day its deadline is counted, and why that day; empty where it has none."""


def offered(
    connection: sa.Connection,
    product: Product,
    head: Head,
    there: Sequence[Skrift],
    now: datetime,
) -> Sequence[Offer]:
    """Return what is not written in already, in the order of the law."""
    open_kinds = {one.kind for one in there if one.is_open}
    unborn = head.born is None and head.termin is not None
    found = []
    kinds = DISABILITY if head.area == AREA else tuple(BEGIN)
    if unborn:  # nobody knows yet what it can, and what it needs help with (§§ 82-90)
        kinds = tuple(one for one in kinds if one is not SkriftKind.HANDICAPUDREDNING)
    for kind in kinds:
        if written_in(there, kind) is not None or kind not in product.forms.forms:
            continue
        because = ""
        if kind is SkriftKind.FORELOEBIG_VURDERING:
            because = _four_months(connection, head, open_kinds, now)
            if not because:
                continue
        form = product.forms.on_case(kind, None, unborn=unborn)
        law = danish.unbroken(form.paragraph(unborn=unborn))
        asks = _asks(connection, form, there, kind)
        counted = ""
        if kind is SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE:
            counted = _counted(connection, head, now)
        carries = _carries(there, kind)
        found.append(Offer(kind, BEGIN[kind], form.about, law, because, asks, carries, counted))
    return found


def _asks(
    connection: sa.Connection, form: SkriftForm, there: Sequence[Skrift], kind: SkriftKind
) -> Sequence[Afsnit]:
    asked = [one for one in form.afsnit if one.at_start]
    source = source_of(there, kind) if asked else None
    if source is None:
        return asked
    said = tekster.read(connection, source.id, source.version)
    return [one for one in asked if (WHOLE, one.code) not in said or not said[WHOLE, one.code].text]


def _carries(there: Sequence[Skrift], kind: SkriftKind) -> str:
    source = source_of(there, kind)
    if source is None or not source.is_open or source.kind not in EARLY:
        return ""
    return (
        f"{CARRIED[source.kind]} er ikke færdig: den føres videre heri med alt, der står, og der "
        "skrives ikke mere i den."
    )


def _counted(connection: sa.Connection, head: Head, now: datetime) -> str:
    """Return from which day the four months run (§ 20, stk. 3), or when they are over."""
    if is_decided(connection, head.sag):
        return _running(connection, head, now)
    since = known_since(connection, head.sag)
    if since is None:
        return "At begynde er at beslutte den; de fire måneder løber fra i dag."
    day = danish.long_date(danish.danish_day(since))
    return danish.unbroken(
        f"At begynde er at beslutte den; de fire måneder løber fra {day}, da den første "
        "henvendelse kom, som ingen endnu har undersøgt, eller behovet først blev kendt."
    )


def _running(connection: sa.Connection, head: Head, now: datetime) -> str:
    """Return what stands of the four months of an undersøgelse that is decided already."""
    dues = (
        one.due
        for one in sag_panel.steps(connection, head.sag)
        if one.rule in BFU and one.state == State.AABEN and one.due is not None
    )
    due = min(dues, default=None)
    if due is None:
        return "Den er allerede besluttet."
    return danish.unbroken(f"Den er allerede besluttet. {_over(due, now)}")


def _over(due: datetime, now: datetime) -> str:
    day, today = danish.danish_day(due), danish.danish_day(now)
    ends = "udløb" if due < now else "udløber"
    return f"De fire måneder {ends} {danish.list_date(day, today)}."


def _four_months(
    connection: sa.Connection, head: Head, open_kinds: set[SkriftKind], now: datetime
) -> str:
    """Return why a foreløbig vurdering is written now (§ 20, stk. 3); empty where none is.

    That it is owed is enough, wherever the undersøgelse itself is written. Before the four months
    are past it is offered beside one that is written in.
    """
    steps = [one for one in sag_panel.steps(connection, head.sag) if one.state == State.AABEN]
    if any(one.rule == OWED for one in steps):
        return "De fire måneder er gået, og undersøgelsen er ikke færdig."
    if SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE not in open_kinds:
        return ""
    for one in steps:
        if one.rule not in BFU or one.due is None or one.due - now > NEAR:
            continue
        return danish.unbroken(_over(one.due, now))
    return ""
