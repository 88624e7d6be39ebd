"""What a decision presupposes of the child: that it is placed, or that something is decided before.

A row of the catalogue says which, and by which paragraph. What is there is seen by what runs on the
child's cases and what is decided on them (`dubu_plugin.store.afgoerelse.situation`).

Source: barnets lov §§ 11, 36, 42, 50, 52-54, 61-63, 67, 68, 75, 76, 85, 86, 89, 90, 97-100, 104,
105, 114-116, 120 and 143.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Forudsat(StrEnum):
    """Something a decision presupposes. The value is what the catalogue says."""

    ANBRAGT = "anbragt"
    """The child is placed now."""
    ANBRINGELSE = "anbringelse"
    """It is placed, or a placement is decided or prepared and has not begun."""
    UDEN_SAMTYKKE = "anbragt_uden_samtykke"
    """It is placed without consent (§§ 47 and 49)."""
    PERMANENT = "anbragt_permanent"
    """It is placed for good (§ 67). Nothing presupposes it; going home is decided otherwise."""
    TRE_AAR = "anbragt_tre_aar"
    """It has been placed for three years."""
    STOETTE = "stoette_eller_anbringelse"
    """A support or a placement runs, is decided, or is prepared."""
    I_GANG = "i_gang"
    """A support or a placement runs."""
    FORELOEBIG = "foreloebig"
    """A decision of the committee's chairman is set in motion and not approved (§ 143)."""
    PRIVAT_PLEJE = "privat_pleje"
    """The child lives with a private foster family (§ 42)."""
    PLADS = "plads_82"
    """A place at a special day offer or club is given (§ 82)."""
    TABT = "tabt"
    """Tabt arbejdsfortjeneste is given (§ 87)."""
    TRAENING = "hjemmetraening"
    """A child is trained at home (§ 85)."""
    KOMPENSATION = "kompensation"
    """A kompensationsydelse is given (§ 86)."""
    LEDSAGELSE = "ledsagelse"
    """Ledsagelse is given (§ 89)."""
    HJAELP_90 = "hjaelp_90"
    """Help by serviceloven that goes on is given (§ 90)."""
    FOER_18 = "anbragt_foer_18"
    """The young person is placed, or was just before eighteen."""
    FOER_18_ELLER_KONTAKT = "anbragt_eller_kontaktperson_foer_18"
    """The same, or had a contact person then (§ 114, stk. 2)."""
    DOEGNOPHOLD = "doegnophold"
    """The young person lives at a place, by a placement or after eighteen (§§ 114 and 120)."""


@dataclass(frozen=True, slots=True)
class Words:
    """How people read that it is not there."""

    short: str
    """Why the decision is not for the child now, beside its name in a list."""
    sentence: str
    """What is lacking and what to do about it; ``{law}`` is the paragraph that presupposes it."""
    instead: str = ""
    """The section of the decision that can stand in place of it."""


_NOTE: Final = "Er barnet anbragt, så skriv anbringelsen ind under »Indsatser«."
_YOUNG: Final = (
    "Skriv, hvor og hvornår den unge var anbragt eller fik hjælpen, hvis det ikke står her."
)

WORDS: Final[Mapping[Forudsat, Words]] = {
    Forudsat.ANBRAGT: Words(
        "Kræver, at barnet er anbragt",
        f"Barnet er ikke anbragt efter det, der står på sagen, så det kan ikke besluttes ({{law}})."
        f" {_NOTE}",
    ),
    Forudsat.ANBRINGELSE: Words(
        "Kræver en anbringelse",
        "Barnet er ikke anbragt, og der er ingen anbringelse, som er besluttet eller forberedt på "
        f"sagen, så det kan ikke besluttes ({{law}}). Forbered først anbringelsen. {_NOTE}",
    ),
    Forudsat.UDEN_SAMTYKKE: Words(
        "Kræver, at barnet er anbragt uden samtykke",
        "Barnet er ikke anbragt uden samtykke efter det, der står på sagen, så der er ingen "
        "afgørelse at opretholde ({law}). Er det anbragt af udvalget, så notér udvalgets afgørelse "
        "på sagen.",
    ),
    Forudsat.TRE_AAR: Words(
        "Kræver, at barnet har været anbragt i 3 år",
        "Barnet har ikke været anbragt i 3 år efter det, der står på sagen ({law}). Har barnet "
        "selv bedt om at blive permanent anbragt (§ 68), eller har det været anbragt længere, end "
        "sagen viser, så skriv det.",
        "under_tre_aar",
    ),
    Forudsat.STOETTE: Words(
        "Kræver en støttende indsats eller en anbringelse",
        "Barnet er ikke anbragt og får ingen støttende indsats, og ingen af delene er besluttet "
        "eller forberedt på sagen, så det kan ikke gives ({law}). Vælg afslag, eller skriv "
        "indsatsen ind under »Indsatser«.",
    ),
    Forudsat.I_GANG: Words(
        "Kræver en indsats eller en anbringelse, der er i gang",
        "Intet er i gang på sagen, så der er intet, der kan høre op ({law}). Får barnet en "
        "indsats, så skriv den først ind under »Indsatser«.",
    ),
    Forudsat.FORELOEBIG: Words(
        "Kræver en foreløbig afgørelse, der ikke er godkendt",
        "Der står ingen foreløbig afgørelse på sagen, som venter på udvalgets godkendelse ({law}). "
        "Har formanden truffet en, så forbered den først, eller notér den på sagen.",
    ),
    Forudsat.PRIVAT_PLEJE: Words(
        "Kræver, at barnet bor i privat familiepleje",
        "Barnet bor ikke i privat familiepleje efter det, der står på sagen ({law}). Bor det der, "
        "så notér først på sagen, hvornår det begyndte.",
    ),
    Forudsat.PLADS: Words(
        "Kræver en plads i et særligt dag- eller klubtilbud",
        "Barnet har ingen plads i et særligt dag- eller klubtilbud efter det, der står på sagen "
        "({law}). Har det en, så skriv den først ind under »Indsatser«.",
    ),
    Forudsat.TABT: Words(
        "Kræver tabt arbejdsfortjeneste, der er i gang",
        "Familien får ingen tabt arbejdsfortjeneste efter det, der står på sagen ({law}). Får den "
        "det, så skriv det først ind under »Indsatser«.",
    ),
    Forudsat.TRAENING: Words(
        "Kræver hjemmetræning, der er i gang",
        "Barnet får ingen hjemmetræning efter det, der står på sagen ({law}). Får det den, så "
        "skriv den først ind under »Indsatser«.",
    ),
    Forudsat.KOMPENSATION: Words(
        "Kræver en kompensationsydelse, der er i gang",
        "Familien får ingen kompensationsydelse efter det, der står på sagen ({law}). Får den det, "
        "så skriv det først ind under »Indsatser«.",
    ),
    Forudsat.LEDSAGELSE: Words(
        "Kræver ledsagelse, der er i gang",
        "Barnet får ingen ledsagelse efter det, der står på sagen ({law}). Får det den, så skriv "
        "den først ind under »Indsatser«.",
    ),
    Forudsat.HJAELP_90: Words(
        "Kræver hjælp efter § 90, der er i gang",
        "Familien får ingen løbende hjælp efter serviceloven efter det, der står på sagen ({law}). "
        "Får den det, så skriv det først ind under »Indsatser«.",
    ),
    Forudsat.FOER_18: Words(
        "Kræver en anbringelse op til det 18. år",
        "Den unge er ikke og var ikke anbragt op til det 18. år efter det, der står på sagen "
        f"({{law}}). {_YOUNG}",
        "anbragt_foer",
    ),
    Forudsat.FOER_18_ELLER_KONTAKT: Words(
        "Kræver en anbringelse eller en kontaktperson op til det 18. år",
        "Den unge er ikke og var ikke anbragt op til det 18. år, og der står ingen fast "
        f"kontaktperson på sagen ({{law}}). {_YOUNG}",
        "anbragt_foer",
    ),
    Forudsat.DOEGNOPHOLD: Words(
        "Kræver et døgnophold",
        "Den unge er ikke anbragt og har intet døgnophold efter det, der står på sagen, så der er "
        "intet, der ikke kan opretholdes ({law}). Har den unge et, så skriv det ind under "
        "»Indsatser«.",
    ),
}
"""How each that is presupposed is told where it is not there."""

OF_PLACEMENT: Final = frozenset(
    {
        Forudsat.ANBRAGT, Forudsat.ANBRINGELSE, Forudsat.UDEN_SAMTYKKE, Forudsat.PERMANENT,
        Forudsat.TRE_AAR,
    }
)  # fmt: skip
"""What a child that is not placed has none of."""
