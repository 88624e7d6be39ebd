"""The gate of a decision that takes help away: it says which help that is.

Who is heard is heard about that, and no other help ends by it.

Source: barnets lov §§ 11, 82, 85-87, 89, 90 and 99; forvaltningsloven §§ 19 and 22.
"""

from collections.abc import Sequence
from typing import Final

from dubu_plugin.domain.afgoerelser import Matter
from dubu_plugin.domain.danish import listed
from dubu_plugin.domain.gates.standing import No, Standing, no
from dubu_plugin.domain.help_taken import HelpTaken

FIELD: Final = "ophoerer"


def siger_hvilken_hjaelp(s: Standing) -> No | None:
    """Tell whether a decision that takes help away names it."""
    return which_help(s.matter, s.helps) if s.gives else None


def which_help(matter: Matter, helps: Sequence[HelpTaken]) -> No | None:
    """Do the same before there is an outcome, as when a party is heard."""
    law = matter.paragraph
    gone = [f"»{one.title}«" for one in helps if one.named and not one.stands]
    if gone:
        them, are = ("dem", "De") if len(gone) > 1 else ("den", "Den")
        return no(
            FIELD,
            law,
            f"{listed(gone)} er hørt op imens. {are} kan ikke høre op én gang til ({law}). Fjern "
            f"krydset ved {them} på afgørelsen.",
        )
    if any(one.named for one in helps) or not any(one.stands for one in helps):
        return None
    return no(
        FIELD,
        law,
        f"Sæt kryds på afgørelsen ved den hjælp, der hører op ({law}). Familien høres om netop "
        "den, og kun den kan afsluttes ved afgørelsen. Står hjælpen der ikke, så skriv den først "
        "ind under »Indsatser«.",
    )
