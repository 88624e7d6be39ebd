"""The goals of a plan as its papers say them: need, goal, indsats and opfølgning, link by link."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day, long_date, unbroken
from dubu_plugin.domain.indsatser import Catalogue
from dubu_plugin.domain.maal import AIMS, STATUSES, served_when
from dubu_plugin.store.plan import maal
from dubu_plugin.store.plan.maal import Maal, Status
from dubu_plugin.store.plan.needs import needs_by_id
from dubu_plugin.store.plan.served import Serving, served_by


def goal_rows(
    connection: sa.Connection,
    goals: Sequence[Maal],
    names: Mapping[UUID, str],
    catalogue: Catalogue,
    *,
    come: bool,
    numbers: bool,
    alone: bool = False,
) -> Iterator[dict[str, str]]:
    """Yield each goal with the whole of its chain.

    :param names: whose a goal is; shown where the plan is for several.
    :param come: how far it had come at each opfølgning is said too.
    :param numbers: with the child's own numbers.
    :param alone: for a reader who is told of none but those children: neither the need an
        undersøgelse of another named, nor where another is placed (§ 105).
    """
    ids = [one.id for one in goals]
    needs = needs_by_id(connection, {one.behov for one in goals if one.behov and not alone})
    serving = served_by(connection, ids)
    statuses = maal.statuses(connection, ids if come else ())
    several = len({one.person for one in goals}) > 1
    for number, one in enumerate(goals, 1):
        need = needs.get(one.behov) if one.behov else None
        yield {
            "nummer": unbroken(f"Mål {number}"),
            "barn": names.get(one.person, "") if several else "",
            "behov": need.text if need else "",
            "maal": one.text,
            "retning": AIMS[one.aim],
            "barnets_ord": one.said.get("barnets_ord", ""),
            "indsats": "\n".join(
                _indsats(it, catalogue)
                for it in serving[one.id]
                if not alone or it.person == one.person or not _is_placement(it, catalogue)
            ),
            "hvem": one.said.get("hvem_goer_hvad", ""),
            "ansvarlig": one.said.get("ansvarlig", ""),
            "tegn": _sign(one.said),
            "ses_paa": _day(one.looked_at_on),
            "naaet": "\n".join(_come(it, numbers) for it in statuses.get(one.id, ())),
        }


def _indsats(it: Serving, catalogue: Catalogue) -> str:
    found = catalogue.indsats(it.code, it.starts_on)
    when = served_when(it.state, it.starts_on, it.ended_on)
    return unbroken(f"{found.title if found else it.code}, {when}")


def _is_placement(it: Serving, catalogue: Catalogue) -> bool:
    """Tell whether an indsats is a placement; one nobody knows may be."""
    found = catalogue.indsats(it.code, it.starts_on)
    return found is None or found.is_placement


def _come(it: Status, numbers: bool) -> str:
    said = f"{long_date(danish_day(it.at))}: {STATUSES[it.status].lower()}"
    if numbers and it.barnets_tal is not None:
        said += f". Barnets eget tal: {it.barnets_tal}"
    return unbroken(said)


def _day(day: date | None) -> str:
    return unbroken(long_date(day)) if day else ""


def _sign(said: Mapping[str, str]) -> str:
    """Return the sign with where it stood at the start and where it is wanted."""
    ends = [
        f"{word}: {said[name]}"
        for word, name in (("Ved start", "start"), ("Ønsket", "oensket"))
        if said.get(name)
    ]
    return "\n".join(filter(None, (said.get("indikator", ""), ". ".join(ends))))
