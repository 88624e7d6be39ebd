"""Why a row of the outbox waits, in Danish, for the person who must do something about it."""

from typing import Final

TRY_AGAIN: Final = "Prøv igen, når det er bragt i orden."
NO_ANSWER: Final = "Der er ikke kommet svar. Den sendes af sig selv, så snart der svares."

SENTENCES: Final = {
    # What the other system said no to.
    "NotConfigured": "Journalen mangler en indstilling til dette. Sig det til it-afdelingen.",
    "Forbidden": "Du har ikke lov til det i journalen. Få adgang, eller bed en kollega.",
    "NotFound": "Sagen findes ikke i journalen, eller der er ikke adgang til den.",
    "Rejected": f"Journalen tog ikke imod oplysningerne. Ret dem på sagen. {TRY_AGAIN}",
    "CaseClosed": "Sagen er lukket i journalen. Se, om det hører til på en anden af barnets sager, "
    "og spørg den ansvarlige, før du gør mere.",
    "Conflict": "Nogen har ændret det i journalen imens. Se efter, før du prøver igen.",
    "Duplicate": "Journalen siger, at den har det allerede. Se efter på sagen, før du prøver igen.",
    "TooLarge": "En fil er større, end journalen tager imod. Læg den på sagen på anden vis.",
    "HostBug": "Journalen svarede noget uventet. Sig det til it-afdelingen.",
    "Refused": "Det andet system sagde nej.",
    # What we said no to ourselves.
    "ingen_sag": "Sagen findes ikke længere her.",
    "ingen_ansvarlig": f"Sagen har ingen ansvarlig, og enheden har ingen medarbejdere. {TRY_AGAIN}",
    "sagen_er_ikke_oprettet": f"Sagen er ikke oprettet i journalen endnu. {TRY_AGAIN}",
    # Nobody answered.
    "AuthFailed": "Journalen kender ikke vores adgang. Sig det til it-afdelingen.",
    "Locked": "Nogen har det åbent i journalen. Det går af sig selv, når de lukker det.",
    "Throttled": NO_ANSWER,
    "Unavailable": NO_ANSWER,
    "Unreachable": NO_ANSWER,
    "Unanswered": "Der kom intet svar. Den sendes ikke igen, før det er slået op.",
    "OutcomeUnknown": "Der kom intet svar. Den sendes ikke igen, før det er slået op.",
    # Here.
    "ConfigurationError": "Noget mangler i opsætningen. Sig det til it-afdelingen (»dubu check«).",
    "NoSuchFile": "En fil mangler i lageret. Sig det til it-afdelingen.",
    "StorageFull": "Der er ikke mere plads på disken. Sig det til it-afdelingen.",
    "StorageBusy": "Der er meget travlt lige nu. Det går af sig selv.",
    "StorageUnreachable": "Databasen svarer ikke. Sig det til it-afdelingen.",
}

NOTHING_TO_REMIND_OF: Final = (
    "Sagen er lukket i journalen, så der er ikke noget at minde om. Den skal ikke sendes."
)

FAULT: Final = "Der er en fejl i programmet. Sig det til it-afdelingen; den står i loggen."


def why(error: str) -> str:
    """Return what an outbox row's error says, in Danish and without anybody's data.

    :param error: ``system:operation:error``, and for what we refuse ourselves a code after it.
    """
    parts = error.split(":")
    if "CaseClosed" in parts and not {"set_reminder", "complete_reminder"}.isdisjoint(parts):
        return NOTHING_TO_REMIND_OF
    return next((SENTENCES[part] for part in reversed(parts) if part in SENTENCES), FAULT)
