"""The gates of the child: a party of its own, heard in person, and of the age the law means."""

from dubu_plugin.domain.afgoerelser import Capacity
from dubu_plugin.domain.danish import long_date
from dubu_plugin.domain.gates.standing import No, Standing, no, to_meeting
from dubu_plugin.domain.indsatser import ADULT


def paragraf_3(s: Standing) -> No | None:
    """Tell whether a child of ten is a party where the list says so, and is written to."""
    if not s.matter.has_party(s.age):
        return None
    if not any(one.capacity is Capacity.BARN for one in s.parts):
        return no(
            "parter",
            "§ 3",
            "Barnet er fyldt 10 år og er selv part (§ 3). Gem én gang til, "
            "så barnet kommer med, og hør det.",
        )
    if not s.has("til_barnet"):
        return no(
            "til_barnet",
            "§ 3",
            "Barnet er selv part (§ 3) og får sin egen afgørelse. "
            "Skriv den i ord, barnet kan læse.",
        )
    young = s.age is not None and s.age < ADULT
    if young and not s.has("barnet_sagt") and not s.has("uden_samtale"):
        return no(
            "barnet_sagt",
            "§ 3",
            "Barnet får sin egen afgørelse (§ 3). Skriv til barnet, hvad det har sagt til jer, så "
            "det kan kende sine egne ord.",
        )
    return None


def paragraf_5(s: Standing) -> No | None:
    """Tell whether the child's view of this is obtained, or why it is not by a talk.

    A talk from before the decision was prepared was about something else, until it is said why
    what the child told then will do; so was a text that was fetched from elsewhere.
    """
    if s.age is None:
        return None
    older = s.has("tidligere_syn")
    if not s.view_recorded and not s.has("uden_samtale") and not (older and s.view_before):
        return _no_talk(s)
    if not s.has("barnets_syn"):
        return no(
            "barnets_syn",
            "§ 5",
            "Skriv barnets syn, og hvad det har betydet for afgørelsen (§ 5, stk. 3).",
        )
    if s.view_from and not older:
        return no(
            "barnets_syn",
            "§ 5",
            f"Barnets syn er hentet fra {s.view_from}. Ret det, så det handler om denne afgørelse, "
            f"eller skriv, hvorfor det kan bruges, som det er (§ 5, stk. 3).",
        )
    return None


def _no_talk(s: Standing) -> No:
    if s.view_before is None:
        return no(
            "uden_samtale",
            "§ 5",
            "Der står ingen samtale med barnet på sagen fra det sidste halve år (§ 5, stk. 3). "
            "Tal med barnet, eller skriv, hvorfor det i helt særlige tilfælde ikke kan ske, og "
            f"hvordan barnets syn så er kommet frem (§ 5, stk. 4).{to_meeting(s)}",
        )
    return no(
        "tidligere_syn",
        "§ 5",
        f"Den seneste samtale med barnet er fra den {long_date(s.view_before)}, før afgørelsen "
        f"blev forberedt (§ 5, stk. 3). Tal med barnet om den, eller skriv, hvorfor det, barnet "
        f"sagde da, kan bruges.",
    )


def paragraf_18_aar(s: Standing) -> No | None:
    """Tell whether it can still be decided at the age the child has today (§ 99)."""
    if s.matter.for_age(s.age):
        return None
    if s.age is not None and s.age >= ADULT and s.matter.ages and s.matter.ages[1] < ADULT:
        return no(
            "",
            "§ 99",
            f"Den unge er fyldt 18 år, så der kan ikke længere træffes afgørelse "
            f"efter {s.matter.paragraph} (§ 99). Se, om der skal være ungestøtte (§§ "
            f"114-116).",
        )
    return no(
        "",
        s.matter.paragraph,
        f"Afgørelsen efter {s.matter.paragraph} kan ikke træffes for "
        f"et barn på den alder. Opgiv den, og vælg en anden.",
    )
