"""Letters about consents and statements: who is asked gets what concerns them, and nobody else.

Sources: retssikkerhedsloven §§ 11 a, 11 c and 12.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from dubu_plugin.documents.letter import Value
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.danish import danish_day, long_date, unbroken, weekday_date
from dubu_plugin.domain.inddragelse import CONSENTS, SOURCES, Giver, Grundlag
from dubu_plugin.settings import Municipality
from dubu_plugin.store.family import personer
from dubu_plugin.store.inddragelse import samtykker, udtalelser
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.addressed import addressee, citizen, dated, printed
from dubu_plugin.usecases.dokument.child_words import first_name, spoken_of
from dubu_plugin.usecases.dokument.order.letter import Addressee, order_letter
from dubu_plugin.usecases.dokument.sender import sender
from dubu_plugin.usecases.dokument.vurdering_words import born_text
from dubu_plugin.usecases.inddragelse.parties import Party

SAMTYKKE: Final = "samtykke"
UDTALELSE: Final = "udtalelse_anmodning"
NOTICE: Final = "besked_indhentning"
VOLUNTARY: Final = frozenset({"andre", "leverandoer"})
"""Private sources: without consent they need not answer (§ 11 c, stk. 2)."""
ON_CONSENT: Final = "Samtykke efter retssikkerhedsloven § 11 a, stk. 1"
WITHOUT: Final = "Retssikkerhedsloven § 11 c, stk. 1, nr. 1 (uden samtykke)"


def order_samtykke(
    work: Work,
    sag: Sag,
    asked: samtykker.Asked,
    party: Party | None,
    *,
    letters: LetterShelf,
    municipality: Municipality,
) -> UUID:
    """Order the letter to one who is asked for consent, and return its id.

    :param party: None for somebody we know only by name.
    """
    sources: list[dict[str, str]] = [{"navn": SOURCES[one]} for one in asked.sources]
    own: dict[str, Value] = {
        "samtykke.giver_er_ung": asked.giver_role is Giver.UNG,
        "samtykke.art": CONSENTS[asked.kind],
        "samtykke.fra": unbroken(long_date(asked.begins)),
        "samtykke.til": unbroken(long_date(asked.ends)),
        "samtykke.kilder": sources,
        "samtykke.formaal": asked.purpose,
        "barn.navn": spoken_of(_child(work, sag)[0], asked.giver_name),
        "barn.fornavn": first_name(asked.giver_name),
    }
    to = citizen(work.connection, party.person)[0] if party else addressee(asked.giver_name, ())
    return written(
        work, sag, SAMTYKKE, to, own,
        letters=letters, municipality=municipality,
    )  # fmt: skip


def order_udtalelse(
    work: Work,
    sag: Sag,
    asked: udtalelser.Asked,
    headings: Sequence[Mapping[str, str]],
    *,
    letters: LetterShelf,
    municipality: Municipality,
    chases: date | None = None,
    due: date | None = None,
) -> UUID:
    """Order the letter that asks for a statement, or chases one, and return its id.

    :param headings: a row for each dimension: ``titel`` and ``hjaelp``.
    :param chases: the day it was asked for, where this is the second time.
    :param due: the day it is to come now, where it is another than the first.
    """
    name, born = _child(work, sag)
    without = asked.basis is Grundlag.UDEN_SAMTYKKE
    own: dict[str, Value] = {
        "barn.navn": name,
        "barn.foedt": born,
        "udtalelse.rykker": chases is not None,
        "udtalelse.bedt_om": unbroken(long_date(chases or danish_day(work.now))),
        "udtalelse.frist": unbroken(weekday_date(due or asked.due)),
        "udtalelse.grundlag": WITHOUT if without else ON_CONSENT,
        "udtalelse.frivilligt": without and asked.source in VOLUNTARY,
        "udtalelse.formaal": asked.purpose,
        "udtalelse.overskrifter": [dict(one) for one in headings],
    }
    lines = printed(work.connection, asked.address, near=sag.child_id)
    to = addressee(asked.organisation, lines, asked.electronic or None)
    return written(
        work, sag, UDTALELSE, to, own, letters=letters, municipality=municipality
    )  # fmt: skip


def order_notice(
    work: Work,
    sag: Sag,
    to: Party,
    asked: Sequence[udtalelser.Asked],
    *,
    letters: LetterShelf,
    municipality: Municipality,
) -> UUID:
    """Order the letter that tells one of the family who is asked, and return its id (RSL § 12).

    :param asked: what is asked of each; all on the same basis, for the same purpose.
    """
    first = asked[0]
    without = first.basis is Grundlag.UDEN_SAMTYKKE
    child, _ = _child(work, sag)
    own: dict[str, Value] = {
        "besked.til_den_unge": to.person == sag.child_id,
        "barn.navn": spoken_of(child, to.name),
        "barn.fornavn": first_name(child),
        "udtalelse.grundlag": WITHOUT if without else ON_CONSENT,
        "udtalelse.frist": unbroken(weekday_date(first.due)),
        "udtalelse.formaal": first.purpose,
        "udtalelse.steder": [{"navn": one.organisation} for one in asked],
    }
    where, _ = citizen(work.connection, to.person)
    return written(work, sag, NOTICE, where, own, letters=letters, municipality=municipality)


def written(
    work: Work,
    sag: Sag,
    code: str,
    to: Addressee,
    own: Mapping[str, Value],
    *,
    letters: LetterShelf,
    municipality: Municipality,
) -> UUID:
    """Order a letter of the case to somebody, with what every letter says filled in."""
    house = sender(work.connection, municipality, author=work.actor, unit=sag.unit)
    values: dict[str, Value] = {
        **house.signed,
        **dated(work.now),
        **to.fields,
        **own,
    }
    needs = letters[code].needs
    return order_letter(
        work,
        code,
        letters=letters,
        sag=sag.id,
        underretning=None,
        values={key: value for key, value in values.items() if key in needs},
        author=work.actor,
        to=to,
    )


def _child(work: Work, sag: Sag) -> tuple[str, str]:
    """Return the child's name, and when it was born or is expected. Never an address or number."""
    child = personer.by_id(work.connection, sag.child_id)
    if child is None:
        return personer.UNKNOWN_CHILD, ""
    return child.name, born_text(child.born, child.due_date, danish_day(work.now))
