"""What a skrift begins with: what came in as its first sources and its occasion, where the case
then is, and the decision an undersøgelse is.

Source: barnets lov §§ 18-20; § 20, stk. 3, on the day the four months run from.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.skrift import WHOLE, SkriftKind, cleaned
from dubu_plugin.domain.underretning import BEKYMRINGER, Henvendelse
from dubu_plugin.metode.skriftform import SkriftForm
from dubu_plugin.store.sag import rettelser, sager
from dubu_plugin.store.sag.sager import EARLY_STEPS, Sag
from dubu_plugin.store.skrift import kilder, skrift_kilder, tekster
from dubu_plugin.store.skrift.kendskab import known_since
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.tables import aarsager, haendelser, personer, underretninger, vurderinger
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.skrift import udredt
from dubu_plugin.usecases.skrift.on_skrift import happened
from dubu_plugin.usecases.skrift.screened import screened_by

OCCASION: Final = "anledning"
"""The section that says why it is written."""

COMES_FROM: Final[Mapping[SkriftKind, frozenset[str]]] = {
    SkriftKind.SCREENING: EARLY_STEPS,
    SkriftKind.AFDAEKNING: EARLY_STEPS | {"intet"},
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE: EARLY_STEPS | {"intet", "afdaekning"},
    SkriftKind.HANDICAPUDREDNING: EARLY_STEPS | {"intet"},
}
"""The steps a case is moved on from when each begins. One that is further on stays where it is."""

LEADS_TO: Final[Mapping[SkriftKind, str]] = {
    SkriftKind.AFDAEKNING: "afdaekning",
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE: "undersoegelse",
}
"""What a screening has come to where each of these begins (barnets lov § 18)."""

ENDS: Final = (Haendelse.UNDERSOEGELSE_AFSLUTTET, Haendelse.UNDERSOEGELSE_OPGIVET)


def prefill(work: Work, new: Skrift, form: SkriftForm) -> None:
    """Put what came in on the list of sources, and say it in the occasion where nothing is said."""
    numbers = {}
    for one in skrift_kilder.of_underretninger(work.connection, new.sag):
        assert one.subject is not None
        numbers[one.subject] = kilder.add(
            work.connection, new.id, one.kind, one.title, by=work.actor, now=work.now,
            day=one.day, subject=one.subject,
        )  # fmt: skip
    if OCCASION not in form.by_code or not numbers:
        return
    said = tekster.read(work.connection, new.id, new.version, places={WHOLE})
    if (WHOLE, OCCASION) in said and said[WHOLE, OCCASION].text:
        return
    newest = list(numbers)[-1]
    text = cleaned(_occasion(work.connection, newest, numbers[newest]))
    written = {(WHOLE, OCCASION): Written(text, 0)}
    if new.kind is SkriftKind.HANDICAPUDREDNING:
        applied = udredt.applied_for(work.connection, newest)
        written |= {(WHOLE, name): Written(said, 0) for name, said in applied.items()}
    tekster.write(work.connection, new.id, new.version, written, by=work.actor, now=work.now)


def decide(work: Work, sag: Sag, skrift: Skrift) -> None:
    """Move the case on, and record that it is screened, and that an undersøgelse is decided where
    nobody has yet.

    The four months run from the day the municipality came to know of the need: the day the first
    underretning came that nobody has looked into, or today where there is none. What was given up
    and is decided on again keeps its day; see `dubu_plugin.store.skrift.kendskab`.
    """
    kind = skrift.kind
    if sag.step in COMES_FROM.get(kind, ()):
        sager.change(work.connection, sag.id, step=kind)
    if kind in LEADS_TO:
        screened_by(work, sag, skrift.id, LEADS_TO[kind])
    if kind is not SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE or is_decided(work.connection, sag.id):
        return
    person = work.connection.execute(
        sa.select(personer.c.born, personer.c.due_date).where(personer.c.id == sag.child_id)
    ).one()
    unborn = person.born is None and person.due_date is not None
    known = known_since(work.connection, sag.id) or work.now
    happened(
        work, sag, Haendelse.UNDERSOEGELSE_BESLUTTET,
        undersoegelse="kommende_foraeldre" if unborn else "barnet",
        kendskab=danish_day(known).isoformat(),
    )  # fmt: skip


def is_decided(connection: sa.Connection, sag: UUID) -> bool:
    """Tell whether an undersøgelse is decided and not ended."""
    what = haendelser.c
    last = connection.scalar(
        sa.select(what.type)
        .where(
            what.sag_id == sag,
            what.type.in_([Haendelse.UNDERSOEGELSE_BESLUTTET, *ENDS]),
            ~rettelser.is_taken_back(),
        )
        .order_by(what.seq.desc())
        .limit(1)
    )
    return last == Haendelse.UNDERSOEGELSE_BESLUTTET


def _occasion(connection: sa.Connection, underretning: UUID, number: int) -> str:
    """Return in words what came, what it is about, and what was said of it."""
    row = connection.execute(
        sa.select(underretninger.c.received_at, underretninger.c.henvendelse).where(
            underretninger.c.id == underretning
        )
    ).one()
    day = long_date(danish_day(row.received_at))
    what = "En ansøgning" if row.henvendelse == Henvendelse.ANSOEGNING else "En underretning"
    parts = [f"{what} kom den {day} (#{number})."]
    if concerns := _concerns(connection, underretning):
        parts.append(f"Den handler om: {', '.join(concerns)}.")
    reason = connection.scalar(
        sa.select(vurderinger.c.reason)
        .where(vurderinger.c.underretning_id == underretning)
        .order_by(vurderinger.c.version.desc())
        .limit(1)
    )
    said = " ".join(parts)
    return f"{said}\n\nVurderet: {reason}" if reason else said


def _concerns(connection: sa.Connection, underretning: UUID) -> Sequence[str]:
    codes = set(
        connection.scalars(
            sa.select(aarsager.c.code).where(aarsager.c.underretning_id == underretning)
        )
    )
    return [_inside(one.title) for one in BEKYMRINGER if one.code in codes]


def _inside(title: str) -> str:
    """Return a title as it stands inside a sentence; what is written in capitals stays so."""
    return title if title[:2].isupper() else title[0].lower() + title[1:]
