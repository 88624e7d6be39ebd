"""What can happen on a case. Rules that are data say what follows.

A value is stored for ever, so it is never renamed; a type that is no longer used stays here.
"""

from collections.abc import Mapping
from datetime import date
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
    SAG_STATUS_I_JOURNALEN = "sag_status_i_journalen"
    """The host closed a case that has duties left here, or has opened it again."""
    DOKUMENT_JOURNALISERET = "dokument_journaliseret"
    NOTAT_JOURNALISERET = "notat_journaliseret"
    BREV_SENDT = "brev_sendt"
    MOEDE_AFTALT = "moede_aftalt"
    MOEDE_FLYTTET = "moede_flyttet"
    """It got another time or place: here, or in the owner's calendar."""
    MOEDE_AFLYST = "moede_aflyst"
    MOEDE_BESVARET = "moede_besvaret"
    """Somebody who is invited answered."""
    LEVERING_GENTAGET = "levering_gentaget"
    """A person had something the journal refused tried once more."""
    LEVERING_OPGIVET = "levering_opgivet"
    """A person said that what the journal refused is not to be sent; the reason stands there."""

    AKTIVITETSPLAN_LAGT = "aktivitetsplan_lagt"
    """A person put a plan of activities on the case."""
    AKTIVITET_UDFOERT = "aktivitet_udfoert"
    AKTIVITET_FRAVALGT = "aktivitet_fravalgt"
    """A step of a plan was declined; the reason stands on the step."""
    AKTIVITET_FLYTTET = "aktivitet_flyttet"
    AKTIVITET_TILFOEJET = "aktivitet_tilfoejet"
    AKTIVITETSPLAN_AENDRET = "aktivitetsplan_aendret"
    """An administrator changed a plan, or took a change back; running cases keep theirs."""

    # -- what is written ---
    SKRIFT_BEGYNDT = "skrift_begyndt"
    """A screening, an undersøgelse, a plan … is begun. Says which, and of what kind."""
    SKRIFT_FREMLAGT = "skrift_fremlagt"
    """A leader is asked to look."""
    SKRIFT_SENDT_TILBAGE = "skrift_sendt_tilbage"
    """The leader wants something changed; what, stands with the version."""
    SKRIFT_GODKENDT = "skrift_godkendt"
    """The version stands as it is; the digest of what it says is here."""
    SKRIFT_NY_VERSION = "skrift_ny_version"
    SKRIFT_OPGIVET = "skrift_opgivet"
    SAMTYKKE_GIVET = "samtykke_givet"
    SAMTYKKE_AFSLAAET = "samtykke_afslaaet"
    SAMTYKKE_TRUKKET = "samtykke_trukket"
    UDTALELSE_BEDT_OM = "udtalelse_bedt_om"
    """A school, a day care, a doctor … is asked for what they know."""
    UDTALELSE_RYKKET = "udtalelse_rykket"
    UDTALELSE_MODTAGET = "udtalelse_modtaget"
    UDTALELSE_OPGIVET = "udtalelse_opgivet"
    NETVAERK_AENDRET = "netvaerk_aendret"
    """Somebody came into the child's network, left it, or has another part in it."""
    INDSATS_AENDRET = "indsats_aendret"
    """Its extent, its goals or its end was changed; the reason is a code."""
    ANBRINGELSESSTED_SKIFTET = "anbringelsessted_skiftet"
    """The child moved to another place (§ 98); the reason is a code."""

    # -- the course from screening to decision ---
    SCREENING_BEGYNDT = "screening_begyndt"
    """There is reason to assume a need, so it is screened (§ 18)."""
    SCREENING_AFSLUTTET = "screening_afsluttet"
    """Says what the screening came to: nothing more, afdækning or undersøgelse (§ 18)."""
    AFDAEKNING_AFSLUTTET = "afdaekning_afsluttet"
    UNDERSOEGELSE_BESLUTTET = "undersoegelse_besluttet"
    """A børnefaglig undersøgelse is decided (§§ 20, 26), or one without consent (§ 23)."""
    UNDERSOEGELSE_AFSLUTTET = "undersoegelse_afsluttet"
    UNDERSOEGELSE_OPGIVET = "undersoegelse_opgivet"
    """It is stopped before it is finished: moved, withdrawn, no need."""
    FORELOEBIG_VURDERING_SKREVET = "foreloebig_vurdering_skrevet"
    SOESKENDE_UNDERSOEGT = "soeskende_undersoegt"
    """An undersøgelse of the siblings is begun, or found obviously unnecessary (§ 21)."""
    UNDERSOEGELSESMOEDE_INDKALDT = "undersoegelsesmoede_indkaldt"
    UNDERSOEGELSESMOEDE_HOLDT = "undersoegelsesmoede_holdt"
    BARNET_OPLYST_OM_BISIDDER = "barnet_oplyst_om_bisidder"
    PARTSSTATUS_GENNEMGAAET = "partsstatus_gennemgaaet"
    """Where a child of ten is a party of its own is looked through (§ 3)."""
    SAMTYKKE_GENNEMGAAET = "samtykke_gennemgaaet"
    """Where a youth of fifteen must consent is looked through."""
    BARNETS_HOLDNING_INDHENTET = "barnets_holdning_indhentet"
    """The child's view is obtained in another way than a talk (§ 5)."""
    AFGOERELSE_FORBEREDT = "afgoerelse_forberedt"
    """A decision is being prepared: what must be in place before it is asked for now."""
    AFGOERELSE_TRUFFET = "afgoerelse_truffet"
    AFGOERELSE_OPGIVET = "afgoerelse_opgivet"
    AFGOERELSE_BEGRUNDET = "afgoerelse_begrundet"
    AFGOERELSE_MEDDELT = "afgoerelse_meddelt"
    """The decision is sent or told. The party's time to complain starts when it is received."""
    BEGRUNDELSE_BEDT_OM = "begrundelse_bedt_om"
    BEGRUNDELSE_GIVET = "begrundelse_givet"
    PARTSHOERING_SENDT = "partshoering_sendt"
    PARTSHOERING_BESVARET = "partshoering_besvaret"
    PARTSHOERING_UDELADT = "partshoering_udeladt"
    """One of the exceptions of forvaltningsloven § 19, stk. 2, is named."""
    ANSOEGNING_AFGJORT = "ansoegning_afgjort"
    HJEMVISNING_MODTAGET = "hjemvisning_modtaget"
    """Ankestyrelsen sent the case back to be decided again."""

    # -- help, plans and follow-up
    INDSATS_IVAERKSAT = "indsats_ivaerksat"
    INDSATS_OPHOERT = "indsats_ophoert"
    STOFMISBRUGSBEHANDLING_SOEGT = "stofmisbrugsbehandling_soegt"
    STOFMISBRUGSBEHANDLING_IVAERKSAT = "stofmisbrugsbehandling_ivaerksat"
    PLAN_BESLUTTET = "plan_besluttet"
    """It is decided that there is to be a barnets plan or an ungeplan."""
    BARNETS_PLAN_VEDTAGET = "barnets_plan_vedtaget"
    UNGEPLAN_VEDTAGET = "ungeplan_vedtaget"
    UNGEPLAN_FRAVALGT = "ungeplan_fravalgt"
    """It was considered, and found that no ungeplan is to be made."""
    FORAELDREHANDLEPLAN_VEDTAGET = "foraeldrehandleplan_vedtaget"
    """The parents' own plan stands for the first time (§ 77)."""
    FORAELDREHANDLEPLAN_REVIDERET = "foraeldrehandleplan_revideret"
    FORAELDREHANDLEPLAN_VURDERET = "foraeldrehandleplan_vurderet"
    """A new revision was considered and found not needed, or offered and declined."""
    OPFOELGNING_AFHOLDT = "opfoelgning_afholdt"
    OPFOELGNING_PLANLAGT = "opfoelgning_planlagt"
    """The case's own rhythm was changed: the next follow-up has another date."""
    TILSYNSBESOEG_FOERT = "tilsynsbesoeg_foert"
    TILSYNSRAPPORT_SKREVET = "tilsynsrapport_skrevet"

    # -- placement ---
    ANBRINGELSE_IVAERKSAT = "anbringelse_ivaerksat"
    ANBRINGELSE_OPHOERT = "anbringelse_ophoert"
    ANBRINGELSE_FORBEREDT = "anbringelse_forberedt"
    """A recommendation to the børne- og ungeudvalg is being made (§ 51)."""
    UDVALGSAFGOERELSE_TRUFFET = "udvalgsafgoerelse_truffet"
    GENBEHANDLING_FORBEREDT = "genbehandling_forberedt"
    ENDELIG_AFGOERELSE_TRUFFET = "endelig_afgoerelse_truffet"
    """Ankestyrelsen or the court decided last: the time to treat it again runs from here."""
    PERMANENT_ANBRINGELSE_OVERVEJET = "permanent_anbringelse_overvejet"
    PERMANENT_ANBRINGELSE_BESLUTTET = "permanent_anbringelse_besluttet"
    FORELOEBIG_AFGOERELSE_IVAERKSAT = "foreloebig_afgoerelse_ivaerksat"
    """The chairman's provisional decision is put into effect (§ 143)."""
    FORELOEBIG_AFGOERELSE_MEDDELT = "foreloebig_afgoerelse_meddelt"
    FORELOEBIG_AFGOERELSE_GODKENDT = "foreloebig_afgoerelse_godkendt"
    FORELOEBIG_AFGOERELSE_BORTFALDET = "foreloebig_afgoerelse_bortfaldet"
    HJEMGIVELSE_SOEGT = "hjemgivelse_soegt"
    HJEMGIVELSE_VURDERET = "hjemgivelse_vurderet"
    """The municipality has taken a position on a request (§ 102)."""
    HJEMGIVELSE_BESLUTTET = "hjemgivelse_besluttet"
    BARN_HJEMGIVET = "barn_hjemgivet"
    SAMVAER_FASTSAT = "samvaer_fastsat"
    SAMVAER_SUSPENDERET = "samvaer_suspenderet"
    SAMVAER_GENOPTAGET = "samvaer_genoptaget"
    AKUTTILBUD_TAGET_I_BRUG = "akuttilbud_taget_i_brug"
    """A tilbud that is not approved is used in an emergency (§ 12, stk. 3)."""
    AKUTTILBUD_FORLAENGET = "akuttilbud_forlaenget"
    AKUTTILBUD_OPHOERT = "akuttilbud_ophoert"
    PLEJEFORHOLD_BEGYNDT = "plejeforhold_begyndt"
    PLEJEFAMILIE_STOETTET = "plejefamilie_stoettet"
    """The intensive support of the first year is begun (§ 56)."""
    SIKRET_OPHOLD_BEGYNDT = "sikret_ophold_begyndt"
    SIKRET_OPHOLD_FORLAENGET = "sikret_ophold_forlaenget"
    SIKRET_OPHOLD_OPHOERT = "sikret_ophold_ophoert"
    PRIVAT_PLEJE_BEGYNDT = "privat_pleje_begyndt"
    PRIVAT_PLEJE_GODKENDT = "privat_pleje_godkendt"
    PRIVAT_PLEJE_OPHOERT = "privat_pleje_ophoert"
    MAGT_ANVENDT = "magt_anvendt"
    MAGTANVENDELSE_REGISTRERET = "magtanvendelse_registreret"

    # -- moves, the young, parents ---
    FAMILIE_FLYTTET = "familie_flyttet"
    FLYTNING_UNDERRETTET = "flytning_underrettet"
    UNGEPLAN_MODTAGET = "ungeplan_modtaget"
    """The ungeplan of somebody who moves here came from the former municipality (§ 112)."""
    UNGESTOETTE_BESLUTTET = "ungestoette_besluttet"
    """A position on ungestøtte is taken, yes or no (§§ 111, 112)."""
    UNGESTOETTE_OPHOERT = "ungestoette_ophoert"
    FUNKTIONSNEDSAETTELSE_REGISTRERET = "funktionsnedsaettelse_registreret"
    """The municipality learns that a handicap is established."""
    OVERGANG_PAABEGYNDT = "overgang_paabegyndt"
    """The preparation of adult life is begun (§ 122)."""
    FAMILIEVEJLEDNING_TILBUDT = "familievejledning_tilbudt"
    PAALAEG_BESLUTTET = "paalaeg_besluttet"
    """A forældrepålæg or a børne- og ungepålæg."""
    PAALAEG_FORLAENGET = "paalaeg_forlaenget"
    PAALAEG_OPHOERT = "paalaeg_ophoert"
    POLITIDOKUMENTATION_MODTAGET = "politidokumentation_modtaget"
    SAG_AFVIST_AF_NAEVNET = "sag_afvist_af_naevnet"
    """A case that Ungdomskriminalitetsnævnet rejected is received (§ 130, stk. 3)."""
    NETVAERKSSAMRAAD_INDKALDT = "netvaerkssamraad_indkaldt"
    LOESLADT = "loesladt"
    UDSLUSNING_TILBUDT = "udslusning_tilbudt"
    UDSLUSNING_AFSLUTTET = "udslusning_afsluttet"
    UNGEFAGLIG_UNDERSOEGELSE_BEDT_OM = "ungefaglig_undersoegelse_bedt_om"
    UNGEFAGLIG_UNDERSOEGELSE_AFSLUTTET = "ungefaglig_undersoegelse_afsluttet"
    ULOVLIGT_FRAVAER_MODTAGET = "ulovligt_fravaer_modtaget"
    BOERNEYDELSE_STANDSET = "boerneydelse_standset"
    BOERNEYDELSE_GENOPTAGET = "boerneydelse_genoptaget"

    # -- handicap ---
    FRATAGELSE_VARSLET = "fratagelse_varslet"
    """A decision that takes help away is received by the citizen (§ 11)."""
    FRATAGELSE_IVAERKSAT = "fratagelse_ivaerksat"
    HJEMMETRAENING_GODKENDT = "hjemmetraening_godkendt"
    HJEMMETRAENING_OPHOERT = "hjemmetraening_ophoert"
    KOMPENSATION_AENDRING_KENDT = "kompensation_aendring_kendt"
    """A request for, or knowledge of, a change in what a kompensationsydelse rests on."""
    KOMPENSATION_REVURDERET = "kompensation_revurderet"
    TABT_ARBEJDSFORTJENESTE_OPHOERT = "tabt_arbejdsfortjeneste_ophoert"
    """The conditions are no longer met; the run-off begins."""
    AFVIKLING_UDBETALT = "afvikling_udbetalt"
    LEDIGHED_INDTRAADT = "ledighed_indtraadt"
    SUPPLERENDE_YDELSE_OPHOERT = "supplerende_ydelse_ophoert"
    LEDSAGETIMER_OPSPARET = "ledsagetimer_opsparet"
    LEDSAGETIMER_BRUGT = "ledsagetimer_brugt"

    # -- complaints, access, documentation ---
    KLAGE_MODTAGET = "klage_modtaget"
    KLAGE_GENVURDERET = "klage_genvurderet"
    KLAGE_FASTHOLDT = "klage_fastholdt"
    """The complaint was partly upheld, and the citizen keeps the rest of it."""
    KLAGE_SENDT_TIL_ANKESTYRELSEN = "klage_sendt_til_ankestyrelsen"
    KLAGE_TRUKKET = "klage_trukket"
    KLAGE_AFGJORT = "klage_afgjort"
    ANKEAFGOERELSE_MEDDELT = "ankeafgoerelse_meddelt"
    """Ankestyrelsen's decision reached the parties."""
    DOMSTOLSPROEVELSE_BEDT_OM = "domstolsproevelse_bedt_om"
    AKTINDSIGT_ANMODET = "aktindsigt_anmodet"
    AKTINDSIGT_BESVARET = "aktindsigt_besvaret"
    OPLYSNING_MODTAGET_MUNDTLIGT = "oplysning_modtaget_mundtligt"
    DOKUMENT_MODTAGET = "dokument_modtaget"
    INDSIGT_ANMODET = "indsigt_anmodet"
    """A registered person uses a right under the data protection regulation."""
    INDSIGT_BESVARET = "indsigt_besvaret"
    DATABRUD_OPDAGET = "databrud_opdaget"
    DATABRUD_ANMELDT = "databrud_anmeldt"
    HJAELP_LEVERET = "hjaelp_leveret"
    """Another municipality's tilbud has delivered what is to be paid for."""
    BETALING_KRAEVET = "betaling_kraevet"

    # -- reports ---
    MAANED_SLUTTET = "maaned_sluttet"
    KVARTAL_SLUTTET = "kvartal_sluttet"
    AAR_SLUTTET = "aar_sluttet"
    ANBRINGELSER_INDBERETTET = "anbringelser_indberettet"
    INDSATSER_INDBERETTET = "indsatser_indberettet"
    UNDERRETNINGER_INDBERETTET = "underretninger_indberettet"
    HANDICAP_INDBERETTET = "handicap_indberettet"
    STOFMISBRUG_INDBERETTET = "stofmisbrug_indberettet"
    UDGIFTER_INDBERETTET = "udgifter_indberettet"
    ADGANG_TIL_HJEMMET_BESLUTTET = "adgang_til_hjemmet_besluttet"
    """Entry to the home, or a move with the help of the police (§ 139)."""
    ANKESTYRELSEN_UNDERRETTET = "ankestyrelsen_underrettet"

    # -- persons, and a deadline's own life ---
    FOEDSEL_REGISTRERET = "foedsel_registreret"
    """A date of birth became known: the child was born, or a date was corrected."""
    FRIST_OVERSKREDET = "frist_overskredet"
    """The moment a deadline was due passed, and it was not met. Says which rule."""
    FRIST_BEGRUNDET = "frist_begrundet"
    FRIST_AFVENTER = "frist_afventer"
    FRIST_VENTET = "frist_ventet"
    FRIST_RETTET = "frist_rettet"
    """A person corrected the moment a clock started: this one occurred at the right moment."""
    FRIST_UDSKUDT = "frist_udskudt"
    """Somebody put the line off Min dag until a day; the deadline itself stands as it was."""
    FRIST_ESKALERET = "frist_eskaleret"
    """It was overdue for so long that the leader was told."""
    FRIST_BORTFALDET = "frist_bortfaldet"
    """A person said that what was asked for is no longer asked for; the reason stands there."""
    REGEL_AENDRET = "regel_aendret"
    HAENDELSE_RETTET = "haendelse_rettet"
    """What a person noted was noted wrong: it is taken back, and the right one follows."""
    HAENDELSE_TILBAGETAGET = "haendelse_tilbagetaget"
    """What a person noted did not happen; the reason stands beside it."""


Fact = type[bool] | type[int] | type[str] | type[date] | frozenset[str]
"""What a fact may be: a type, or one of a few words."""

FACTS: Final[Mapping[str, Fact]] = {
    "afgoerelsesdato": date,
    "aktindsigt": frozenset({"part", "offentlig"}),
    "anbragt": date,
    "anbragt_tre_aar": bool,
    "angaar": frozenset({"anbringelse", "hjemgivelse", "samvaer", "undersoegelse", "andet"}),
    "behov": bool,
    "bevilget": bool,
    "ende": date,
    "forsendelse": frozenset({"digital", "brev", "overleveret"}),
    "foraeldreplan": bool,
    "frist": str,
    "genbehandling": frozenset({"et_aar", "to_aar", "tre_aar"}),
    "genbehandling_senest": date,
    "grund": frozenset({"omsorgssvigt", "overgreb", "andet"}),
    "grundlag": frozenset({"stoette", "samtykke", "tvang"}),
    "handicap": bool,
    "indsats": bool,
    "kendskab": date,
    "medhold": bool,
    "naeste": frozenset({"intet", "screening", "afdaekning", "boernefaglig_undersoegelse", "akut"}),
    "naeste_opfoelgning": date,
    "opsaettende": bool,
    "overgreb": frozenset({"nej", "andre", "foraeldre"}),
    "plan": bool,
    "professional": bool,
    "samtale_aftalt": date,
    "samvaer_afbrudt": bool,
    "svarfrist": date,
    "termin": date,
    "tilbud": bool,
    "udfald": frozenset({"ingen", "afdaekning", "undersoegelse"}),
    "ufoedt": bool,
    "undersoegelse": frozenset({"barnet", "kommende_foraeldre", "uden_samtykke"}),
}
"""What hændelser say that a deadline rule may ask about, and what the answer may be. A rule that
asks for anything else would never open, so it is refused when it is read."""
