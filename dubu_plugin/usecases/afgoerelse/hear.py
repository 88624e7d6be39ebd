"""Hear a party before a decision (forvaltningsloven § 19), keep the answer and what it weighed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.afgoerelser import Capacity, Outcome
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.help_taken import which_help
from dubu_plugin.domain.gates.standing import Hearing
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.help_taken import HelpTaken
from dubu_plugin.domain.skrift import LONGEST, cleaned
from dubu_plugin.errors import CaseworkError, FieldsRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import partshoeringer
from dubu_plugin.store.afgoerelse.partshoeringer import (
    ABOUT,
    ANSWER,
    FIELDS,
    WEIGHED,
    WHY,
    Partshoering,
)
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.tekster import Clash, Written
from dubu_plugin.usecases.afgoerelse.help_taken import help_of, not_heard_of
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import (
    Deciding,
    OnAfgoerelse,
    child_of,
    on_afgoerelse,
    tell_journal,
)
from dubu_plugin.usecases.afgoerelse.parties import is_party
from dubu_plugin.usecases.dokument.heeded import not_heeded
from dubu_plugin.usecases.dokument.order.partshoering import order_partshoering
from dubu_plugin.usecases.dokument.sent_on_paper import is_waiting
from dubu_plugin.usecases.skrift.write import TooLong

EXCEPTIONS: Final[Mapping[int, str]] = {
    0: "Der er intet til ugunst, som parten ikke kender (stk. 1)",
    1: "Det er ubetænkeligt at træffe afgørelse på det grundlag (stk. 2, nr. 1)",
    2: "Udsættelse vil overskride en lovbestemt frist (stk. 2, nr. 2)",
    3: "Væsentlige hensyn taler imod udsættelse (stk. 2, nr. 3)",
    4: "Parten har ikke ret til aktindsigt i oplysningerne (stk. 2, nr. 4)",
    5: "Forelæggelse er forbundet med væsentlige vanskeligheder (stk. 2, nr. 5)",
    6: "En særlig lovregel sikrer parten det samme (stk. 2, nr. 6)",
}
"""Why a party is not heard, by the number in forvaltningsloven § 19; none is stk. 1."""
WAITS: Final = (Hearing.FORBEREDT, Hearing.UNDLADT)
"""The states in which a party is not heard yet."""


class HearingNotClear(FieldsRefused):
    """Something is left out of a hearing."""


class NoPartyNow(CaseworkError):
    """Custody or the family is another since the decision was opened, or the child is grown."""

    danish = (
        "Der er ikke sendt noget: Den, der skulle høres, er ikke part mere. Familien eller "
        "forældremyndigheden er en anden, eller barnet er fyldt 18 år. Gå tilbage til afgørelsen, "
        "og gem den. Så står parterne der, som de er nu."
    )


class HeardAlready(CaseworkError):
    """The letter is on its way."""

    danish = "Høringen er sendt. Skriv svaret ind, når det kommer."


def is_to_be_heard(helps: Sequence[HelpTaken], one: Partshoering) -> bool:
    """Tell whether a party is to be heard: for the first time, or of more help that ends."""
    return one.state in WAITS or bool(not_heard_of(helps, one))


def send(
    sag: UUID,
    afgoerelse: UUID,
    part: UUID,
    texts: Mapping[str, Written],
    due_on: date | None,
    *,
    product: Deciding,
    asker: Asker,
    now: datetime,
    apart_seen: bool = False,
) -> None:
    """Have the party's letter written, filed and sent, with a day to answer by.

    :param apart_seen: somebody has seen that it tells nothing of who is held apart, or of a hidden
        place.
    :raises HearingNotClear: what it is about, or the day, is left out or behind us.
    :raises NoPartyNow: nothing of the child may be told to them any more.
    :raises HeardAlready, TooLong, Decided, CaseClosed: see there.
    :raises NotYours: the policy says no, or there is no such party.
    """
    with on_afgoerelse(sag, afgoerelse, product=product, asker=asker, now=now) as here:
        one = _part(here, part)
        helps = help_of(
            here.work.connection, product.indsatser, here.afgoerelse, here.matter, danish_day(now)
        )
        if not is_to_be_heard(helps, one):
            raise HeardAlready
        today = danish_day(now)
        child = child_of(here.work.connection, here.sag.child_id)
        if not is_party(here.work.connection, here.matter, child, one.person, today):
            raise NoPartyNow
        said = _written(here, one, texts)
        wrong: dict[str, str] = {}
        if here.afgoerelse.outcome is not Outcome.AFSLAG and (no := which_help(here.matter, helps)):
            wrong[""] = no.sentence
        if not said.get(ABOUT):
            wrong[ABOUT] = "Skriv, hvad parten høres om: oplysningerne, og hvor de kommer fra."
        if due_on is None or due_on <= today:
            wrong["frist"] = "Skriv den dag, parten senest skal svare. Den skal ligge efter i dag."
        wrong |= not_heeded(
            here.work.connection, here.sag, today, seen=apart_seen,
            knows_place=one.capacity is Capacity.BARN,
        )  # fmt: skip
        if wrong or due_on is None:
            raise HearingNotClear(wrong)
        letter = order_partshoering(
            here.work, one, here.matter, here.sag, said[ABOUT], due_on, helps,
            letters=product.letters, municipality=product.settings.municipality,
        )  # fmt: skip
        _change(here, one, state=Hearing.SENDT, due_on=due_on, sent_at=now, letter_id=letter,
                exception=None)  # fmt: skip
        here.happened(H.PARTSHOERING_SENDT, part=str(one.id), svarfrist=due_on.isoformat())


def answer(
    sag: UUID,
    afgoerelse: UUID,
    part: UUID,
    texts: Mapping[str, Written],
    answered_on: date | None,
    *,
    product: Deciding,
    asker: Asker,
    now: datetime,
) -> None:
    """Keep what a party answered and what it weighed; no day and no words is that none came.

    :raises HearingNotClear: the answer or its weight is left out, or the day is none.
    :raises TooLong, Decided, CaseClosed: see there.
    :raises NotYours: the policy says no, or there is no such party.
    """
    with on_afgoerelse(sag, afgoerelse, product=product, asker=asker, now=now) as here:
        one = _part(here, part)
        said = _written(here, one, texts)
        today = danish_day(now)
        nothing = answered_on is None and not said.get(ANSWER)
        wrong: dict[str, str] = {}
        if nothing and (one.state is not Hearing.SENDT or one.due_on is None):
            wrong[ANSWER] = "Skriv, hvad parten svarede."
        elif nothing and one.due_on is not None and one.due_on >= today:
            wrong[ANSWER] = "Fristen er ikke gået endnu. Skriv svaret, hvis det er kommet."
        elif nothing and is_waiting(here.work.connection, one.letter):
            wrong[ANSWER] = "Brevet er ikke sendt endnu, så parten har ikke kunnet svare."
        elif not nothing:
            wrong |= _answer_problems(said, answered_on, today)
        if wrong:
            raise HearingNotClear(wrong)
        state = Hearing.INTET_SVAR if nothing else Hearing.BESVARET
        _change(here, one, state=state, answered_on=answered_on, exception=None)
        here.happened(H.PARTSHOERING_BESVARET, part=str(one.id), svar=not nothing)
        body = "Parten svarede ikke inden fristen." if nothing else "Parten har svaret."
        tell_journal(here.work, here.sag.id, one.id, f"svar:{now.isoformat()}",
                     "Partshøring", f"{body} Forvaltningsloven § 19.")  # fmt: skip


def leave_out(
    sag: UUID,
    afgoerelse: UUID,
    part: UUID,
    exception: int | None,
    texts: Mapping[str, Written],
    *,
    product: Deciding,
    asker: Asker,
    now: datetime,
) -> None:
    """Keep that a party is not heard, by which exception, and why it holds here.

    :raises HearingNotClear: the exception is not named, or not why.
    :raises HeardAlready, TooLong, Decided, CaseClosed: see there.
    :raises NotYours: the policy says no, or there is no such party.
    """
    with on_afgoerelse(sag, afgoerelse, product=product, asker=asker, now=now) as here:
        one = _part(here, part)
        if one.state not in WAITS:
            raise HeardAlready
        said = _written(here, one, texts)
        wrong: dict[str, str] = {}
        if exception not in EXCEPTIONS:
            wrong["undtagelse"] = "Vælg den undtagelse i forvaltningsloven § 19, der gælder her."
        if not said.get(WHY):
            wrong[WHY] = "Skriv, hvorfor undtagelsen gælder her."
        if wrong:
            raise HearingNotClear(wrong)
        _change(here, one, state=Hearing.UNDLADT, exception=exception)
        here.happened(H.PARTSHOERING_UDELADT, part=str(one.id), nummer=exception)


def _answer_problems(
    said: Mapping[str, str], answered_on: date | None, today: date
) -> Mapping[str, str]:
    wrong: dict[str, str] = {}
    if not said.get(ANSWER):
        wrong[ANSWER] = "Skriv, hvad parten svarede."
    if not said.get(WEIGHED):
        wrong[WEIGHED] = "Skriv, hvad svaret har betydet for afgørelsen."
    if answered_on is None or answered_on > today:
        wrong["besvaret"] = "Skriv den dag, svaret kom. Den kan ikke ligge efter i dag."
    return wrong


def _part(here: OnAfgoerelse, number: UUID) -> Partshoering:
    for one in partshoeringer.of_afgoerelse(here.work.connection, here.id):
        if one.id == number:
            return one
    raise NotYours


def _written(
    here: OnAfgoerelse, one: Partshoering, texts: Mapping[str, Written]
) -> Mapping[str, str]:
    """Store what is written of the hearing, and return what stands now.

    :raises HearingNotClear: somebody else wrote there meanwhile.
    """
    kept: dict[tuple[str, str], Written] = {}
    for name, text in texts.items():
        if name not in FIELDS:
            raise NotYours
        words = cleaned(text.text)
        if len(words) > LONGEST:
            raise TooLong((one.place, name))
        kept[one.place, name] = Written(words, text.seen)
    work = here.work
    _, clashes = tekster.write(
        work.connection, here.id, here.skrift.version, kept, by=work.actor, now=work.now
    )
    if clashes:
        raise HearingNotClear({clash.at[1]: _theirs(clash) for clash in clashes})
    said = tekster.read(work.connection, here.id, here.skrift.version, places={one.place})
    return {name: text.text for (_, name), text in said.items()}


def _theirs(clash: Clash) -> str:
    return f"En anden har skrevet her imens: »{clash.theirs.text}«. Saml det, og gem igen."


def _change(here: OnAfgoerelse, one: Partshoering, **values: Any) -> None:
    work = here.work
    partshoeringer.change(work.connection, one.id, by=work.actor, now=work.now, **values)
