"""The gates of forvaltningsloven: the parties are heard, it is reasoned, and says how to complain.

Source: forvaltningsloven as in lovbekendtgørelse 433 of 22 April 2014, §§ 19 and 22-25.
"""

import re
from typing import Final

from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.danish import listed, long_date
from dubu_plugin.domain.gates.standing import Hearing, No, Part, Standing, no

NOTHING_AGAINST: Final = 0
"""The number of the reason that nothing goes against the party (forvaltningsloven § 19, stk. 1)."""


_CHOOSE: Final = {
    True: "Vælg, om det er fuldt medhold, delvist medhold eller afslag (forvaltningsloven § 22).",
    False: "Vælg, om det er besluttet eller ikke besluttet (forvaltningsloven § 22).",
}
"""What is chosen of what somebody has asked for, and of what the municipality takes up itself."""


def fvl_19(s: Standing) -> No | None:
    """Tell whether every party is heard and the answer weighed, or why not (forvaltningsloven)."""
    if not s.parts:
        return no(
            "parter",
            "forvaltningsloven § 19",
            "Der er ingen parter på afgørelsen. Sæt dem "
            "på, der skal høres (forvaltningsloven § 19).",
        )
    for one in s.parts:
        sentence = _heard(one, s)
        if sentence:
            law = "forvaltningsloven § 19"
            return no(f"part-{one.person}", law, sentence)
    return None


def _heard(one: Part, s: Standing) -> str:
    match one.hearing:
        case Hearing.UNDLADT if one.exception == NOTHING_AGAINST and s.matter.without_consent:
            return (
                f"Afgørelsen træffes uden samtykke, så der er noget til ugunst for parterne. Hør "
                f"{one.name}, eller vælg en undtagelse i forvaltningsloven § 19, stk. 2."
            )
        case Hearing.UNDLADT if one.why and one.exception is not None:
            return ""
        case Hearing.UNDLADT:
            return (
                f"Skriv, hvorfor {one.name} ikke høres: hvilket nummer i forvaltningsloven § "
                f"19, stk. 2, og hvorfor."
            )
        case Hearing.FORBEREDT:
            return (
                f"{one.name} er ikke hørt (forvaltningsloven § 19). Hør {one.name}, eller "
                f"skriv, hvilken undtagelse i stk. 2 der gælder."
            )
        case _ if one.not_heard_of:
            help_ = listed([f"»{title}«" for title in one.not_heard_of])
            return (
                f"{one.name} er hørt, før der blev sat kryds ved, at {help_} hører op "
                f"(forvaltningsloven § 19). Hør {one.name} igen om det, eller fjern krydset."
            )
        case Hearing.SENDT if one.due_on is None or one.due_on >= s.day:
            until = f" til den {long_date(one.due_on)}" if one.due_on else ""
            return (
                f"{one.name} har frist{until} til at svare (forvaltningsloven § 19). Vent, "
                f"eller skriv svaret ind, hvis det er kommet."
            )
        case Hearing.SENDT:
            return (
                f"Svarfristen for {one.name} er gået. Skriv, at der ikke kom et svar, eller "
                f"hvad svaret var (forvaltningsloven § 19)."
            )
        case Hearing.BESVARET if not one.weighed:
            return (
                f"Skriv, hvad svaret fra {one.name} har betydet for afgørelsen "
                f"(forvaltningsloven § 19)."
            )
    return ""


def fvl_22_24(s: Standing) -> No | None:
    """Tell whether it is reasoned, with the paragraph named and the facts (forvaltningsloven)."""
    if s.outcome is None:
        return no(
            "udfald",
            "forvaltningsloven § 22",
            _CHOOSE[s.matter.applied_for or s.applied],
        )
    if not s.has("afgoerelse"):
        return no(
            "afgoerelse",
            "forvaltningsloven § 22",
            "Skriv afgørelsen i én sætning: hvad, "
            "for hvem og fra hvornår (forvaltningsloven § 22).",
        )
    if not s.has("begrundelse"):
        return no(
            "begrundelse",
            "forvaltningsloven § 24",
            "Afgørelsen skal begrundes (forvaltningsloven §§ 22 og 24).",
        )
    if not names(s.said["begrundelse"], s.matter.paragraph):
        return no(
            "begrundelse",
            "forvaltningsloven § 24",
            f"Begrundelsen skal nævne den regel, "
            f"afgørelsen er truffet efter: {s.matter.paragraph} (forvaltningsloven § 24, "
            f"stk. 1).",
        )
    if not s.has("oplysninger"):
        return no(
            "oplysninger",
            "forvaltningsloven § 24",
            "Skriv kort de oplysninger, der har "
            "haft vægt, og hvor de kommer fra (forvaltningsloven § 24, stk. 2).",
        )
    if s.outcome is Outcome.DELVIST and not s.has("afslag"):
        return no(
            "afslag",
            "forvaltningsloven § 22",
            "Der gives kun delvist medhold. Skriv punkt "
            "for punkt, hvad der ikke gives, og hvorfor (forvaltningsloven § 22).",
        )
    return None


def fvl_25(s: Standing) -> No | None:
    """Tell whether it says where, how and until when one can complain (forvaltningsloven § 25)."""
    if s.matter.met_in_full(s.outcome, applied=s.applied):
        return None
    text = s.said.get("klagevejledning", "").lower()
    if "ankestyrelsen" in text and ("4 uger" in text or "fire uger" in text):
        return None
    return no(
        "klagevejledning",
        "forvaltningsloven § 25",
        "Klagevejledningen skal nævne "
        "Ankestyrelsen, hvordan man klager, og fristen på 4 uger (forvaltningsloven § "
        "25).",
    )


def names(text: str, paragraph: str) -> bool:
    """Tell whether a text names a paragraph, also as one of several: ``§§ 32 og 46``."""
    number = re.escape(paragraph.removeprefix("§ "))
    between = r"(?:[§\s\d,.\-]|og|jf|stk|nr)*?"
    return re.search(rf"§{between}\b{number}\b", text) is not None
