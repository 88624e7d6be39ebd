"""Write about a complaint: the receipt to who complains, and the sending on to Ankestyrelsen."""

from datetime import date
from typing import Final
from uuid import UUID

from dubu_plugin.documents.letter import Value
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.afgoerelser import Matter
from dubu_plugin.domain.danish import danish_day, long_date, unbroken
from dubu_plugin.settings import Municipality, Settings
from dubu_plugin.store import afgoerelser, personer
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.klager import Genvurdering, Klage
from dubu_plugin.store.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse.window import why_straight_on
from dubu_plugin.usecases.dokument.addressed import citizen, dated
from dubu_plugin.usecases.dokument.law_words import law_words
from dubu_plugin.usecases.dokument.order_letter import Addressee, order_letter
from dubu_plugin.usecases.dokument.sender import sender

KVITTERING: Final = "kvittering_for_klage"
OVERSENDELSE: Final = "oversendelse"
BESKED: Final = "klage_sendt_videre"
COME_TO: Final = {
    Genvurdering.INTET: "Vi har set på sagen igen og holder fast i afgørelsen (retssikkerhedsloven "
    "§ 66).",
    Genvurdering.DELVIST: "Vi har set på sagen igen og har givet klageren ret i noget af det. "
    "Klageren holder fast i resten, og det finder vi ikke grundlag for at give (retssikkerheds"
    "loven § 66).",
}
"""What the municipality's own look came to, where the complaint is sent on."""


def order_kvittering(
    work: Work,
    klage: Klage,
    matter: Matter,
    sag: Sag,
    *,
    letters: LetterShelf,
    municipality: Municipality,
) -> UUID:
    """Have the receipt written, filed and sent after the commit. Return the letter's id."""
    to, fields = citizen(work.connection, klage.person)
    straks = why_straight_on(klage, matter)
    return order_letter(
        work, KVITTERING, letters=letters, sag=sag.id, underretning=None,
        values={
            **_common(work, klage, matter, sag, municipality), **fields,
            "klage.svar_senest": "" if straks else _day(klage.due_on), "klage.straks": straks,
            "klage.opsaettende": klage.suspensive,
        },
        author=work.actor, to=to,
    )  # fmt: skip


def order_oversendelse(
    work: Work,
    klage: Klage,
    matter: Matter,
    sag: Sag,
    *,
    letters: LetterShelf,
    settings: Settings,
) -> None:
    """Have both letters written after the commit, and the package put together when they are."""
    house = settings.municipality
    envelope = settings.klage.ankestyrelsen.replace(", ", "\n")
    name, _, address = envelope.partition("\n")
    child = personer.by_id(work.connection, sag.child_id)
    common = _common(work, klage, matter, sag, house)
    order_letter(
        work, OVERSENDELSE, letters=letters, sag=sag.id, underretning=None,
        values={
            **common, "modtager.navn": name, "modtager.adresse": address,
            "barn.navn": child.name if child else "", "klage.klager": klage.name,
            "klage.ord": klage.words, "klage.genvurdering": klage.reassessment or "",
            "klage.kommet_til": COME_TO.get(klage.outcome, "") if klage.outcome else "",
            "klage.straks": why_straight_on(klage, matter, to_ankestyrelsen=True),
            "klage.opsaettende": klage.suspensive, "afgoerelse.dato": _decided(work, klage),
        },
        author=work.actor, to=Addressee(envelope),
    )  # fmt: skip
    to, fields = citizen(work.connection, klage.person)
    order_letter(
        work, BESKED, letters=letters, sag=sag.id, underretning=None,
        values={
            **common, **fields, "klage.genvurdering": klage.reassessment or "",
            "klage.straks": why_straight_on(klage, matter),
        },
        author=work.actor, to=to,
    )  # fmt: skip
    work.tell(
        "pack_klage", lane=sag_lane(sag.id), key=op_key(klage.id, "pack_klage"),
        payload={"klage": str(klage.id)},
    )  # fmt: skip


def _common(
    work: Work, klage: Klage, matter: Matter, sag: Sag, municipality: Municipality
) -> dict[str, Value]:
    house = sender(work.connection, municipality, author=work.actor, unit=sag.unit)
    return {
        **house.contact,
        **dated(work.now),
        "afgoerelse.om": matter.title,
        "afgoerelse.lov": law_words(matter.law),
        "klage.modtaget": _day(danish_day(klage.received_at)),
    }


def _decided(work: Work, klage: Klage) -> str:
    found = afgoerelser.by_id(work.connection, klage.afgoerelse)
    return _day(found.decided_on) if found and found.decided_on else ""


def _day(day: date) -> str:
    return unbroken(long_date(day))
