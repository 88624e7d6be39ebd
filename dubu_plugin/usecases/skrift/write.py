"""Write in a skrift: by itself while somebody types, or when they save. Both are this act.

Two people may write in the same field. Who saves first stands; the other is shown both, and nothing
either has written is gone: `Clash` has it, and so has the other's draft.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.skrift import FORHOLD, LONGEST, WHOLE, cleaned, place_of_behov
from dubu_plugin.errors import CaseworkError
from dubu_plugin.metode.method import FieldKind
from dubu_plugin.metode.skriftform import AfsnitKind
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.skrift import behov, tekster
from dubu_plugin.store.skrift.behov import TEXT
from dubu_plugin.store.skrift.tekster import At, Clash, Text, Written
from dubu_plugin.usecases.skrift.on_skrift import OnSkrift, Skriver, on_skrift


class TooLong(CaseworkError):
    """A text is longer than a field can be."""

    danish = (
        "Teksten er for lang til ét felt. Læg den som et dokument på sagen, og skriv her, hvad den "
        "betyder for barnet. Det, du har skrevet, står her endnu."
    )

    def __init__(self, at: At) -> None:
        super().__init__("/".join(at))
        self.at = at


class NotAChoice(CaseworkError):
    """The answer is none of those a section offers, or no date."""

    danish = "Vælg et af svarene, eller skriv en rigtig dato."

    def __init__(self, at: At) -> None:
        super().__init__("/".join(at))
        self.at = at


NONE: Final[Mapping[UUID, str]] = {}


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of writing."""

    texts: Mapping[At, Text] = field(repr=False)
    """What stands now in each field that was sent."""
    clashes: Sequence[Clash]
    """The fields where somebody else was first."""
    at: datetime


def write(
    sag: UUID,
    skrift: UUID,
    written: Mapping[At, Written],
    *,
    product: Skriver,
    asker: Asker,
    now: datetime,
    new: Mapping[UUID, str] = NONE,
) -> Saved:
    """Store what somebody wrote, by place and field.

    :param written: only what was on the screen; each with the revision it had there.
    :param new: the dimension of each need the form has given a key; it is stored with its words.
    :raises TooLong, NotAChoice: one of the texts cannot be kept; nothing is stored.
    :raises NotOpen, CaseClosed: see there.
    :raises NotYours: the policy says no, or there is no such skrift, place or field.
    """
    kept = {at: Written(cleaned(one.text), one.seen) for at, one in written.items()}
    with on_skrift(sag, skrift, product=product, asker=asker, now=now) as here:
        for number, dimension in new.items():
            said = kept.get((place_of_behov(number), TEXT))
            if said is not None and said.text:
                _add(here, number, dimension, product)
        kept = {at: one for at, one in kept.items() if _is_there(here, at, new)}
        for at, one in kept.items():
            _insist(here, at, one.text, product)
        texts, clashes = tekster.write(
            here.work.connection, skrift, here.skrift.version, kept, by=asker.key, now=now
        )
        return Saved(texts, clashes, now)


def add_behov(
    sag: UUID,
    skrift: UUID,
    dimension: str,
    text: str,
    *,
    product: Skriver,
    asker: Asker,
    now: datetime,
) -> UUID:
    """Store a need in a dimension, and return its key.

    :raises TooLong, NotOpen, CaseClosed: see there.
    :raises NotYours: the policy says no, or there is no such skrift or dimension.
    """
    said = cleaned(text)
    with on_skrift(sag, skrift, product=product, asker=asker, now=now) as here:
        _insist_on_dimension(here, dimension, product)
        if len(said) > LONGEST:
            raise TooLong((dimension, TEXT))
        number = behov.add(here.work.connection, skrift, dimension)
        place = place_of_behov(number)
        new = {(place, TEXT): Written(said, 0)}
        tekster.write(here.work.connection, skrift, here.skrift.version, new, by=asker.key, now=now)
        return number


def _add(here: OnSkrift, number: UUID, dimension: str, product: Skriver) -> None:
    """Store a need under the key its form gave it; the second save of the form finds it there."""
    if behov.is_of(here.work.connection, here.skrift.id, place_of_behov(number)):
        return
    if behov.is_known(here.work.connection, number):
        raise NotYours
    _insist_on_dimension(here, dimension, product)
    behov.add(here.work.connection, here.skrift.id, dimension, key=number)


def _is_there(here: OnSkrift, at: At, new: Mapping[UUID, str]) -> bool:
    """Tell an empty row for a new need from everything else: nobody has written in it."""
    names = {place_of_behov(number) for number in new}
    return at[0] not in names or behov.is_of(here.work.connection, here.skrift.id, at[0])


def _insist(here: OnSkrift, at: At, text: str, product: Skriver) -> None:
    """Refuse what has no field, or does not fit the one it has."""
    place, name = at
    if len(text) > LONGEST:
        raise TooLong(at)
    if place == WHOLE:
        _insist_on_answer(here, name, text, product)
    elif place.startswith("behov:"):
        known = behov.is_of(here.work.connection, here.skrift.id, place)
        if name != TEXT or not known:
            raise NotYours
    else:
        _insist_on_dimension(here, place, product, name, text)


def _insist_on_answer(here: OnSkrift, name: str, text: str, product: Skriver) -> None:
    if name == FORHOLD and here.form.chosen_dimensions:
        for dimension in filter(None, text.split(",")):
            _insist_on_dimension(here, dimension, product)
        return
    asked = here.form.by_code.get(name)
    if asked is None:
        raise NotYours
    if not text:
        return
    values = {choice.value for choice in asked.choices}
    match asked.kind:
        case AfsnitKind.VALG:
            fits = text in values
        case AfsnitKind.FLERE:
            fits = set(text.split(",")) <= values
        case AfsnitKind.DATO:
            fits = _is_date(text)
        case _:
            fits = True
    if not fits:
        raise NotAChoice((WHOLE, name))


def _insist_on_dimension(
    here: OnSkrift,
    dimension: str,
    product: Skriver,
    name: str | None = None,
    text: str = "",
) -> None:
    skrift = here.skrift
    method = product.methods.book.method(skrift.method or "", skrift.method_version or "")
    if method is None or dimension not in method.by_code:
        raise NotYours
    if name is None:
        return
    asked = next((one for one in method.fields_of(dimension) if one.code == name), None)
    if asked is None:
        raise NotYours
    values = {choice.value for choice in asked.choices}
    said = set(text.split(",")) if asked.kind is FieldKind.FLERE else {text}
    if text and values and not said <= values:
        raise NotAChoice((dimension, name))


def _is_date(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007 a day, not a moment
    except ValueError:
        return False
    return True
