"""What an indsats rests on: a decision of the case, or one that was made before or elsewhere."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain import indsatser as catalogue
from dubu_plugin.domain.afgoerelser import Matter
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.gates import begins
from dubu_plugin.domain.gates.begins import DECIDERS, Before, Decider
from dubu_plugin.domain.gates.standing import No
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import DecidedBy
from dubu_plugin.store import afgoerelser, noted, sager
from dubu_plugin.store.afgoerelser import Afgoerelse
from dubu_plugin.store.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.indsats.on_indsats import EARLIEST, OnIndsats, day_between
from dubu_plugin.usecases.indsats.wanted import codes_of

LONGEST_PAPER: Final = 200
ANGAAR: Final = "anbringelse"
AGAIN: Final = "et_aar"
"""The committee looks at a placement again within the shortest time, where nothing else is noted
(barnets lov § 50)."""
NOTED_AS: Final = {
    DecidedBy.UDVALGET: H.UDVALGSAFGOERELSE_TRUFFET,
    DecidedBy.FORMANDEN: H.FORELOEBIG_AFGOERELSE_IVAERKSAT,
}
"""What a decision of theirs is noted as, where it was made before it could be written here."""


def gives(product: Deciding, decision: Afgoerelse, code: str, today: date) -> bool:
    """Tell whether a decision gives an indsats."""
    return code in codes_of(product, decision, today)


def refused(
    work: Work,
    sag: Sag,
    row: catalogue.Indsats,
    before: Before,
    *,
    first: date,
    at: time | None = None,
    product: Deciding,
) -> dict[str, str]:
    """Return why an indsats that names no decision of the case cannot begin, by field.

    :param first: its first day.
    :param at: the time of day it begins, where that is said.
    """
    today = danish.danish_day(work.now)
    standing = afgoerelser.in_force(work.connection, sag.id, today)
    since = sager.here_since(work.connection, sag.id) or work.now
    kind = NOTED_AS.get(row.decided_by)
    days = noted.days_of(work.connection, sag.id, kind, by_hand=True) if kind else ()
    found: list[No | None] = [
        begins.afgoerelse_foer(
            row, product.matters.giving(row.code, today), before, first=first,
            here_since=danish.danish_day(since), noted=days,
            waits=any(gives(product, one, row.code, today) for one in standing),
        ),
        begins.paragraf_143_klokken(row, before, at) if first <= today else None,
    ]  # fmt: skip
    wrong: dict[str, str] = {}
    for no in found:
        if no is not None:
            wrong.setdefault(no.field, no.sentence)
    if before.on is not None:
        day_between("afgjort_dag", before.on, today - EARLIEST, today, wrong)
    if len(before.paper) > LONGEST_PAPER:
        wrong["afgjort_hvor"] = "Teksten er for lang. Skriv den kortere."
    if at is not None and start_of_day(first) + _after_midnight(at) > work.now and first <= today:
        wrong["klokken"] = "Klokkeslættet er ikke kommet endnu. Ret det."
    return wrong


def told(before: Before) -> str:
    """Return a line about a decision that was made before or elsewhere; empty where none is."""
    if before.on is None or before.by is None:
        return ""
    votes = "" if before.votes is None else f", {danish.counted(before.votes, 'stemme', 'stemmer')}"
    named = before.by in (Decider.ANKESTYRELSEN, Decider.NAEVNET)
    who = DECIDERS[before.by] if named else DECIDERS[before.by].lower()
    return f"Afgjort {danish.long_date(before.on)} af {who}{votes}. Ligger her: {before.paper}."


def tell_rules(here: OnIndsats, before: Before, when: datetime) -> None:
    """Record what the deadline rules follow from such a decision, unless it is noted already.

    :param when: the moment the child is placed.
    """
    what = NOTED_AS.get(here.row.decided_by)
    if what is None or before.on is None:
        return
    days = noted.days_of(here.work.connection, here.sag.id, what)
    if any(before.on <= one for one in days):
        return
    day = before.on.isoformat()
    if what is H.FORELOEBIG_AFGOERELSE_IVAERKSAT:
        here.happened(what, here.today, when=when, afgoerelsesdato=day)
        return
    matters: Sequence[Matter] = here.product.matters.giving(here.row.code, here.today)
    if any(one.reviewed for one in matters):
        noon = start_of_day(before.on) + timedelta(hours=12)
        here.happened(
            what, before.on, when=min(noon, here.work.now), angaar=ANGAAR, genbehandling=AGAIN,
            afgoerelsesdato=day,
        )  # fmt: skip


def moment_of(first: date, at: time | None, now: datetime) -> datetime | None:
    """Return the moment something began, where the time of day is said."""
    return None if at is None else min(now, start_of_day(first) + _after_midnight(at))


def _after_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)
