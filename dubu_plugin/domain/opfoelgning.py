"""The opfølgning: what is decided at one, and when the next is.

Source: barnets lov § 95. The law has no fixed interval: the first comes at the latest three months
after the indsats began, and at the first it is decided, with a reason, how it goes on from there.
Help by chapter 8 is followed by § 156, stk. 2, which gives no time either.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.gates.standing import months_on
from dubu_plugin.domain.skrift import SkriftKind


class Valg(StrEnum):
    """What an opfølgning decides (§ 95, stk. 4). The value is stored."""

    FORTSAET = "fortsaet"
    JUSTER = "juster"
    STOP = "stop"
    NY_VURDERING = "ny_vurdering"


CHOICES: Final[Mapping[Valg, str]] = {
    Valg.FORTSAET: "Fortsæt",
    Valg.JUSTER: "Justér",
    Valg.STOP: "Stop",
    Valg.NY_VURDERING: "Ny vurdering",
}
MEANT: Final[Mapping[Valg, str]] = {
    Valg.FORTSAET: "Indsatsen fortsætter, som den er.",
    Valg.JUSTER: "Indsatsen eller planen justeres.",
    Valg.STOP: "Indsatsen stopper.",
    Valg.NY_VURDERING: "Barnets behov afdækkes eller undersøges igen.",
}
"""What a choice says on paper."""
ASSESSED: Final[Mapping[str, str]] = {
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE: "Barnets behov undersøges igen i en børnefaglig "
    "undersøgelse (barnets lov § 20).",
    SkriftKind.AFDAEKNING: "Barnets behov afdækkes igen (barnets lov § 19).",
    SkriftKind.SCREENING: "Det bliver vurderet igen, om barnet har brug for støtte (barnets lov "
    "§ 18).",
    SkriftKind.HANDICAPUDREDNING: "Det bliver udredt igen, hvad barnet og familien har brug for "
    "hjælp til.",
}
"""The same of a new assessment, by what it is."""

TO_CHILD: Final[Mapping[Valg, str]] = {
    Valg.FORTSAET: "Hjælpen bliver ved, som den er nu.",
    Valg.JUSTER: "Vi laver noget om ved hjælpen. Vi taler med dig om, hvad det bliver.",
    Valg.STOP: "Noget af hjælpen stopper. Vi taler med dig om, hvordan det skal gå til.",
    Valg.NY_VURDERING: "Vi vil gerne vide mere om, hvordan du har det, så hjælpen passer til dig. "
    "Vi taler med dig om det.",
}
"""The same to the child."""
WORDS_OPENED: Final[Mapping[str, str]] = {
    "plan": "Planen får en ny version.",
    "aendr": "En indsats rettes.",
    "afslut": "En indsats afsluttes.",
    "afgoerelse": "En afgørelse om, at hjælp hører op, er begyndt.",
    "skrift": "En ny vurdering af barnets behov er begyndt.",
    "faelles": "Søskendes fælles plan får en ny version.",
    "foraeldreplan": "Forældrenes egen plan får en ny version.",
}
"""What it set going, by the word that is stored."""

DECIDES: Final = "afgoerelse"
"""What is begun where help stops that is taken from a family by a decision alone."""
ENDS: Final = "afslut"
"""What is begun where it can end without."""
DECIDED_FIRST: Final = (
    "Vi mener, at noget af hjælpen skal høre op{what}. Det sker først, når der er truffet en "
    "afgørelse om det. Familien bliver hørt, før den træffes, og får den i et brev, som siger, "
    "hvornår hjælpen hører op, og hvordan man klager. Hjælpen fortsætter indtil da."
)
"""What is meant by a stop that takes a decision (barnets lov §§ 11 and 99, forvaltningsloven
§ 19)."""
OTHERS_STOP: Final = " Anden hjælp, som der er fulgt op på, stopper."
DECIDED_FIRST_TO_CHILD: Final = (
    "Vi synes, at noget af hjælpen skal stoppe. Det er ikke bestemt endnu. Før det bliver bestemt, "
    "kan du og din familie sige, hvad I mener. Bagefter kan man klage over det. Hjælpen bliver "
    "ved, til det er bestemt."
)
"""The same to the child."""


def meant(
    choice: Valg, opened: Collection[str], stops: Sequence[str] = (), assessed: str = ""
) -> str:
    """Say what a choice means on paper.

    :param opened: what it set going, by the words that are stored.
    :param stops: what is to be decided to stop, in words.
    :param assessed: how the child's needs are looked at again; the kind of skrift.
    """
    if DECIDES not in opened:
        return ASSESSED.get(assessed, MEANT[choice])
    said = DECIDED_FIRST.format(what=f": {'; '.join(stops)}" if stops else "")
    return said + (OTHERS_STOP if ENDS in opened else "")


def meant_to_child(choice: Valg, opened: Collection[str]) -> str:
    """Say the same to the child."""
    return DECIDED_FIRST_TO_CHILD if DECIDES in opened else TO_CHILD[choice]


PLAN: Final = "plan"
"""What is adjusted, where it is not an indsats."""
SHARED: Final = "faelles"
"""The same of a plan in common that is written on a sibling's case (§ 91, stk. 3)."""
OF_PARENTS: Final = "foraeldreplan"
"""The parents' own plan (§ 77): what is begun, and the section on whether to revise it (§ 79)."""


class Revised(StrEnum):
    """Whether the parents' own plan is to be revised (§ 79). The value is stored."""

    SENERE = "senere"
    JA = "ja"
    NEJ = "nej"


REVISES: Final[Mapping[Revised, str]] = {
    Revised.SENERE: "Ikke nu",
    Revised.JA: "Ja, begynd en ny version",
    Revised.NEJ: "Nej. Vi har set på den, og den passer, eller forældrene ønsker ingen ny",
}
REVISED: Final[Mapping[Revised, str]] = {
    Revised.JA: "Får en ny version (§ 79).",
    Revised.NEJ: "Vurderet. Den passer, eller forældrene ønsker ingen ny (§ 79).",
}
"""The same when it is done."""
OTHER_DAY: Final = "anden"
"""The answer that the next day is none of the rhythms'."""
MONTHS: Final = (1, 3, 6)
"""The rhythms that are offered, in months. Any other day can be chosen."""
USUAL: Final = 3
"""What is offered first where the case has no rhythm of its own."""
USUAL_OF_CHAPTER_8: Final = 12
"""The same where all that is given is help by chapter 8, as the decision on it says."""
LAW_OF_CHAPTER_8: Final = "Barnets lov § 156, stk. 2"
"""What asks for a look at such help, in place of § 95."""
LOWEST, HIGHEST = 0, 10
"""The child's own rating."""


@dataclass(frozen=True, slots=True)
class Next:
    """When the next opfølgning is."""

    on: date | None
    months: int | None
    """The rhythm it follows; None where it is a day of its own."""


def offered(
    held_on: date, rhythm: int | None, usual: int | None = None
) -> Sequence[tuple[int, date]]:
    """Return the rhythms with the day each would be, the shortest first.

    :param rhythm: the one that was decided before.
    :param usual: the one of the help that is given, where it has one of its own.
    """
    months = sorted({*MONTHS, *filter(None, (rhythm, usual))})
    return [(one, months_on(held_on, one)) for one in months]


def departs(chosen: Next, rhythm: int | None) -> bool:
    """Tell whether a day is another than the rhythm that was decided gives.

    The first time there is none, so every day is a decision that has its reason (§ 95, stk. 3).
    """
    return chosen.on is not None and (rhythm is None or chosen.months != rhythm)
