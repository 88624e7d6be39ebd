"""The fields of one page of a skrift: how they are drawn, and how what was sent is understood.

Each field carries what was on the screen: the revision, and a mark of the text. What nobody touched
is not written, so a page that has been open for long changes only what was changed on it.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

from dubu_plugin.domain.skrift import WHOLE, cleaned, place_of_behov
from dubu_plugin.metode.method import Field as MethodField
from dubu_plugin.metode.method import FieldKind, FieldRole
from dubu_plugin.metode.skriftform import Afsnit
from dubu_plugin.store.skrift.behov import TEXT
from dubu_plugin.store.skrift.tekster import At, Text, Written
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.keys import key_of
from dubu_plugin.web.skrift.opened import PART, Opened
from dubu_plugin.web.skrift.suggested import suggestion
from dubu_plugin.web.skrift.words import comes_from, stands_since

TYPED: Final = "t-"
SEEN: Final = "s-"
NEED: Final = "behov-"
BESIDE: Final[Mapping[FieldRole, FieldRole]] = {
    FieldRole.UDFORDRINGER: FieldRole.RESSOURCER,
    FieldRole.FORAELDRENES_SYN: FieldRole.BARNETS_SYN,
}
"""What stands beside what before it."""

_SEEN: Final = re.compile(r"(\d{1,9})-([0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as it is drawn."""

    at: At
    name: str
    """What comes after ``t-`` and ``s-`` in the form."""
    title: str
    help: str
    law: str
    kind: str
    value: str = field(repr=False)
    seen: str
    options: Sequence[tuple[str, str]] = ()
    note: str = ""
    """Where the text comes from, or since when it stands."""
    suggestion: str = field(default="", repr=False)
    role: str = ""
    required: bool = False
    part: str = ""
    """The part it is in; empty in a dimension."""

    @property
    def chosen(self) -> Sequence[str]:
        """The values that are ticked, where any number of them may be."""
        return self.value.split(",")


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody sent, as far as they touched it."""

    written: Mapping[At, Written] = field(repr=False)
    new: Mapping[UUID, str]
    """The dimension of each need the form gave a key."""


def groups(opened: Opened, place: str) -> Sequence[Sequence[Asked]]:
    """Return the fields of a page, those that stand side by side together."""
    found: list[list[Asked]] = []
    for one, beside in _asked(opened, place):
        if beside and found and len(found[-1]) == 1:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def needs(opened: Opened, dimension: str) -> Sequence[Asked]:
    """Return a row for each need of a dimension, and an empty one for one more."""
    rows = [(one.id, opened.said.get((one.place, TEXT))) for one in opened.needs_in(dimension)]
    if opened.writes:
        rows.append((uuid4(), None))
    return [
        Asked(
            at=(place_of_behov(key), TEXT),
            name=f"{NEED}{key}",
            title=f"Udækket behov {number}",
            help="",
            law="",
            kind="tekst",
            value=text.text if text else "",
            seen=seen(text),
            note=" · ".join(filter(None, (comes_from(opened, text), stands_since(opened, text)))),
        )
        for number, (key, text) in enumerate(rows, 1)
    ]


def typed(opened: Opened, place: str, sent: Sent) -> Typed:
    """Return what was touched of what somebody sent."""
    known = {one.name: one.at for group in groups(opened, place) for one in group}
    written: dict[At, Written] = {}
    new: dict[UUID, str] = {}
    for field_name in sent.fields:
        if not field_name.startswith(SEEN):
            continue
        name = field_name.removeprefix(SEEN)
        at = known.get(name)
        if at is None and name.startswith(NEED):
            key = key_of(name.removeprefix(NEED))
            if key is None:
                continue
            at = place_of_behov(key), TEXT
            new[key] = place
        found = _SEEN.fullmatch(sent.one(field_name))
        if at is None or found is None:
            continue
        text = (
            ",".join(filter(None, sent.many(TYPED + name)))
            if _is_many(opened, at)
            else (sent.many(TYPED + name) or [""])[-1]
        )
        if mark_of(text) != found[2]:
            written[at] = Written(text, int(found[1]))
    return Typed(written, new)


def name_of(at: At) -> str:
    """Return what a field is called in the form."""
    place, name = at
    return f"{NEED}{place.partition(':')[2]}" if place.startswith("behov:") else name


def at_of_need(name: str) -> At | None:
    """Return where the need a form calls so stands, or None where it is no need's name."""
    key = key_of(name.removeprefix(NEED)) if name.startswith(NEED) else None
    return None if key is None else (place_of_behov(key), TEXT)


def seen(text: Text | None) -> str:
    """Return what a field carries of the text that is on the screen."""
    return f"{text.revision if text else 0}-{mark_of(text.text if text else '')}"


def shown_in(text: str) -> Mapping[str, tuple[int, str]]:
    """Return what a form carries of several fields: by name, the revision and mark of each.

    :param text: what `seen` says of each behind its name and a colon, with commas between them.
    """
    found = {}
    for part in text.split(","):
        name, _, rest = part.rpartition(":")
        revision, _, mark = rest.partition("-")
        if revision.isdigit():
            found[name] = (int(revision[:9]), mark)
    return found


def mark_of(text: str) -> str:
    """Return the mark of a text as it is kept."""
    return hashlib.sha256(cleaned(text).encode()).hexdigest()[:12]


def _asked(opened: Opened, place: str) -> Iterator[tuple[Asked, bool]]:
    if place.startswith(PART):
        for part in opened.form.on_page(place.removeprefix(PART)):
            for one in opened.form.in_part(part.code):
                yield _of_section(opened, one), one.beside
        return
    assert opened.method is not None
    before: FieldRole | None = None
    for asked in opened.method.fields_of(place):
        if asked.role is FieldRole.UDAEKKET_BEHOV:
            continue
        yield _of_field(opened, place, asked), BESIDE.get(asked.role) is before is not None
        before = asked.role


def _of_section(opened: Opened, one: Afsnit) -> Asked:
    at = WHOLE, one.code
    text = opened.said.get(at)
    return Asked(
        at=at,
        name=one.code,
        title=one.title,
        help=one.help,
        law=one.law,
        kind=one.kind,
        value=text.text if text else "",
        seen=seen(text),
        options=[(choice.value, choice.title) for choice in one.choices],
        note=_note(opened, text),
        suggestion=suggestion(opened, one) if opened.writes else "",
        role=one.role,
        required=one.required,
        part=one.part,
    )


def _of_field(opened: Opened, place: str, one: MethodField) -> Asked:
    at = place, one.code
    text = opened.said.get(at)
    return Asked(
        at=at,
        name=one.code,
        title=one.title,
        help=one.help,
        law="",
        kind="linje" if one.kind is FieldKind.TAL else one.kind,
        value=text.text if text else "",
        seen=seen(text),
        options=[(choice.value, choice.title) for choice in one.choices],
        note=_note(opened, text),
        role=one.role,
    )


def _note(opened: Opened, text: Text | None) -> str:
    return " · ".join(filter(None, (comes_from(opened, text), stands_since(opened, text))))


def _is_many(opened: Opened, at: At) -> bool:
    place, name = at
    if place == WHOLE:
        return name in opened.form.by_code and opened.form.by_code[name].kind == "flere"
    if place.startswith("behov:") or opened.method is None:
        return False
    return any(
        one.code == name and one.kind is FieldKind.FLERE for one in opened.method.fields_of(place)
    )
