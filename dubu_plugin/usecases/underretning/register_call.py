"""Register what somebody said: a phone call, a visit, a letter on paper, an ansøgning, a § 132.

What was typed is the original, so it is kept as a file like any other. The form carries a number of
its own, so that a save that is sent twice registers once. The number alone does not make two saves
one: what was typed has to be the same too, else the second caller's words would be nowhere.
"""

from dataclasses import astuple, dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker, opens
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.intake import FileState, PostState, Status
from dubu_plugin.domain.suggestions import suggested
from dubu_plugin.domain.underretning import (
    ANONYM,
    OVERGREB,
    Henvendelse,
    Orienteret,
    Overgreb,
    Pligt,
    told_abuse,
)
from dubu_plugin.errors import CaseworkError
from dubu_plugin.intake.content import Content, FoundFile
from dubu_plugin.intake.kinds import Kind
from dubu_plugin.intake.text import clean, tidy
from dubu_plugin.ports.post import Channel
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import personer
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.underretning.child_choice import ChildChoice, KnownChild, UnbornChild
from dubu_plugin.usecases.underretning.choose_child import existing, set_child
from dubu_plugin.usecases.underretning.correct import insist_on_code
from dubu_plugin.usecases.underretning.item import Incoming, Item, hashed
from dubu_plugin.usecases.underretning.numbers_heard import numbers_heard
from dubu_plugin.usecases.underretning.perhaps_same import PerhapsTheSame, offer
from dubu_plugin.usecases.underretning.receive import Receipt
from dubu_plugin.usecases.underretning.received_at import received_at
from dubu_plugin.usecases.underretning.register import (
    Arrived,
    add_row,
    look_for_child,
    record_receipt,
)

FILENAME: Final = "Notat.txt"


class TextMissing(CaseworkError):
    """Nothing was typed."""

    danish = "Skriv, hvad der bliver fortalt, med så mange af personens egne ord som muligt."
    field = "tekst"


@dataclass(frozen=True, slots=True)
class Call:
    """What the form holds."""

    form: UUID
    """Made when the form was opened: the same form with the same content is one registration."""
    received_at: datetime
    text: str = field(repr=False)
    henvendelse: Henvendelse = Henvendelse.UNDERRETNING
    channel: Channel = Channel.PHONE
    child: ChildChoice | None = None
    """None leaves it to what the text says, and to whoever assesses."""
    underretter: str | None = None
    pligt: Pligt | None = None
    professional: bool | None = None
    anonymous: bool = False
    notifier_name: str = field(default="", repr=False)
    notifier_organisation: str = field(default="", repr=False)
    notifier_address: str = field(default="", repr=False)
    notifier_relation: str = field(default="", repr=False)
    orienteret: Orienteret | None = None
    concerns: tuple[str, ...] = ()
    area: str = ""
    """What an application is about; empty leaves it to its words."""
    is_right: bool = False
    """Asked whether it was received as long ago as that, they said yes."""


def register_call(call: Call, *, product: Means, asker: Asker, now: datetime) -> Receipt:
    """Register what was typed, durably, and answer.

    :raises TextMissing: nothing was typed.
    :raises InTheFuture, LongAgo, TooLongAgo: it was not received then, or perhaps not.
    :raises NotInUse: the type of notifier is not in use on that day.
    :raises NotYours: the asker registers nothing.
    :raises CaseworkError: the child lacks something, see `resolved`.
    """
    if not opens(asker, Act.REGISTER, protected=False):
        raise NotYours
    text = tidy(clean(call.text))
    if not text:
        raise TextMissing
    call = _nameless(replace(call, text=text))
    same_as = hashed("form", repr(astuple(call)))
    moment = received_at(call.received_at, now, is_right=call.is_right)
    call = replace(call, received_at=moment)
    insist_on_code(call.underretter, call.received_at)
    raw = f"{text}\n".encode()
    item = _item(call, raw, product.blobs.put(raw))
    with product.store.write(actor=asker.key, now=now) as work:
        first = underretninger.post_same_as(work.connection, same_as)
        if first is not None:
            return Receipt(Status.DUPLICATE, first.underretning_id, first.id, message=_BEFORE)
        post = item.keep(work, same_as=same_as, kind=call.henvendelse, state=PostState.REGISTERED)
        return _registered(work, product, call, post, asker)


_BEFORE: Final = "Den er allerede gemt. Der er ikke oprettet en til."


def _nameless(call: Call) -> Call:
    """Return the call as it may be kept: of who is anonymous, neither name nor address."""
    if not call.anonymous and call.underretter != ANONYM:
        return call
    return replace(
        call, anonymous=True, notifier_name="", notifier_organisation="", notifier_address=""
    )


def _item(call: Call, raw: bytes, sha256: str) -> Item:
    file = FoundFile(FILENAME, "text/plain", len(raw), FileState.READ)
    return Item(
        Incoming(raw, FILENAME, call.channel, call.received_at, henvendelse=call.henvendelse),
        Content(Kind.TEXT, call.text, sender_name=call.notifier_name),
        sha256,
        call.received_at,
        (),
        ((file, None),),
    )


def _registered(work: Work, means: Means, call: Call, post: UUID, asker: Asker) -> Receipt:
    unit = means.settings.intake.unit
    arrived = Arrived(post, call.channel, call.received_at, unit, call.text)
    new = add_row(work, arrived, call.henvendelse, _values(call, asker))
    _keep_concerns(work, new, call)
    abuse = told_abuse(abuse_in(call.concerns), unborn=_is_unborn(work, call.child))
    data: dict[str, str | bool] = {"professional": bool(call.professional), "overgreb": abuse}
    record_receipt(work, new, call.henvendelse, arrived, data=data, area=call.area or None)
    warnings: tuple[str, ...] = ()
    if call.child is not None:
        about = existing(work, new)
        try:
            _sag, found = set_child(work, means, about, call.child, asker=asker.key)
            warnings = found.warnings
        except PerhapsTheSame as no:
            # What was told is kept all the same; which child it is, is asked on its page.
            offer(work, new, (no.chosen, *no.likely))
            warnings = (no.for_people(),)
    else:
        look_for_child(work, new)
    heard = numbers_heard(work.connection, call.text, looked_up=False)
    message = " ".join(("Gemt.", *dict.fromkeys((*warnings, *heard))))
    return Receipt(Status.REGISTERED, new, post, message=message)


def _is_unborn(work: Work, child: ChildChoice | None) -> bool:
    if isinstance(child, KnownChild):
        known = personer.by_id(work.connection, child.person)
        return known is not None and known.is_unborn
    return isinstance(child, UnbornChild)


def _keep_concerns(work: Work, new: UUID, call: Call) -> None:
    """Keep the concerns that were ticked; where none was, those the words suggest, as suggested."""
    told = call.concerns or suggested(call.text, on=danish_day(call.received_at)).concerns
    underretninger.set_concerns(work.connection, new, told, suggested=not call.concerns)


def _values(call: Call, asker: Asker) -> dict[str, Any]:
    return {
        "underretter": call.underretter,
        "pligt": call.pligt,
        "professional": call.professional,
        "anonymous": call.anonymous,
        "notifier_name": call.notifier_name.strip()[:200] or None,
        "notifier_organisation": call.notifier_organisation.strip()[:200] or None,
        "notifier_address": call.notifier_address.strip()[:300] or None,
        "notifier_relation": call.notifier_relation.strip()[:200] or None,
        "orienteret": call.orienteret,
        "overgreb": abuse_in(call.concerns),
        "responsible": asker.key,
    }


def abuse_in(concerns: tuple[str, ...]) -> Overgreb:
    """Return whether the concerns a person ticked say abuse, and by whom."""
    said = [OVERGREB[code] for code in concerns if code in OVERGREB]
    return Overgreb.FORAELDRE if Overgreb.FORAELDRE in said else next(iter(said), Overgreb.NEJ)
