"""The gates of help to a child with a disability, and when it is looked at again.

Source: barnets lov §§ 11, 82, 85-87 and 89; bekendtgørelse 1064 of 27 August 2025, §§ 2, 6 and 17.
"""

from datetime import date, timedelta
from typing import Final

from dubu_plugin.domain.afgoerelser import Matter
from dubu_plugin.domain.danish import long_date
from dubu_plugin.domain.gates.standing import No, Standing, months_on, no

TRAINING: Final = "hjemmetraening"
"""The indsats a børnefaglig undersøgelse is made before (§ 85, stk. 3)."""

NOTICE: Final = timedelta(weeks=14)
"""So long before help is taken away the family is told (§ 11, stk. 1)."""

UNEMPLOYED: Final = "supplerende_ydelse"
"""The indsats that is no pay that was lost (§ 88), so it is not reckoned here."""


def notice_over(told_on: date) -> date:
    """Return the first day that may be the last of help that is taken away: its notice has run.

    :param told_on: the day the family has the decision; the day it is made, where no letter says.
    """
    return told_on + NOTICE


def beregning(s: Standing) -> No | None:
    """Tell whether it is reckoned what is given a month, from the day it begins (§§ 86 and 87)."""
    unreckoned = bool(s.given) and all(one.code == UNEMPLOYED for one in s.given)
    if not s.gives or s.matter.reckons is None or unreckoned:
        return None
    law = s.matter.paragraph
    if s.reckoned_on is None:
        return no("beregning", law, f"Lav beregningen, før afgørelsen træffes ({law}).")
    if not s.reckoned:
        return no(
            "udfald",
            law,
            f"Beregningen viser, at der ikke er ret til ydelsen ({law}). Vælg afslag, eller ret "
            f"beregningen.",
        )
    if s.starts_on is None:
        return no("fra", law, f"Skriv, hvilken dag ydelsen begynder ({law}).")
    if s.reckoned_on != s.starts_on:
        return no(
            "beregning",
            law,
            f"Beregningen er lavet med satserne {long_date(s.reckoned_on)}, og ydelsen begynder "
            f"{long_date(s.starts_on)}. Regn igen ({law}).",
        )
    return None


def paragraf_11(s: Standing) -> No | None:
    """Tell whether help that is taken from a family is given until its notice has run.

    The notice runs from when the family has the decision, which is no earlier than the day it is
    made: the letter says so too.
    """
    law = s.matter.notice
    if not s.gives or not law:
        return None
    first = notice_over(s.day)
    if s.ends_on is not None and s.ends_on >= first:
        return None
    return no(
        "til",
        law,
        f"Varslet er mindst 14 uger fra den dag, familien får afgørelsen ({law}). Skriv den sidste "
        f"dag, hjælpen gives: tidligst {long_date(first)}. Sendes den med almindelig post, så læg "
        f"de dage til, brevet er undervejs. Har familien selv bedt om, at hjælpen hører op før, så "
        f"afslut den under »Indsatser«, og skriv det dér.",
    )


def paragraf_85(s: Standing) -> No | None:
    """Tell whether an undersøgelse is finished before hjemmetræning is approved (§ 85, stk. 3)."""
    if not s.gives or all(one.code != TRAINING for one in s.given) or s.examined_on:
        return None
    return no(
        "indsats",
        "§ 85, stk. 3",
        "Hjemmetræning kan godkendes, når den børnefaglige undersøgelse er færdig (§ 85, stk. 3).",
    )


def hjemme(s: Standing) -> No | None:
    """Tell whether the child lives at home where the help is for that (§ 86; § 89, stk. 1)."""
    law = s.matter.at_home
    if not s.gives or not law or not s.placed:
        return None
    return no("udfald", law, f"Barnet er anbragt, så hjælpen kan ikke gives ({law}).")


def looked_at_on(matter: Matter, first: date | None, last: date | None, day: date) -> date | None:
    """Return when help that is given is looked at again, or None where no day is set.

    The law sets none. Kompensationsydelse is only looked at when something has changed (§ 6).

    :param first: when it begins; None is the day of the decision.
    :param last: when it ends, where that is decided; it is looked at by then.
    """
    if not matter.follow_up:
        return None
    again = months_on(first or day, int(matter.follow_up.split()[0]))
    return min(again, last) if last else again
