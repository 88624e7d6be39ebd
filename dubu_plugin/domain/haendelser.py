"""What can happen on a case. Rules that are data say what follows.

A value is stored for ever, so it is never renamed; a type that is no longer used stays here.
"""

from enum import StrEnum
from typing import Final


class Haendelse(StrEnum):
    """Something that happened."""

    UNDERRETNING_MODTAGET = "underretning_modtaget"
    ANSOEGNING_MODTAGET = "ansoegning_modtaget"
    HENVENDELSE_OMREGISTRERET = "henvendelse_omregistreret"
    """A person found that what came in is something else; its clocks stop or start."""
    MODTAGELSE_RETTET = "modtagelse_rettet"
    """The moment it was received was wrong: this one occurred at the right moment."""
    BARN_FUNDET = "barn_fundet"
    """The CPR number and the name in the text fit one person in the address book."""
    BARN_VALGT = "barn_valgt"
    """A person said which child it is about."""
    UNDERRETNING_GIVET_VIDERE = "underretning_givet_videre"
    UNDERRETNING_VURDERET = "underretning_vurderet"
    """The 24-hour assessment is made (barnets lov § 136, stk. 2)."""
    VURDERING_RETTET = "vurdering_rettet"
    SAG_GENVURDERET = "sag_genvurderet"
    """Somebody who had not handled the case took part (§ 137, stk. 1)."""
    BOERNESAMTALE_HOLDT = "boernesamtale_holdt"
    BOERNESAMTALE_UNDLADT = "boernesamtale_undladt"
    KVITTERING_SENDT = "kvittering_sendt"
    """§ 138, stk. 1."""
    KVITTERING_UDELADT = "kvittering_udeladt"
    """The notifier is anonymous, so there is nobody to write to."""
    UNDERRETTER_ORIENTERET = "underretter_orienteret"
    """§ 138, stk. 2."""
    ORIENTERING_UDELADT = "orientering_udeladt"
    """Special circumstances speak against it; the reason is recorded."""
    SAG_OPRETTET = "sag_oprettet"
    SAG_GENAABNET = "sag_genaabnet"
    SAG_LUKKET = "sag_lukket"
    SAG_AENDRET_I_JOURNALEN = "sag_aendret_i_journalen"
    """Somebody changed who has the case, its title or its protection in the host's own client."""
    DOKUMENT_JOURNALISERET = "dokument_journaliseret"
    NOTAT_JOURNALISERET = "notat_journaliseret"
    BREV_SENDT = "brev_sendt"
    LEVERING_GENTAGET = "levering_gentaget"
    """A person had something the journal refused tried once more."""
    LEVERING_OPGIVET = "levering_opgivet"
    """A person said that what the journal refused is not to be sent; the reason stands there."""


FACTS: Final = frozenset({"professional", "indsats", "overgreb"})
"""What hændelser say that a deadline rule may ask about. A rule that asks for anything else would
never open, so it is refused when it is read."""
