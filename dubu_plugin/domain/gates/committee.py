"""The gates of who decides where the municipality alone does not: the committee and its chair."""

from datetime import date, timedelta
from typing import Final

from dubu_plugin.domain.danish import counted, danish_day, long_date
from dubu_plugin.domain.gates.standing import Hearing, No, Part, Standing, no

MEMBERS: Final = 5
"""Of a børne- og ungeudvalg."""
APPROVED_WITHIN: Final = timedelta(days=7)
"""The committee looks at what its chairman decided (§ 143, stk. 4)."""
CHAIRS: Final = "foreloebig_om"
"""The section that says which decision of the chairman's the committee looks at."""
LEAST: Final = 4
"""How many of them vote for what is decided without consent (§ 142, stk. 4)."""


def paragraf_142(s: Standing) -> No | None:
    """Tell whether the committee has decided: the meeting, the votes and the protocol."""
    if not s.matter.is_committees:
        return None
    if s.committee_on is None or s.committee_on > s.day:
        return no(
            "udvalg_dag",
            "§ 142",
            "Børne- og ungeudvalget træffer afgørelsen i et møde "
            "(§ 142). Skriv mødets dag, når det er holdt.",
        )
    if earliest := _too_early(s, s.committee_on):
        return no("udvalg_dag", "§ 142", earliest)
    if wrong := _votes(s):
        return wrong
    if not s.protocol.strip():
        return no("protokol", "§ 142", "Skriv, hvor i udvalgets protokol afgørelsen står (§ 142).")
    if s.dissent and not s.has("dommerens_mening"):
        return no(
            "dommerens_mening",
            "§ 142",
            "Dommeren var ikke enig. Skriv dommerens mening; "
            "den skal stå i meddelelsen til parterne (§ 142, stk. 5).",
        )
    return None


def _votes(s: Standing) -> No | None:
    """Tell whether the votes fit the outcome: what too few vote for is not decided."""
    least = s.matter.votes
    if s.gives:
        return paragraf_142_votes(s.votes_for, least)
    if wrong := paragraf_142_votes(s.votes_for, 0):
        return wrong
    if not least or s.votes_for is None or s.votes_for < least:
        return None
    return no(
        "stemmer",
        "§ 142",
        f"Her står, at det ikke er besluttet, men {counted(s.votes_for, 'stemme', 'stemmer')} for "
        f"er nok til en afgørelse (§ 142, stk. 4). Skriv, hvor mange der stemte for det, "
        "kommunen havde indstillet, eller ret udfaldet.",
    )


def paragraf_142_votes(votes: int | None, least: int) -> No | None:
    """Tell whether so many of the committee voted for it that there is a decision.

    :param least: how many must.
    """
    if votes is None or not 0 <= votes <= MEMBERS:
        return no(
            "stemmer",
            "§ 142",
            f"Skriv, hvor mange af udvalgets {MEMBERS} medlemmer der stemte for (§ 142, stk. 4).",
        )
    if votes >= least:
        return None
    return no(
        "stemmer",
        "§ 142",
        f"Mindst {least} af udvalgets {MEMBERS} medlemmer skal stemme for (§ 142, stk. 4). "
        f"{counted(votes, 'stemme', 'stemmer')} er ikke nok, så der er ingen afgørelse.",
    )


def _too_early(s: Standing, day: date) -> str:
    """Return what comes before the meeting and is after its day here; empty where nothing is."""
    if s.prepared_on is not None and day < s.prepared_on:
        return (
            f"Mødets dag ligger før den {long_date(s.prepared_on)}, da afgørelsen begyndte at "
            f"blive forberedt (§ 142). Ret dagen. Har udvalget afgjort det før, så opgiv denne "
            f"her, og notér afgørelsen på sagen."
        )
    until = max((one for part in s.parts if (one := _heard_until(part))), default=None)
    if until is not None and day < until:
        return (
            f"Mødets dag ligger før den {long_date(until)}, da parterne var hørt (§ 142 og "
            f"forvaltningsloven § 19). Ret dagen, eller vent på udvalgets næste møde."
        )
    return ""


def _heard_until(part: Part) -> date | None:
    """Return when a party's time to answer was over: by the answer, or by the day it was due."""
    if part.hearing not in (Hearing.BESVARET, Hearing.INTET_SVAR):
        return None
    return min((one for one in (part.answered_on, part.due_on) if one), default=None)


def paragraf_143_stk_4(s: Standing) -> No | None:
    """Tell whether it says which of what the chairman decided it is about, where several wait."""
    said = s.said.get(CHAIRS, "").strip()
    if said in s.waiting or not s.waiting or (not said and len(s.waiting) == 1):
        return None
    return no(
        CHAIRS,
        "§ 143",
        "Udvalget tager stilling til hver foreløbig afgørelse for sig (§ 143, stk. 4). Vælg, "
        "hvilken af dem, der venter på udvalget, denne handler om.",
    )


def paragraf_143(s: Standing) -> No | None:
    """Tell whether it says why it could not wait for the committee (§ 143, stk. 1)."""
    if not s.matter.is_chairs or s.has("saerlige_forhold"):
        return None
    return no(
        "saerlige_forhold",
        "§ 143",
        "Skriv, hvorfor barnets øjeblikkelige behov ikke kan "
        "vente på udvalgets møde (§ 143, stk. 1).",
    )


def paragraf_143_at(s: Standing) -> No | None:
    """Tell whether it says when the chairman made it: two clocks run from then (stk. 3 and 4)."""
    if not s.matter.is_chairs:
        return None
    at = s.chair_at
    if at is None:
        return no(
            "formand_dag",
            "§ 143",
            "Skriv den dag og det klokkeslæt, formanden traf afgørelsen. De 24 timer og de 7 dage "
            "løber derfra (§ 143, stk. 3 og 4).",
        )
    if s.now is not None and at > s.now:
        return no(
            "formand_kl",
            "§ 143",
            "Det er ikke blevet så meget endnu. Skriv, hvornår formanden traf afgørelsen (§ 143).",
        )
    if s.prepared_on is not None and danish_day(at) < s.prepared_on - APPROVED_WITHIN:
        return no(
            "formand_dag",
            "§ 143",
            "Det er mere end syv dage, før afgørelsen begyndte at blive skrevet her. Ret dagen. Er "
            "det rigtigt, så opgiv denne her, og notér formandens afgørelse på sagen.",
        )
    return None
