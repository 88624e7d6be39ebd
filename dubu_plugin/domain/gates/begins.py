"""The gate an indsats passes before it begins: a decision gives it.

What takes a decision is what the catalogue of decisions can give, and what another than the
municipality itself decides. Early help, advice and what a young person has a right to take none.

Source: barnets lov §§ 32, 46, 47, 142 and 143; lov om bekæmpelse af ungdomskriminalitet §§ 12-14.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.afgoerelser import Matter
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import long_date
from dubu_plugin.domain.gates.committee import paragraf_142_votes
from dubu_plugin.domain.gates.standing import No, months_on, no
from dubu_plugin.domain.indsatser import DecidedBy, Indsats, IndsatsGroup


class Decider(StrEnum):
    """Who made a decision that does not stand on the case. The value is stored."""

    KOMMUNEN = "kommunen"
    UDVALGET = "udvalget"
    FORMANDEN = "formanden"
    ANDEN_KOMMUNE = "anden_kommune"
    ANKESTYRELSEN = "ankestyrelsen"
    RETTEN = "retten"
    NAEVNET = "naevnet"
    """Ungdomskriminalitetsnævnet."""
    FAMILIERETSHUSET = "familieretshuset"


DECIDERS: Final[Mapping[Decider, str]] = {
    Decider.KOMMUNEN: "Kommunen",
    Decider.UDVALGET: "Børne- og ungeudvalget",
    Decider.FORMANDEN: "Udvalgets formand",
    Decider.ANDEN_KOMMUNE: "En anden kommune",
    Decider.ANKESTYRELSEN: "Ankestyrelsen",
    Decider.RETTEN: "Retten",
    Decider.NAEVNET: "Ungdomskriminalitetsnævnet",
    Decider.FAMILIERETSHUSET: "Familieretshuset",
}
OURS: Final = frozenset({Decider.KOMMUNEN, Decider.UDVALGET, Decider.FORMANDEN})
"""What these decide stands on the case, from the day the case is here."""
HIGHER: Final = (Decider.ANDEN_KOMMUNE, Decider.ANKESTYRELSEN, Decider.RETTEN)
WHO_MAY: Final[Mapping[DecidedBy, Sequence[Decider]]] = {
    DecidedBy.KOMMUNALBESTYRELSEN: (Decider.KOMMUNEN, *HIGHER),
    DecidedBy.UDVALGET: (Decider.UDVALGET, *HIGHER),
    DecidedBy.FORMANDEN: (Decider.FORMANDEN, *HIGHER),
    DecidedBy.UNGDOMSKRIMINALITETSNAEVNET: (Decider.NAEVNET, Decider.RETTEN),
}
CARRIES: Final[Mapping[DecidedBy, tuple[int, str, str]]] = {
    DecidedBy.UDVALGET: (24, "§ 50", "Udvalget skal behandle den igen senest efter to år"),
    DecidedBy.FORMANDEN: (1, "§ 143", "Den gælder højst en måned"),
}
"""How many months a decision carries a placement that begins later; then it is made again, or
lapses."""
OF_INFANT: Final = (36, "§ 50", "Udvalget skal behandle den igen senest efter tre år")
"""The same of a committee's about a child that was unborn or under one year (§ 50, stk. 5). For
others the longer time has no end in the law: it is the day that is noted with the decision."""
LONGER: Final = (
    " Er der fastsat en længere frist (§ 50, stk. 5), så notér udvalgets afgørelse på sagen med "
    "dagen, den blev truffet, og den frist."
)
"""What makes a longer time count."""
VOTED: Final = frozenset({Decider.UDVALGET, Decider.ANDEN_KOMMUNE})
"""Who decides in a committee, where that is what the decision takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A decision that was made before the case came here, or by another authority."""

    on: date | None = None
    """The Danish day it was made; of a committee's, of the meeting."""
    by: Decider | None = None
    votes: int | None = None
    """How many of the committee's five voted for it."""
    paper: str = field(default="", repr=False)
    """Where the decision lies, so that it can be found."""

    @property
    def is_said(self) -> bool:
        """Whether anything is said of it."""
        return self.on is not None or self.by is not None or bool(self.paper.strip())


def takes_decision(its: Indsats, matters: Sequence[Matter]) -> bool:
    """Tell whether an indsats begins on a decision.

    :param matters: those of the catalogue that give it.
    """
    return bool(matters) or its.decided_by is not DecidedBy.KOMMUNALBESTYRELSEN


def afgoerelse_foer(
    its: Indsats,
    matters: Sequence[Matter],
    before: Before,
    *,
    first: date,
    here_since: date,
    noted: Collection[date] = (),
    waits: bool = False,
) -> No | None:
    """Tell whether it is said what it rests on, where no decision of the case gives it.

    :param matters: what can be decided that gives it.
    :param first: the first day of the indsats.
    :param here_since: the Danish day the case was opened here.
    :param noted: the days of decisions of that kind that are noted on the case by hand.
    :param waits: a decision of the case gives it, and is not chosen.
    """
    if not takes_decision(its, matters):
        return None
    law = its.law_words if its.is_old or not matters else matters[0].paragraph
    if not before.is_said:
        return no("hvad", law, _nothing(its, law, waits=waits))
    if before.by is None:
        return no("afgjort_af", law, f"Vælg, hvem der traf afgørelsen ({law}).")
    may = WHO_MAY[its.decided_by]
    if before.by not in may:
        return no("afgjort_af", law, not_them(may, law))
    if before.on is None or before.on > first:
        return no(
            "afgjort_dag",
            law,
            f"Skriv dagen, afgørelsen blev truffet. Den kan ikke ligge efter indsatsens første dag "
            f"({law}).",
        )
    if before.by in OURS and before.on > here_since and before.on not in noted:
        return no("afgjort_dag", law, _is_here(its, here_since, law))
    if wrong := _votes(before, matters):
        return wrong
    if not before.paper.strip():
        return no("afgjort_hvor", law, f"Skriv, hvor afgørelsen ligger, så den kan findes ({law}).")
    return None


def not_them(may: Sequence[Decider], law: str) -> str:
    """Return the sentence that says who can have made a decision, where it was none of them."""
    them = [DECIDERS[one] for one in may]
    said = f"{', '.join(them[:-1])} eller {them[-1]}".replace("En anden", "en anden")
    return f"Afgørelsen kan være truffet af: {said} ({law}). Vælg en af dem."


def paragraf_50_143(
    its: Indsats, before: Before, first: date, born: date | None, again: date | None = None
) -> No | None:
    """Tell whether a decision made before is not so old that it carries no placement any more.

    :param first: the first day of the indsats.
    :param born: when the child was; None is unborn.
    :param again: when the committee looks at it again, where that is noted on the case: sooner
        than the law's own day, or exceptionally later (§ 50, stk. 4 and 5).
    """
    longest = CARRIES.get(its.decided_by)
    if longest is None or its.group is not IndsatsGroup.ANBRINGELSE or before.on is None:
        return None
    if its.decided_by is DecidedBy.UDVALGET and (born is None or age_on(born, before.on) < 1):
        longest = OF_INFANT
    months, law, why = longest
    noted = its.decided_by is DecidedBy.UDVALGET and again is not None
    last = again if noted and again else months_on(before.on, months)
    if last >= first:
        return None
    if noted:
        why = f"Udvalget skulle behandle den igen senest den {long_date(last)}"
    longer = "" if noted or law != "§ 50" or longest is OF_INFANT else LONGER
    return no(
        "afgjort_dag",
        law,
        f"Afgørelsen af {long_date(before.on)} er for gammel til, at »{its.title}« kan begynde på "
        f"den. {why} ({law}). Skriv den nyeste, eller træf den under »Afgørelser«.{longer}",
    )


def _nothing(its: Indsats, law: str, *, waits: bool) -> str:
    begins = f"»{its.title}« begynder først, når der er truffet afgørelse om det ({law})."
    if waits:
        return f"{begins} Den står på sagen: Vælg den under »Hviler på«."
    if its.decided_by is DecidedBy.UNGDOMSKRIMINALITETSNAEVNET:
        return f"{begins} Skriv under »Hviler på«, hvornår nævnet traf den."
    return (
        f"{begins} Den står ikke på sagen. Træf den under »Afgørelser«. Er den truffet, før sagen "
        f"kom hertil, eller af en anden myndighed, så skriv under »Hviler på«, hvem der traf den."
    )


def _is_here(its: Indsats, here_since: date, law: str) -> str:
    said = (
        f"Sagen har været her siden {long_date(here_since)}, så en afgørelse, kommunen selv har "
        f"truffet derefter, skal stå på den ({law})."
    )
    if its.decided_by is DecidedBy.KOMMUNALBESTYRELSEN:
        return f"{said} Træf den under »Afgørelser«, eller ret dagen."
    return (
        f"{said} Skriv den ind under »Afgørelser«. Er den truffet, før den blev skrevet ind, så "
        f"notér den først på sagen med den dag, den blev truffet."
    )


def _votes(before: Before, matters: Sequence[Matter]) -> No | None:
    """Tell whether so many of a committee voted for it that there is a decision."""
    least = min((one.votes for one in matters if one.is_committees), default=0)
    return paragraf_142_votes(before.votes, least) if least and before.by in VOTED else None


def paragraf_143_klokken(its: Indsats, before: Before, at: object) -> No | None:
    """Tell whether the hour is said that the 24 hours are counted from (§ 143, stk. 3).

    :param at: the time of day it began, or None.
    """
    if its.decided_by is not DecidedBy.FORMANDEN or not before.is_said or at is not None:
        return None
    return no(
        "klokken",
        "§ 143",
        "Skriv klokkeslættet. De 24 timer til at give parterne besked regnes fra det (§ 143, stk. "
        "3).",
    )
