"""The forms of the indsatser: what was sent, read as what is done."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Final
from uuid import UUID

from dubu_plugin.domain.gates.begins import Before, Decider
from dubu_plugin.domain.gates.elsewhere import Elsewhere
from dubu_plugin.domain.gates.taken_away import How
from dubu_plugin.usecases.indsats.change import Changed
from dubu_plugin.usecases.indsats.move import Moved
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear
from dubu_plugin.usecases.indsats.wanted import Wanted
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.keys import key_of
from dubu_plugin.web.typed_time import NO_CLOCK, NO_DAY, clock_of, day_of

CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[.:]?([0-5]\d)")
NUMBER: Final = re.compile(r"\d{1,6}([.,]\d{1,2})?")
MANY: Final = 3
"""So many digits no number of votes has."""
YES: Final = "ja"
ADVISERS: Final = (("2", "To"), ("1", "Én"))
"""How many of ours talked with the child (barnets lov § 156, stk. 6)."""
NO: Final = "nej"
HIDDEN: Final[Mapping[str, bool]] = {YES: True, NO: False}
"""The answers to whether the place is hidden; of what has no place nobody is asked."""
FIELDS: Final = (
    "hvad", "sted", "sted_navn", "skjult", "leverandoer", "antal", "per", "fra", "til", "dag",
    "grund", "foraeldreplan", "handicap", "ord", "udtalelse", "udtalelse_dag", "talt", "hvorfor",
    "afgoerelse", "opfoelgning", "afgjort_dag", "afgjort_af", "stemmer", "afgjort_hvor", "klokken",
    "periode_fra", "periode_til", "uden_periode", "noteret", "hvordan", "tager_over",
    "raadgivere", "en_grund",
)  # fmt: skip
"""What the forms have besides the goals."""


def wanted(sent: Sent) -> Wanted:
    """Return an indsats as it was chosen.

    :raises IndsatsNotClear: a date or a number is none; each is named.
    """
    wrong: dict[str, str] = {}
    code, _, place = sent.one("hvad").partition(":")
    starts_on, expected_end = day(sent, "fra", wrong), day(sent, "til", wrong)
    amount = number(sent, "antal", wrong)
    said, at = before(sent, wrong), _clock(sent, wrong)
    if wrong:
        raise IndsatsNotClear(wrong)
    return Wanted(
        code=code, place=place, afgoerelse=key_of(sent.one("afgoerelse")), starts_on=starts_on,
        before=said, begins_at=at,
        expected_end=expected_end, amount=amount, per=sent.one("per"),
        supplier=sent.one("leverandoer"), place_name=sent.one("sted_navn"),
        place_hidden=sent.one("skjult") == YES, goals=goals(sent), reason=sent.one("grund"),
        handicap=sent.one("handicap") == YES, parents_plan=sent.one("foraeldreplan") == YES,
        noted=sent.one("noteret"), takes_over=sent.one("tager_over") == YES,
    )  # fmt: skip


def changed(sent: Sent) -> Changed:
    """Return how an indsats is to be.

    :raises IndsatsNotClear: a date or a number is none; each is named.
    """
    wrong: dict[str, str] = {}
    found = Changed(
        seen=sent.version, on=day(sent, "dag", wrong), reason=sent.one("grund"),
        words=sent.one("ord"), amount=number(sent, "antal", wrong), per=sent.one("per"),
        supplier=sent.one("leverandoer"), expected_end=day(sent, "til", wrong), goals=goals(sent),
        how=how(sent), place_hidden=HIDDEN.get(sent.one("skjult")),
    )  # fmt: skip
    if wrong:
        raise IndsatsNotClear(wrong)
    return found


def moved(sent: Sent) -> Moved:
    """Return where the child moves.

    :raises IndsatsNotClear: a date is none; it is named.
    """
    wrong: dict[str, str] = {}
    found = Moved(
        seen=sent.version, on=day(sent, "dag", wrong), place=sent.one("sted"),
        place_name=sent.one("sted_navn"), place_hidden=sent.one("skjult") == YES,
        reason=sent.one("grund"), statement_on=day(sent, "udtalelse_dag", wrong),
        statement=sent.one("udtalelse"), words=sent.one("ord"),
        elsewhere=_elsewhere(sent, wrong),
    )  # fmt: skip
    if wrong:
        raise IndsatsNotClear(wrong)
    return found


def elsewhere(sent: Sent) -> Elsewhere:
    """Return the decision that was made elsewhere.

    :raises IndsatsNotClear: a day is none; it is named.
    """
    wrong: dict[str, str] = {}
    found = _elsewhere(sent, wrong)
    if wrong:
        raise IndsatsNotClear(wrong)
    return found


def how(sent: Sent) -> How:
    """Return how help is said to end; what was not asked is by a decision."""
    said = sent.one("hvordan")
    return How(said) if said in set(How) else How.AFGJORT


def advisers(sent: Sent) -> int | None:
    """Return how many of ours talked with the child, None where that is not answered."""
    said = sent.one("raadgivere")
    return int(said) if said in dict(ADVISERS) else None


def _elsewhere(sent: Sent, wrong: dict[str, str]) -> Elsewhere:
    return Elsewhere(
        on=day(sent, "afgjort_dag", wrong), by=_decider(sent), paper=sent.one("afgjort_hvor"),
        votes=_votes(sent, wrong), starts=day(sent, "periode_fra", wrong),
        until=day(sent, "periode_til", wrong), no_period=sent.one("uden_periode") == YES,
    )  # fmt: skip


def _decider(sent: Sent) -> Decider | None:
    by = sent.one("afgjort_af")
    return Decider(by) if by in set(Decider) else None


def before(sent: Sent, wrong: dict[str, str]) -> Before:
    """Return the decision an indsats rests on, where it does not stand on the case."""
    return Before(
        on=day(sent, "afgjort_dag", wrong),
        by=_decider(sent),
        votes=_votes(sent, wrong),
        paper=sent.one("afgjort_hvor"),
    )


def _votes(sent: Sent, wrong: dict[str, str]) -> int | None:
    votes = sent.one("stemmer")
    if votes and not votes.isdecimal():
        wrong["stemmer"] = "Skriv antallet af stemmer med et tal."
    return int(votes) if votes.isdecimal() and len(votes) < MANY else None


def typed(sent: Sent) -> Mapping[str, str]:
    """Return what stood in the form, so that it is drawn again."""
    return {name: sent.one(name) for name in FIELDS}


def law_days(sent: Sent) -> tuple[date | None, date | None]:
    """Return the day it was decided elsewhere and its first day, None for what is no day."""
    wrong: dict[str, str] = {}
    return day(sent, "afgjort_dag", wrong), day(sent, "fra", wrong)


def one_day(sent: Sent, name: str) -> date | None:
    """Return a day.

    :raises IndsatsNotClear: it is none.
    """
    wrong: dict[str, str] = {}
    found = day(sent, name, wrong)
    if wrong:
        raise IndsatsNotClear(wrong)
    return found


def day(sent: Sent, name: str, wrong: dict[str, str]) -> date | None:
    """Return a day, None where the field is empty; what is none is put among what is wrong."""
    text = sent.one(name)
    try:
        return day_of(text) if text else None
    except ValueError:
        wrong[name] = NO_DAY
        return None


def _clock(sent: Sent, wrong: dict[str, str]) -> time | None:
    """Return a time of day, None where the field is empty; what is none is put among what is
    wrong."""
    text = sent.one("klokken")
    try:
        return clock_of(text) if text else None
    except ValueError:
        wrong["klokken"] = NO_CLOCK
        return None


def number(sent: Sent, name: str, wrong: dict[str, str]) -> Decimal | None:
    """Return an amount, None where the field is empty; what is none is put among what is wrong."""
    text = sent.one(name)
    if not text:
        return None
    if not NUMBER.fullmatch(text):
        wrong[name] = "Skriv et tal, for eksempel 4 eller 2,5."
        return None
    return Decimal(text.replace(",", "."))


def goals(sent: Sent) -> Sequence[UUID]:
    """Return the goals that were ticked."""
    return [one for text in sent.many("maal") if (one := key_of(text)) is not None]
