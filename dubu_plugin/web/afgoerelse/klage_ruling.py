"""What Ankestyrelsen decided, as it is noted, and what somebody is to do about it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.afgoerelser import AfgoerelseState
from dubu_plugin.domain.gates.indsats import HIDES
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.afgoerelse.klager import Klage, Ruling
from dubu_plugin.store.sag import sager
from dubu_plugin.usecases.afgoerelse.on_klage import KlageNotClear
from dubu_plugin.usecases.afgoerelse.settle import (
    TITLES,
    Ruled,
    is_to_follow,
    resting_on,
    stands_now,
)
from dubu_plugin.usecases.indsats.on_indsats import row_of
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.typed_time import NO_DAY, day_of

RULINGS: Final = tuple((one.value, TITLES[one]) for one in TITLES)
ANEW: Final = {"ja": True, "nej": False}
AGAIN: Final = "Ankestyrelsen har sendt sagen tilbage, og afgørelsen gælder ikke mere. "
LIFTED: Final = "Ankestyrelsen har ophævet afgørelsen, og den gælder ikke mere. "
REOPEN: Final = "Sagen er lukket: åbn den igen, og forbered så en ny afgørelse."
DRAFTED: Final = "En ny afgørelse er begyndt med alt fra den gamle:"
SHOWN: Final = "Stedet er ikke længere skjult for forældrene (§ 105)."


@dataclass(frozen=True, slots=True)
class Then:
    """What is to be done now: a sentence, and where it is done."""

    sentence: str
    links: Sequence[tuple[str, str]] = ()
    """The address and what the link is called."""


def ruled_of(sent: Sent) -> Ruled:
    """Return what was sent of what Ankestyrelsen decided.

    :raises KlageNotClear: a day is none.
    """
    ruling = sent.one("afgoerelse")
    return Ruled(
        ruling=Ruling(ruling) if ruling in set(Ruling) else None,
        came_on=sent_day(sent, "kom"),
        words=sent.one("nyt"),
        counts_from=sent_day(sent, "gaelder_fra"),
        anew=ANEW.get(sent.one("ny")),
    )


def sent_day(sent: Sent, name: str) -> date | None:
    """Return a day that was sent, or None where it is left out.

    :raises KlageNotClear: it is no day.
    """
    text = sent.one(name)
    if not text:
        return None
    try:
        return day_of(text)
    except ValueError:
        raise KlageNotClear(**{name: NO_DAY}) from None


def ruling_facts(klage: Klage, today: date) -> Sequence[tuple[str, str]]:
    """Return what Ankestyrelsen decided, line by line."""
    if klage.ruling is None:
        return []
    came = f", {danish.list_date(klage.ruled_on, today)}" if klage.ruled_on else ""
    facts = [("Ankestyrelsen", danish.unbroken(f"{TITLES[klage.ruling]}{came}"))]
    if klage.ruled_words:
        facts.append(("Ankestyrelsen har bestemt", klage.ruled_words))
    if klage.ruled_from:
        facts.append(("Gælder fra", danish.unbroken(danish.long_date(klage.ruled_from))))
    return facts


def then_of(connection: sa.Connection, product: Product, klage: Klage) -> Sequence[Then]:
    """Return what is to be done now after Ankestyrelsen; nothing where it has not ruled."""
    if klage.ruling is None:
        return ()
    return then(connection, product, stands_now(connection, klage), klage)


def then(
    connection: sa.Connection, product: Product, its: Afgoerelse, klage: Klage | None
) -> Sequence[Then]:
    """Return what is to be done now with a decision Ankestyrelsen has ruled on."""
    url = f"/dubu/sag/{its.sag}"
    match its.state:
        case AfgoerelseState.HJEMVIST:
            return [_again(connection, its, url)]
        case AfgoerelseState.OPHAEVET:
            return _lifted(connection, product, its, url)
        case AfgoerelseState.AENDRET:
            since = ""
            if klage is not None and klage.ruled_from is not None:
                since = f" fra den {danish.long_date(klage.ruled_from)}"
            sentence = (
                f"Det, Ankestyrelsen har bestemt, gælder{since} i stedet for kommunens afgørelse. "
                f"Ret det, der er i gang, eller sæt det i gang."
            )
            return [Then(danish.unbroken(sentence), [(f"{url}/indsatser", "Indsatser")])]
    return ()


def follows(connection: sa.Connection, klage: Klage) -> bool:
    """Tell whether somebody is to say that it is done."""
    return klage.ruling in (Ruling.OPHAEVET, Ruling.AENDRET) and is_to_follow(connection, klage.id)


def _again(connection: sa.Connection, its: Afgoerelse, url: str) -> Then:
    new = _new(connection, its)
    if new is not None:
        sentence = f"{AGAIN}Skriv den nye færdig: den begynder med alt fra den gamle."
        return Then(_shown(its, sentence), [(f"{url}/afgoerelse/{new}", "Den nye afgørelse")])
    ours = sager.by_id(connection, its.sag)
    if ours is not None and ours.is_closed:
        return Then(_shown(its, f"{AGAIN}{REOPEN}"), [(url, "Sagen")])
    sentence = f"{AGAIN}Forbered en ny; den begynder med alt fra den gamle."
    return Then(_shown(its, sentence), [(f"{url}/afgoerelser", "Forbered en ny afgørelse")])


def _lifted(
    connection: sa.Connection, product: Product, its: Afgoerelse, url: str
) -> Sequence[Then]:
    links = [
        (f"{url}/indsats/{one.id}", row_of(product.indsatser, one).title)
        for one in resting_on(connection, its)
    ]
    sentence = f"{LIFTED}{'Stands det, der hviler på den:' if links else 'Intet hviler på den.'}"
    found = [Then(_shown(its, sentence), links)]
    new = _new(connection, its)
    if new is not None:
        found.append(Then(DRAFTED, [(f"{url}/afgoerelse/{new}", "Den nye afgørelse")]))
    return found


def _new(connection: sa.Connection, its: Afgoerelse) -> object:
    """Return the decision that is being prepared in place of one, or None."""
    return next(
        (
            one.id
            for one in afgoerelser.of_sag(connection, its.sag)
            if one.is_open and one.replaces == its.id
        ),
        None,
    )


def _shown(its: Afgoerelse, sentence: str) -> str:
    return f"{sentence} {SHOWN}" if its.matter in HIDES else sentence
