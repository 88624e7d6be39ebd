"""The gate of a decision on a placed child that does not stand on the case.

It was made before the case came here, or by another authority: who made it is one of those who
can, and it is said where it lies, so that somebody else finds it.

Source: barnets lov §§ 97-100, 102 and 143; lov om retssikkerhed og administration § 68;
adoptionsloven § 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from dubu_plugin.domain.danish import long_date
from dubu_plugin.domain.gates.begins import HIGHER, OURS, Decider, not_them
from dubu_plugin.domain.gates.committee import paragraf_142_votes
from dubu_plugin.domain.gates.standing import No, months_on, no

MOVE: Final = (Decider.KOMMUNEN, Decider.UDVALGET, Decider.FORMANDEN, *HIGHER)
"""Who can decide that a placed child moves (§§ 98 and 143)."""
SEND_HOME: Final = (Decider.KOMMUNEN, Decider.UDVALGET, *HIGHER)
"""Who can decide that it goes home (§§ 100 and 102)."""
RULE: Final = (Decider.ANKESTYRELSEN, Decider.RETTEN)
ADOPT: Final = (Decider.FAMILIERETSHUSET, *RULE)
LONGEST: Final = 6
"""The most months of the period in which the child goes home (§ 100, stk. 3)."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A decision that does not stand on the case: it was made before, or somewhere else."""

    on: date | None = None
    """The Danish day it was made."""
    by: Decider | None = None
    paper: str = field(default="", repr=False)
    """Where it lies, so that it can be found."""
    votes: int | None = None
    """How many of the committee's five voted for it, where that decided."""
    starts: date | None = None
    """The first Danish day of the period in which the child goes home (§ 100, stk. 3)."""
    until: date | None = None
    """The last one of it."""
    no_period: bool = False
    """It is decided that there is none, as there can be in special cases (§ 100, stk. 1)."""
    since: date | None = None
    """The Danish day the child came to the place it is about: no older decision is about that."""
    here_since: date | None = None
    """The Danish day the case was opened here."""

    @property
    def is_said(self) -> bool:
        """Whether anything is said of it."""
        return self.on is not None or self.by is not None or bool(self.paper.strip())


def decided_elsewhere(
    day: date, its: Elsewhere, law: str, may: Sequence[Decider] = MOVE, *, votes: int = 0
) -> No | None:
    """Tell whether it is said who decided it, on a day before it is used, and where it lies.

    :param day: the Danish day it is used.
    :param may: who can have decided it.
    :param votes: how many of the committee must have voted for it, where that decided.
    """
    if its.on is None or its.on > day:
        return no(
            "afgjort_dag",
            law,
            f"Skriv dagen, afgørelsen blev truffet ({law}). Den kan ikke ligge efter den dag, "
            f"den bruges.",
        )
    if its.since is not None and its.on < its.since:
        return no(
            "afgjort_dag",
            law,
            f"Barnet kom til stedet {long_date(its.since)}, så en afgørelse fra før den dag "
            f"handler ikke om det ({law}). Ret dagen, eller træf en ny afgørelse.",
        )
    if its.by is None:
        return no("afgjort_af", law, f"Vælg, hvem der har truffet afgørelsen ({law}).")
    if its.by not in may:
        return no("afgjort_af", law, not_them(may, law))
    if its.by in OURS and its.here_since is not None and its.on > its.here_since:
        return no(
            "afgjort_dag",
            law,
            f"Sagen har været her siden {long_date(its.here_since)}, så en afgørelse, kommunen "
            f"selv har truffet derefter, skal stå på den ({law}). Skriv den ind under "
            f"»Afgørelser«, eller ret dagen.",
        )
    if votes and its.by is Decider.UDVALGET and (few := paragraf_142_votes(its.votes, votes)):
        return few
    if not its.paper.strip():
        return no("afgjort_hvor", law, f"Skriv, hvor afgørelsen ligger, så den kan findes ({law}).")
    return None


def paragraf_100_period(day: date, its: Elsewhere) -> No | None:
    """Tell whether the period is said that was decided with going home (§ 100, stk. 1 and 3).

    :param day: the Danish day the child goes home.
    """
    if (its.until is None) is not its.no_period:
        return no(
            "periode_til",
            "§ 100",
            "Skriv den sidste dag af den hjemgivelsesperiode, der er besluttet, eller sæt kryds "
            "ved, at der ingen er (§ 100, stk. 1 og 3).",
        )
    if its.until is None:
        return None
    if its.starts is None or not (its.on or its.starts) <= its.starts <= day:
        return no(
            "periode_fra",
            "§ 100",
            "Skriv den første dag af hjemgivelsesperioden (§ 100, stk. 3). Barnet flytter hjem i "
            "perioden, og den begynder ikke før afgørelsen.",
        )
    if day <= its.until <= months_on(its.starts, LONGEST):
        return None
    return no(
        "periode_til",
        "§ 100",
        "Barnet flytter hjem i perioden, og den varer højst seks måneder fra sin første dag (§ "
        "100, stk. 3). Ret dagen. Er perioden gået, så træf en ny afgørelse.",
    )
