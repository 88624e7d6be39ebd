"""What a plan lacks before it can stand (barnets lov §§ 77, 92, 95 and 109)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import IN_FORCE, AfgoerelseState
from dubu_plugin.domain.danish import long_date, unbroken
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.domain.skrift import WHOLE, SkriftKind
from dubu_plugin.metode.missing import Missing
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.running import PLACES, is_placed, may_be_placed
from dubu_plugin.store.plan.maal import Maal
from dubu_plugin.store.skrift.skrifter import Skrift

GOALS: Final = "maal"
"""The field that stands for the goals as such."""

LOOK: Final = "ses_paa"
"""The field that stands for the day a goal is looked at next."""

MUST: Final[Mapping[str, str]] = {
    "hvem_goer_hvad": "skriv, hvem der gør hvad",
    "indikator": "skriv et tegn på, at det virker",
}
"""What a goal cannot be without, and how it is asked for."""

LAW: Final[Mapping[SkriftKind, str]] = {
    SkriftKind.BARNETS_PLAN: "§ 92",
    SkriftKind.UNGEPLAN: "§ 109",
    SkriftKind.FORAELDREHANDLEPLAN: "§ 77",
}
"""What says what stands in each kind of plan, where nothing narrower does."""

FAMILY: Final = "stoette_familien"
"""The section of what the family is supported with while the child is placed."""
FAMILY_LAW: Final[Mapping[SkriftKind, str]] = {
    SkriftKind.BARNETS_PLAN: "§ 92, stk. 3",
    SkriftKind.UNGEPLAN: "§ 109, stk. 4",
}
"""What asks for it, of each plan for a child."""


def family_lacking(
    connection: sa.Connection,
    skrift: Skrift,
    said: Mapping[tuple[str, str], str],
    *,
    perhaps: bool | None = None,
) -> Sequence[Missing]:
    """Return that the family's support is not told of in the plan of a child that is placed.

    That is asked of barnets plan (§ 92, stk. 3) and of the ungeplan (§ 109, stk. 4).

    :param said: what stands in the plan, by place and field.
    :param perhaps: what `may_be_placed` answers, where that is known.
    """
    law = FAMILY_LAW.get(skrift.kind)
    if law is None or said.get((WHOLE, FAMILY)):
        return []
    if perhaps is None:
        perhaps = bool(connection.scalar(sa.select(may_be_placed(skrift.sag, skrift.person))))
    if not perhaps or not _is_to_be_placed(connection, skrift):
        return []
    what = "skriv, hvilken støtte familien får imens og bagefter, eller hvorfor den ingen får"
    return [Missing(WHOLE, FAMILY, "Støtte til familien", what, law)]


def _is_to_be_placed(connection: sa.Connection, skrift: Skrift) -> bool:
    """Tell whether a placement runs, is prepared, or is decided and has not ended."""
    if is_placed(connection, skrift.person):
        return True
    matters = [one for one in afgoerelser.of_sag(connection, skrift.sag) if one.matter in PLACES]
    if any(one.state is AfgoerelseState.FORBEREDES for one in matters):
        return True
    decided = {one.id for one in matters if one.state in IN_FORCE}
    ended = {
        one.afgoerelse
        for one in (indsatser.of_sag(connection, skrift.sag) if decided else ())
        if one.state is IndsatsState.OPHOERT
    }
    return bool(decided - ended)


def goals_lacking(goals: Sequence[Maal], kind: SkriftKind, today: date) -> Sequence[Missing]:
    """Return what is lacking, goal by goal. A day that has passed is none.

    :param kind: of the plan they are in, which says what asks for them.
    """
    law = LAW.get(kind, "§ 92")
    if not goals:
        return [Missing(WHOLE, GOALS, "Mål", "sæt mindst ét", law)]
    return list(_lacking(goals, law, today))


def sections_lacking(lacks: Sequence[Missing], kind: SkriftKind) -> Sequence[Missing]:
    """Return the sections that are not written, each with what is to be done and what asks for it.

    :param lacks: as `missing` names them.
    """
    law = LAW.get(kind, "§ 92")
    return [replace(one, what="udfyld feltet", law=one.law or law) for one in lacks]


def _lacking(goals: Sequence[Maal], law: str, today: date) -> Iterator[Missing]:
    for number, one in enumerate(goals, 1):
        for name, what in MUST.items():
            if not one.said.get(name):
                yield Missing(one.place, name, f"Mål {number}", what, law)
        if one.looked_at_on is None:
            what = "skriv, hvornår I ser på det igen"
            yield Missing(one.place, LOOK, f"Mål {number}", what, "§ 95")
        elif one.looked_at_on < today:
            gone = unbroken(long_date(one.looked_at_on))
            what = f"skriv en ny dag at se på det igen, for {gone} er gået"
            yield Missing(one.place, LOOK, f"Mål {number}", what, "§ 95")
