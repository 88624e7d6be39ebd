"""The gates of what is decided: its purpose and length, what goes before it, and where it ends."""

from datetime import date
from typing import Final

from dubu_plugin.domain.danish import counted, long_date
from dubu_plugin.domain.gates.standing import (
    No,
    Standing,
    latest_end,
    months_on,
    no,
    to_meeting,
)

BEFORE_BIRTH: Final = 3
"""Months (§ 49, stk. 3)."""

WITHOUT_CONSENT: Final = "tvang"
"""What the deadline rules call a placement that is decided without consent (§§ 47 and 49)."""

PLAN_FIRST: Final = "§ 91, stk. 2"
UNGEPLAN_FIRST: Final = "§ 108, stk. 4"
"""Where it says that a plan is there before a placement without consent."""

YOUNG: Final = 16
"""From when an ungeplan stands in place of barnets plan (§ 108)."""


def formaal(s: Standing) -> No | None:
    """Tell whether the purpose is written (§ 32, stk. 3, §§ 46 and 47, § 10, stk. 4)."""
    if not s.gives or not s.matter.purpose or s.has("formaal"):
        return None
    return no(
        "formaal", s.matter.purpose, f"Afgørelsen skal sige, hvad formålet er ({s.matter.purpose})."
    )


def varighed(s: Standing) -> No | None:
    """Tell whether the expected duration is written (§ 32, stk. 3, §§ 46 and 47)."""
    if not s.gives or not s.matter.duration or s.has("varighed"):
        return None
    return no(
        "varighed",
        s.matter.duration,
        f"Afgørelsen skal sige, hvor længe det forventes at vare ({s.matter.duration}).",
    )


def undersoegelse_foer(s: Standing) -> No | None:
    """Tell whether the undersøgelse is finished (§ 46, stk. 3, § 47, stk. 2, § 67, stk. 4)."""
    law = s.matter.examination
    if not s.gives or not law or (s.examined_on and not s.examined_long_ago):
        return None
    may_wait = s.matter.examination_may_wait
    if may_wait and s.has("saerlige_forhold"):
        return None
    if s.examined_on:
        return _long_ago(s, law, s.examined_on)
    more = (
        f" Taler særlige forhold for at gøre det sideløbende, så skriv dem ({may_wait})."
        if may_wait
        else ""
    )
    return no(
        "saerlige_forhold" if may_wait else "",
        law,
        f"Undersøgelsen skal være færdig, før der træffes afgørelse ({law}).{more}{to_meeting(s)}",
    )


def _long_ago(s: Standing, law: str, finished: date) -> No | None:
    if s.has("undersoegelse_daekker"):
        return None
    months = counted(s.examined_within, "måned", "måneder")
    return no(
        "undersoegelse_daekker",
        law,
        f"Undersøgelsen er fra {long_date(finished)} og ældre end de {months}, kommunen har sat. "
        f"Lav en ny version af den, eller skriv, hvorfor den stadig viser, hvordan barnet har det "
        f"({law}).",
    )


def plan_foer(s: Standing) -> No | None:
    """Tell whether the plan is there before the decision (§ 91, stk. 2, § 100, stk. 5)."""
    law = _plan_law(s)
    if not s.gives or not law:
        return None
    if s.planned_on is None:
        return no(
            "",
            law,
            f"Barnets plan eller ungeplanen skal være godkendt, før der træffes afgørelse ({law})."
            f"{to_meeting(s)}",
        )
    return revised(s, law) if s.matter.plan_revised else None


def _plan_law(s: Standing) -> str:
    """Return where it says that the plan comes first: from sixteen it is an ungeplan (§ 108)."""
    law = s.matter.plan_first
    young = s.age is not None and s.age >= YOUNG
    return UNGEPLAN_FIRST if young and law == PLAN_FIRST else law


def revised(s: Standing, law: str) -> No | None:
    """Tell whether the plan is of what is decided: approved since that was begun to be prepared.

    Where a child is placed without consent the plan is a part of what the committee decides on
    (§ 51, stk. 1, nr. 3), so no reason stands in place of it.
    """
    if not s.plan_is_older or s.planned_on is None or s.prepared_on is None:
        return None
    may_say = s.matter.basis != WITHOUT_CONSENT
    if may_say and s.has("plan_daekker"):
        return None
    more = ", eller skriv, hvorfor den dækker" if may_say else ""
    return no(
        "plan_daekker" if may_say else "",
        law,
        f"Planen blev sidst godkendt {long_date(s.planned_on)}, før I begyndte at forberede "
        f"afgørelsen {long_date(s.prepared_on)}. Lav en ny version af den med det, der nu skal "
        f"ske{more} ({law}).{to_meeting(s)}",
    )


def paragraf_91(s: Standing) -> No | None:
    """Tell whether it is said if there is to be a plan where support is given (§§ 91 and 108)."""
    if not s.gives or s.matter.basis != "stoette" or s.age is None or s.plan is not None:
        return None
    if s.age >= YOUNG:
        return no("plan", "§ 108", "Sig, om der skal laves en ungeplan (§ 108, stk. 1).")
    return no("plan", "§ 91", "Sig, om der skal laves en barnets plan (§ 91, stk. 1).")


def paragraf_20(s: Standing) -> No | None:
    """Tell whether it says when the need became known: the four months run from it (§ 20)."""
    if not s.gives or s.matter.examined not in {"barnet", "kommende_foraeldre"} or s.starts_on:
        return None
    law = s.matter.paragraph
    return no(
        "fra",
        law,
        f"Skriv den dag, kommunen fik kendskab til behovet. De 4 måneder regnes fra den "
        f"({law}, stk. 3).",
    )


def paragraf_49(s: Standing) -> No | None:
    """Tell whether it is at most three months until the child is due."""
    law = s.matter.before_birth
    if not law:
        return None
    if s.due_date is None:
        return no(
            "",
            law,
            f"Terminsdatoen står ikke på sagen. Uden den kan det ikke ses, om der "
            f"er højst 3 måneder til termin ({law}).",
        )
    first = months_on(s.due_date, -BEFORE_BIRTH)
    if s.decided_on >= first:
        return None
    return no(
        "",
        law,
        f"Afgørelsen kan tidligst træffes 3 måneder før termin, den {long_date(first)} ({law}).",
    )


def udtalelse_foer(s: Standing) -> No | None:
    """Tell whether the place has given its statement (§ 98, stk. 2, § 100, stk. 2, § 106).

    A child that has not come there yet lives at no place that can.
    """
    law = s.matter.statement
    if not law or not s.placed:
        return None
    if s.statement_on is None or s.statement_on > s.decided_on:
        return no(
            "udtalelse_dag",
            law,
            f"Stedet, hvor barnet bor, skal have givet en udtalelse, "
            f"før der træffes afgørelse ({law}). Skriv dagen, den kom.{to_meeting(s)}",
        )
    if not s.has("udtalelse"):
        return no("udtalelse", law, f"Skriv, hvad stedet udtalte, og hvad det har betydet ({law}).")
    return None


def paragraf_105(s: Standing) -> No | None:
    """Tell whether it ends on a day, no later than it may (§§ 38, 39, 100, 104 and 105), and before
    the child is grown up: they are decided of children alone (§ 3)."""
    law = s.matter.end_date or s.matter.longest_law
    if not s.gives or not law:
        return None
    if s.ends_on is None:
        if not s.matter.end_date:
            return None
        return no(
            "til",
            law,
            f"Afgørelsen gælder kun for en bestemt periode ({law}). Skriv den sidste dag.",
        )
    first = s.starts_on or s.day
    if s.ends_on < first:
        return no("til", law, f"Den sidste dag ligger før den første ({law}).")
    if s.grown_on is not None and s.ends_on >= s.grown_on:
        return no(
            "til",
            law,
            f"Perioden slutter, før barnet fylder 18 år den {long_date(s.grown_on)} ({law}). Skriv "
            "en tidligere dag.",
        )
    if s.matter.longest and s.ends_on > latest_end(first, s.matter.longest):
        return no(
            "til",
            law,
            f"Perioden kan højst gå til den "
            f"{long_date(latest_end(first, s.matter.longest))} ({law}).",
        )
    return None


def rsl_72(s: Standing) -> No | None:
    """Tell whether it says why it is set in motion at once (retssikkerhedsloven § 72, stk. 2)."""
    if not s.at_once or s.has("straks_grund"):
        return None
    return no(
        "straks_grund",
        "retssikkerhedsloven § 72",
        "Skriv, hvilke særlige forhold der gør "
        "det påkrævet at sætte i gang straks, også hvis der klages (retssikkerhedsloven § "
        "72, stk. 2).",
    )
