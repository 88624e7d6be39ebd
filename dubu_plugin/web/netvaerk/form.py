"""The forms of the network: what was sent, read as what somebody is to the child."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from dubu_plugin.domain.inddragelse import NotWhole
from dubu_plugin.domain.netvaerk import Hjaelp, Kreds, Part, Rolle, usual
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.typed_time import NO_DAY, day_of

YES: Final = "ja"
NAMES: Final = ("navn", "telefon", "email")
FIELDS: Final = (
    *NAMES, "rolle", "kaldes", "kreds", "ring", "samvaer", "adskilt", "kan", "med", "dag", "slut",
    "hvorfor",
)  # fmt: skip


def part_of(sent: Sent) -> Part:
    """Return what the form says somebody is; what is not chosen is as the role usually is.

    :raises NotWhole: no role is chosen, or a day is none.
    """
    try:
        role = Rolle(sent.one("rolle"))
    except ValueError:
        raise NotWhole({"rolle": "Vælg, hvad personen er for barnet."}) from None
    begins = usual(role)
    ring = sent.one("ring")
    return Part(
        role=role,
        called=sent.one("kaldes"),
        circle=Kreds(sent.one("kreds")) if sent.one("kreds") in list(Kreds) else begins.circle,
        ring=int(ring) if ring.isdecimal() and len(ring) == 1 else begins.ring,
        custody=begins.custody,
        samvaer=sent.one("samvaer"),
        apart=sent.one("adskilt") == YES,
        steps_in=Hjaelp(sent.one("kan")) if sent.one("kan") in list(Hjaelp) else Hjaelp.UKENDT,
        steps_in_with=sent.one("med"),
        steps_in_on=day(sent, "dag"),
    )


def day(sent: Sent, name: str) -> date | None:
    """Return a day, None where the field is empty.

    :raises NotWhole: it is none.
    """
    typed = sent.one(name)
    try:
        return day_of(typed) if typed else None
    except ValueError:
        raise NotWhole({name: NO_DAY}) from None


def typed(sent: Sent) -> Mapping[str, str]:
    """Return what stood in the form, so that it is drawn again."""
    return {name: sent.one(name) for name in FIELDS}


def values_of(part: Part) -> Mapping[str, str]:
    """Return what a form begins with: what somebody is now."""
    return {
        "rolle": part.role,
        "kaldes": part.called,
        "kreds": part.circle,
        "ring": str(part.ring),
        "samvaer": part.samvaer,
        "adskilt": YES if part.apart else "",
        "kan": part.steps_in,
        "med": part.steps_in_with,
        "dag": part.steps_in_on.isoformat() if part.steps_in_on else "",
    }
