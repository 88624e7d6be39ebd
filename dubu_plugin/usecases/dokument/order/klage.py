"""Write about a complaint: the receipt to who complains, and the sending on to Ankestyrelsen."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from dubu_plugin.documents.letter import Value
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.afgoerelser import Matter
from dubu_plugin.domain.danish import danish_day, long_date, unbroken
from dubu_plugin.domain.inddragelse import is_child
from dubu_plugin.settings import Municipality, Settings
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.klager import Genvurdering, Klage
from dubu_plugin.store.family import personer
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse.guidance import while_complained
from dubu_plugin.usecases.afgoerelse.window import why_straight_on
from dubu_plugin.usecases.dokument.addressed import addressee, citizen, dated
from dubu_plugin.usecases.dokument.child_words import first_name
from dubu_plugin.usecases.dokument.childs_home import comes_by_hand
from dubu_plugin.usecases.dokument.law_words import law_words
from dubu_plugin.usecases.dokument.order.letter import Addressee, order_letter
from dubu_plugin.usecases.dokument.sender import sender

KVITTERING: Final = "kvittering_for_klage"
KVITTERING_TO_CHILD: Final = "kvittering_for_klage_barn"
OVERSENDELSE: Final = "oversendelse"
BESKED: Final = "klage_sendt_videre"
BESKED_TO_CHILD: Final = "klage_sendt_videre_barn"
VENTER: Final = "klage_venter"
VENTER_TO_CHILD: Final = "klage_venter_barn"
COME_TO: Final = {
    Genvurdering.INTET: "Vi har set på sagen igen og holder fast i afgørelsen (retssikkerhedsloven "
    "§ 66).",
    Genvurdering.DELVIST: "Vi har set på sagen igen og har givet klageren ret i noget af det. "
    "Klageren holder fast i resten, og det finder vi ikke grundlag for at give (retssikkerheds"
    "loven § 66).",
}
"""What the municipality's own look came to, where the complaint is sent on."""
COME_TO_YOU: Final = COME_TO | {
    Genvurdering.DELVIST: "Vi har set på sagen igen og har givet dig ret i noget af det. Du holder "
    "fast i resten, og det finder vi ikke grundlag for at give (retssikkerhedsloven § 66).",
}
"""The same, as whoever complained reads it."""


def order_kvittering(
    work: Work,
    klage: Klage,
    matter: Matter,
    sag: Sag,
    *,
    letters: LetterShelf,
    municipality: Municipality,
    number: UUID | None = None,
) -> UUID:
    """Have the receipt written, filed and sent after the commit. Return the letter's id.

    :param number: its id, where it is not the first.
    """
    straks = why_straight_on(klage, matter)
    to, fields, child = _complainant(work, klage, matter, sag)
    why: dict[str, Value] = (
        {"klage.for_sent": klage.late}
        if child
        else {"klage.straks": straks, "klage.imens": unbroken(while_complained(matter))}
    )
    return order_letter(
        work, KVITTERING_TO_CHILD if child else KVITTERING,
        letters=letters, sag=sag.id, underretning=None,
        values={
            **_common(work, klage, matter, sag, municipality), **fields, **why,
            "klage.svar_senest": "" if straks else _day(klage.due_on),
            "klage.opsaettende": klage.suspensive,
        },
        author=work.actor, to=to, number=number or klage.receipt,
    )  # fmt: skip


def order_venter(
    work: Work,
    klage: Klage,
    matter: Matter,
    sag: Sag,
    *,
    until: date,
    waits_for: str,
    letters: LetterShelf,
    municipality: Municipality,
) -> UUID:
    """Have who complains told what the new look waits for, and until when. Return the letter's id.

    A child reads that more is to be known: what is asked of others is in the adults' words.
    """
    to, fields, child = _complainant(work, klage, matter, sag)
    what: dict[str, Value] = {} if child else {"klage.mangler": waits_for}
    return order_letter(
        work, VENTER_TO_CHILD if child else VENTER,
        letters=letters, sag=sag.id, underretning=None,
        values={
            **_common(work, klage, matter, sag, municipality), **fields, **what,
            "klage.svar_senest": _day(until), "klage.opsaettende": klage.suspensive,
        },
        author=work.actor, to=to, number=klage.waits_letter(until),
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
    """Have the complainant told, the package put together, and then the letter it goes with.

    They follow each other in that order, for the letter names what is not in the package.
    """
    house = settings.municipality
    name, *lines = settings.klage.ankestyrelsen.split(", ")
    board = addressee(name, tuple(lines))
    child = personer.by_id(work.connection, sag.child_id)
    common = _common(work, klage, matter, sag, house)
    to, fields, to_child = _complainant(work, klage, matter, sag)
    looked: dict[str, Value] = (
        {"klage.for_sent": klage.late, "klage.set_igen": klage.outcome is not None}
        if to_child
        else {
            "klage.genvurdering": _looked_again(klage),
            "klage.straks": why_straight_on(klage, matter),
        }
    )
    order_letter(
        work, BESKED_TO_CHILD if to_child else BESKED, letters=letters, sag=sag.id,
        underretning=None, values={**common, **fields, **looked}, author=work.actor, to=to,
        number=klage.besked,
    )  # fmt: skip
    work.tell(
        "pack_klage", lane=sag_lane(sag.id), key=op_key(klage.letter, "pack_klage"),
        payload={"klage": str(klage.id)},
    )  # fmt: skip
    order_letter(
        work, OVERSENDELSE, letters=letters, sag=sag.id, underretning=None,
        values={
            **common, **board.fields,
            "barn.navn": child.name if child else "", "klage.klager": klage.name,
            "klage.ord": klage.words, "klage.genvurdering": klage.reassessment or "",
            "klage.kommet_til": COME_TO.get(klage.outcome, "") if klage.outcome else "",
            "klage.straks": why_straight_on(klage, matter, to_ankestyrelsen=True),
            "klage.opsaettende": klage.suspensive, "afgoerelse.dato": _decided(work, klage),
        },
        author=work.actor, to=board, number=klage.letter,
    )  # fmt: skip


def _looked_again(klage: Klage) -> str:
    """Return what the own look came to and why, to who complained; empty where there was none."""
    came_to = COME_TO_YOU.get(klage.outcome, "") if klage.outcome else ""
    return "\n\n".join(filter(None, (unbroken(came_to), klage.reassessment)))


def _complainant(
    work: Work, klage: Klage, matter: Matter, sag: Sag
) -> tuple[Addressee, Mapping[str, Value], bool]:
    """Return where the complainant's letter goes, its fields, and whether it is a child under
    fifteen, who reads letters in its own words.

    A child's goes by the adviser's hand where the decision did: a parent may open it at home.
    """
    mine = klage.person == sag.child_id
    child = personer.by_id(work.connection, sag.child_id) if mine else None
    today = danish_day(work.now)
    decided = afgoerelser.by_id(work.connection, klage.afgoerelse) if child else None
    by_hand = child is not None and comes_by_hand(decided, child, today)
    to, fields = citizen(work.connection, klage.person, by_hand=by_hand)
    if child is None or not is_child(child.born, today):
        return to, fields, False
    own: dict[str, Value] = {
        "barn.fornavn": first_name(child.name), "afgoerelse.handler_om": matter.told_to_child
    }  # fmt: skip
    return to, {**fields, **own}, True


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
