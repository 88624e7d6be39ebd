"""What living at a place is besides being placed: its own hændelser, which the rules follow.

A family is to have intensive support in the first year it has the child (barnets lov § 56), and a
stay at a locked place ends when it is decided to (§§ 62 and 63, bekendtgørelse 980 of 2025, § 9).
Which places are which stands with the place in the catalogue.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import IndsatsGroup, Stay
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.sag import noted
from dubu_plugin.usecases.indsats.on_indsats import NOON, OnIndsats, moment

BEGINS: Final[Mapping[Stay, H]] = {
    Stay.PLEJEFAMILIE: H.PLEJEFORHOLD_BEGYNDT,
    Stay.SIKRET: H.SIKRET_OPHOLD_BEGYNDT,
}
ENDS: Final[Mapping[Stay, H]] = {
    Stay.PLEJEFAMILIE: H.PLEJEFORHOLD_OPHOERT,
    Stay.SIKRET: H.SIKRET_OPHOLD_OPHOERT,
}
NIGHT: Final = timedelta(hours=23, minutes=30)
"""Where it began on a day that is gone: after the placement that ended the same evening, which
would else end it with it."""
FIRST_YEAR: Final = timedelta(days=365)
A_MOMENT: Final = timedelta(seconds=1)


def begins(here: OnIndsats, place: str | None, on: date) -> None:
    """Record that the child lives at a place from a Danish day, where the law asks more of it.

    :param place: the code of the place.
    """
    stay = _stay(here, place, on)
    if stay is None:
        return
    here.happened(BEGINS[stay], on, at=NIGHT, **_until(here, stay))


def is_noted(here: OnIndsats, place: str | None, since: date) -> None:
    """Record the same of a placement that was noted before it was written in, unless that was noted
    too, or the family's first year is over.

    :param since: the Danish day the placement began.
    """
    stay = _stay(here, place, since)
    if stay is None or since + FIRST_YEAR < here.today:
        return
    days = noted.days_of(here.work.connection, here.sag.id, BEGINS[stay])
    if not any(since <= one for one in days):
        begins(here, place, since)


def moves_from(here: OnIndsats, place: str | None, on: date) -> None:
    """Record that the child lives there no more, before what begins at another place."""
    stay = _stay(here, place, on)
    if stay is not None:
        here.happened(ENDS[stay], on, when=moment(on, here.work.now, NOON) - A_MOMENT)


def ends(here: OnIndsats, on: date, at: timedelta) -> None:
    """Record that a locked stay ends with the placement; a family's support ends with that itself.

    :param at: when, on a day that is gone.
    """
    stay = _stay(here, here.indsats.place, on)
    if stay is Stay.SIKRET:
        here.happened(ENDS[stay], on, at=at)


def _until(here: OnIndsats, stay: Stay) -> Mapping[str, Any]:
    """Return the last day it is decided for, as the rule of a locked stay asks it."""
    rests = here.indsats.afgoerelse if stay is Stay.SIKRET else None
    decision = afgoerelser.by_id(here.work.connection, rests) if rests else None
    ends_on = decision.ends_on if decision else None
    return {"ende": ends_on.isoformat()} if ends_on else {}


def _stay(here: OnIndsats, place: str | None, on: date) -> Stay | None:
    if not here.row.is_placement or not place:
        return None
    found = here.product.indsatser.place(place, on)
    stay = found.stay if found else None
    # How long a young person of the nævn lives locked up is the nævn's to say.
    if stay is Stay.SIKRET and here.row.group is not IndsatsGroup.ANBRINGELSE:
        return None
    return stay
