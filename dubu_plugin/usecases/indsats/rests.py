"""What an indsats rests on: a decision of the case, or one that was made before or elsewhere."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain import indsatser as catalogue
from dubu_plugin.domain.afgoerelser import FALLEN, Lasts, Matter
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.gates import again as gates_again
from dubu_plugin.domain.gates import begins
from dubu_plugin.domain.gates.again import again_on
from dubu_plugin.domain.gates.begins import DECIDERS, Before, Decider
from dubu_plugin.domain.gates.standing import No, months_on, no
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import DecidedBy, IndsatsGroup
from dubu_plugin.store.afgoerelse import afgoerelser, before_decision, notice
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.indsats.indsats_beside import is_asked_for, lapsed_since
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.indsats.taken_away import taking
from dubu_plugin.store.sag import noted, sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.indsats.granted import hours_of, is_of_same, no_less, reckoned
from dubu_plugin.usecases.indsats.on_indsats import EARLIEST, OnIndsats, day_between
from dubu_plugin.usecases.indsats.wanted import codes_of
from dubu_plugin.usecases.sag.by_hand import by_hand

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
PLANNED: Final = {
    DecidedBy.UDVALGET: ("tvang", "PLAN-STRAKS"),
    DecidedBy.KOMMUNALBESTYRELSEN: ("samtykke", "PLAN-ANB"),
}
"""What the deadline rules call a placement of theirs, and the one that asks for its plan."""
LED: Final = {
    Decider.UDVALGET: (
        "udvalgets",
        "§ 47",
        "hvor mange der stemte for, og hvor protokollen ligger (§ 142, stk. 4)",
    ),
    Decider.FORMANDEN: ("formandens", "§ 143", "hvem der traf den, og hvor den ligger"),
}
"""Whose decision a leader answers for, where it was noted by hand: in words, by which law, and what
is written with it."""


def gives(product: Deciding, decision: Afgoerelse, code: str, today: date) -> bool:
    """Tell whether a decision gives an indsats."""
    return code in codes_of(product, decision, today)


def granted_to(connection: sa.Connection, its: Indsats) -> tuple[bool, date | None]:
    """Return whether the decision an indsats rests on stands, and the last day it is granted for.

    Of one that was made elsewhere that is what is known of it.
    """
    if its.afgoerelse is None:
        return True, its.expected_end
    decision = afgoerelser.by_id(connection, its.afgoerelse)
    if decision is None:
        return True, None
    own = next((one.ends_on for one in decision.given if one.code == its.code), None)
    return decision.state not in FALLEN, own or decision.ends_on


def given_until(product: Deciding, decision: Afgoerelse) -> date | None:
    """Return the last day what the committee's chairman decided can be carried out, where it stands
    for a month (barnets lov § 143, stk. 5); None of what another decides."""
    made = decision.decided_on
    matter = product.matters.get(decision.matter, made) if made else None
    if made is None or matter is None or not matter.is_chairs or matter.lasts is not Lasts.MAANED:
        return None
    return months_on(made, 1)


def begins_too_late(product: Deciding, decision: Afgoerelse, first: date) -> No | None:
    """Tell whether what the chairman decided can still be put into effect on a day."""
    until = given_until(product, decision)
    if until is None or first <= until:
        return None
    return no(
        "fra",
        "§ 143",
        f"Formandens afgørelse gælder højst i en måned, her til {danish.long_date(until)} (§ 143, "
        f"stk. 5), så den kan ikke sættes i gang senere. Træf en ny afgørelse, eller ret dagen.",
    )


def taken_by_decision(here: OnIndsats, amount: Decimal | None, per: str) -> dict[str, Any]:
    """Return what is decided of help since it began that makes it less or takes it away: the day,
    the day the last party was told, and whether it has a notice (barnets lov § 11).

    :param amount: how much it is to be; no decision makes it less than the hours it gives itself.
    :param per: how often.
    """
    work, its = here.work, here.indsats
    matter = here.product.matters.get(here.row.taken_by, here.today)
    own = reckoned(work.connection, its.afgoerelse, its.code)
    takes = {one.id for one in taking(work.connection, its, here.row.taken_by)}
    found = [
        one
        for one in afgoerelser.in_force(work.connection, here.sag.id)
        if one.id != its.afgoerelse
        and one.decided_on is not None
        and one.decided_on >= its.starts_on
        and (one.id in takes or gives(here.product, one, its.code, here.today))
        and is_of_same(own, reckoned(work.connection, one.id, its.code))
    ]
    has_notice = matter is not None and bool(matter.notice)
    newest = max(found, key=lambda one: one.decided_on or its.starts_on, default=None)
    if newest is None or _gives_more(here, newest, amount, per):
        return {"notice": has_notice}
    told = notice.received_on(work.connection, work.rules, here.sag.id, newest.id)
    return {"decided_on": newest.decided_on, "told_on": told, "notice": has_notice}


def _gives_more(here: OnIndsats, one: Afgoerelse, amount: Decimal | None, per: str) -> bool:
    """Tell whether a decision gives more hours than the indsats is to be."""
    hours = hours_of(reckoned(here.work.connection, one.id, here.indsats.code))
    return hours is not None and (amount is None or no_less(amount, per, hours) is not None)


def refused(
    work: Work,
    sag: Sag,
    row: catalogue.Indsats,
    before: Before,
    *,
    first: date,
    at: time | None = None,
    came_with_case: bool = False,
    product: Deciding,
) -> dict[str, str]:
    """Return why an indsats that names no decision of the case cannot begin, by field.

    :param first: its first day.
    :param at: the time of day it begins, where that is said.
    :param came_with_case: it runs by what the case was brought over with, and its decision lies
        where it was made.
    """
    today = danish.danish_day(work.now)
    standing = afgoerelser.in_force(work.connection, sag.id, today)
    since = sager.here_since(work.connection, sag.id) or work.now
    kind = NOTED_AS.get(row.decided_by)
    here_since = danish.danish_day(since)
    if came_with_case:
        here_since = max(here_since, first)
    led = kind is not None and by_hand(kind).leader
    days = (
        noted.days_of(work.connection, sag.id, kind, by_hand=True, by_leader=led) if kind else set()
    )
    found: list[No | None] = [
        _by_leader(before, here_since, days) if led else None,
        begins.afgoerelse_foer(
            row, product.matters.giving(row.code, today), before, first=first,
            here_since=here_since, noted=days,
            waits=any(gives(product, one, row.code, today) for one in standing),
        ),
        begins.paragraf_143_klokken(row, before, at) if first <= today else None,
    ]  # fmt: skip
    wrong: dict[str, str] = {}
    for one in found:
        if one is not None:
            wrong.setdefault(one.field, one.sentence)
    if before.on is not None:
        day_between("afgjort_dag", before.on, today - EARLIEST, today, wrong)
    if len(before.paper) > LONGEST_PAPER:
        wrong["afgjort_hvor"] = "Teksten er for lang. Skriv den kortere."
    if at is not None and start_of_day(first) + _after_midnight(at) > work.now and first <= today:
        wrong["klokken"] = "Klokkeslættet er ikke kommet endnu. Ret det."
    return wrong


def _by_leader(before: Before, here_since: date, noted: Collection[date]) -> No | None:
    """Tell whether the committee's or its chair's own decision from after the case came here
    carries a placement.

    It stands under »Afgørelser«, where the plan, the undersøgelse and the hearing are asked for; or
    a leader answers for it.
    """
    made = before.on
    if before.by not in LED or made is None or made <= here_since or made in noted:
        return None
    whose, law, words = LED[before.by]
    return no(
        "afgjort_dag",
        law,
        f"Sagen har været her siden {danish.long_date(here_since)}, så {whose} afgørelse derefter "
        f"skal stå på den ({law}). Skriv den ind under »Afgørelser«. Er den truffet, før den blev "
        "skrevet ind, så skal en leder notere den på sagen med den dag, den blev truffet, og "
        f"skrive i notatet, {words}.",
    )


def too_old(
    work: Work, sag: Sag, row: catalogue.Indsats, before: Before, first: date, born: date | None
) -> No | None:
    """Tell whether a decision made before is so old that it carries no placement any more: when the
    committee looks at it again counts where it is noted on the case (§ 50, stk. 4 and 5).

    :param first: the first day of the indsats.
    :param born: when the child was; None is unborn.
    """
    again = None
    if before.on is not None and row.decided_by is DecidedBy.UDVALGET:
        found = noted.said_on(work.connection, sag.id, H.UDVALGSAFGOERELSE_TRUFFET, before.on)
        days = [
            again_on(one[gates_again.AGAIN], one.get(gates_again.OWN_DAY, ""), before.on)
            for one in found
            if one.get(gates_again.AGAIN)
        ]
        again = days[-1] if days else None
    return begins.paragraf_50_143(row, before, first, born, again)


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
    _ask_plan(here, before)
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


def _ask_plan(here: OnIndsats, before: Before) -> None:
    """Have the child's plan be asked for where a placement rests on what was not decided here, and
    none is approved: it goes before the decision, or is made at once (§ 91, stk. 2).

    Where it was decided here the decision asked for it; what lapsed since, as a placement before
    this one ended, is asked for again, from the day of the decision.
    """
    basis, rule = PLANNED.get(here.row.decided_by, ("", ""))
    if not basis or here.row.group is not IndsatsGroup.ANBRINGELSE:
        return
    connection, sag = here.work.connection, here.sag.id
    if is_asked_for(connection, sag, rule):
        return
    planned_on = before_decision.recorded(connection, sag).planned_on
    made = _decided_here(here)
    if made is None:
        if before.on is not None and planned_on is None:
            here.happened(H.PLAN_BESLUTTET, here.today, grundlag=basis, plan=True)
    elif (planned_on is None or planned_on < made) and lapsed_since(connection, sag, rule, made):
        here.happened(
            H.PLAN_BESLUTTET, here.today, grundlag=basis, plan=True,
            afgoerelsesdato=made.isoformat(),
        )  # fmt: skip


def _decided_here(here: OnIndsats) -> date | None:
    """Return the Danish day the decision of the case was made that it rests on."""
    rests = here.indsats.afgoerelse
    decision = afgoerelser.by_id(here.work.connection, rests) if rests else None
    return decision.decided_on if decision else None


def moment_of(first: date, at: time | None, now: datetime) -> datetime | None:
    """Return the moment something began, where the time of day is said."""
    return None if at is None else min(now, start_of_day(first) + _after_midnight(at))


def _after_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)
