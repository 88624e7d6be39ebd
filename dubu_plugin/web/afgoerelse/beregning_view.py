"""What is reckoned for a decision, on the decision: the lines, who made it, and what is new."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.afgoerelser import IN_FORCE, AfgoerelseState, Outcome
from dubu_plugin.domain.gates.handicap import looked_at_on
from dubu_plugin.domain.satser import NoSats, Satser
from dubu_plugin.store.afgoerelse.beregninger import Kept
from dubu_plugin.store.egne import egne_satser
from dubu_plugin.store.unit_names import employee_names
from dubu_plugin.usecases.afgoerelse.reckon import (
    RECEIVER,
    given_of,
    proposed,
    receivers,
    reckoned,
)
from dubu_plugin.usecases.afgoerelse.whole import Whole


def reckoned_of(
    connection: sa.Connection, product: Product, it: Whole, today: date
) -> dict[str, Any]:
    """Return what a decision shows of its reckoning, and when it is looked at again."""
    kept = it.reckoned
    made = it.afgoerelse.state in IN_FORCE
    changed = it.afgoerelse.state is AfgoerelseState.AENDRET and kept is not None
    gives = changed or it.afgoerelse.outcome is not Outcome.AFSLAG
    shown: dict[str, Any] = {"reckons": it.matter.reckons is not None, "looked_at": ""}
    if gives and it.matter.follow_up:
        its = it.afgoerelse
        again = looked_at_on(it.matter, its.starts_on, its.ends_on, its.decided_on or it.day)
        shown["looked_at"] = danish.unbroken(danish.long_date(again)) if again else ""
    if kept is None:
        return {**shown, "reckoned": None, "proposal": None}
    rates = egne_satser.book(connection, product.rates)
    proposal = proposed(it.afgoerelse, kept, rates, today) if made and gives else None
    return {
        **shown,
        "reckoned": kept,
        "reckoned_words": _words(connection, it, kept, today),
        "notes": () if made else _notes(rates, kept),
        "proposal": proposal,
        "proposal_words": danish.unbroken(
            f"Med satserne i dag bliver det {danish.amount(proposal.now.monthly)} om måneden; det "
            f"er {danish.amount(proposal.before)} nu."
        )
        if proposal
        else "",
    }


def _words(connection: sa.Connection, it: Whole, kept: Kept, today: date) -> str:
    who = employee_names(connection, [kept.made_by]).get(kept.made_by, "")
    name = {str(key): name for key, name in receivers(it.parts).items()}.get(
        kept.inputs.get(RECEIVER, ""), ""
    )
    said = [
        f"Til {name}" if name else "",
        f"regnet {danish.list_date(danish.danish_day(kept.made_at), today)}",
        f"af {who}" if who else "",
        f"med satserne {danish.long_date(kept.day)}",
        f"nr. {kept.number}" if kept.number > 1 else "",
    ]
    words = " ".join(filter(None, said))
    return danish.unbroken(words[:1].upper() + words[1:])


def _notes(rates: Satser, kept: Kept) -> tuple[str, ...]:
    """Return what whoever decides must know of the rates: not sure, or of an earlier year."""
    try:
        return tuple(reckoned(given_of(kept), rates, kept.day).notes)
    except NoSats:
        return ()
