"""What Ankestyrelsen decided, as it is noted, and what somebody is to do about it now."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.afgoerelser import AfgoerelseState
from dubu_plugin.domain.gates.indsats import HIDES
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.afgoerelse.klager import Genvurdering, Klage, Ruling
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.indsats.taken_away import to_resume
from dubu_plugin.store.sag import sager
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import matter_of
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
STOPS: Final = "Stands det, der hviler på den:"
NOTHING_RESTS: Final = "Intet hviler på den. Sig herunder, at det er gjort."
WAITS: Final = (
    "Dette hviler på den afgørelse, der er sendt tilbage. Det, der er planlagt, begynder ikke på "
    "den: opgiv det. Det, der er i gang, skal have den nye afgørelse at hvile på:"
)
RESUME: Final = (
    "Denne hjælp ophørte ved afgørelsen. Familien skal have den igen fra dagen efter, at den "
    "stoppede: begynd den igen."
)
RESUME_CHANGED: Final = (
    "Denne hjælp ophørte ved afgørelsen. Skal familien have den igen efter det, Ankestyrelsen har "
    "bestemt, så begynd den igen:"
)
RESUME_ANEW: Final = (
    "Denne hjælp ophørte ved den afgørelse, der er lavet om. Skal familien have den igen efter den "
    "nye, så begynd den igen:"
)
REPLACED: Final = (
    "Der er truffet en ny afgørelse i stedet for den, der faldt. Dette hviler endnu på den gamle: "
    "afslut det, og begynd det igen på den nye, hvis den giver det:"
)
NOT_STOPPED: Final = (
    " Skal hjælpen fortsætte, så afslut den ikke, når varslet på 14 uger er gået (§ 11)."
)
CLOSED: Final = "Sagen er lukket: åbn den først."
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
    """Return what is to be done now after Ankestyrelsen, or after our own look where it was right;
    nothing where neither is."""
    if klage.ruling is None and klage.outcome in (None, Genvurdering.INTET):
        return ()
    return then(connection, product, stands_now(connection, klage), klage)


def then(
    connection: sa.Connection, product: Product, its: Afgoerelse, klage: Klage | None
) -> Sequence[Then]:
    """Return what is to be done now with a decision Ankestyrelsen has ruled on, or that is made in
    place of another."""
    url = f"/dubu/sag/{its.sag}"
    match its.state:
        case AfgoerelseState.HJEMVIST:
            return _sent_back(connection, product, its, url)
        case AfgoerelseState.OPHAEVET:
            done = klage is not None and not follows(connection, klage)
            return _lifted(connection, product, its, url, done=done)
        case AfgoerelseState.ERSTATTET if its.ended_on is not None:
            links = _resting(connection, product, its, url)
            left = [Then(REPLACED, links)] if links else []
            return [*left, *_to_resume(connection, product, its, url, RESUME)]
        case AfgoerelseState.TRUFFET if its.replaces is not None:
            old = afgoerelser.by_id(connection, its.replaces)
            if old is None:
                return ()
            sentence = RESUME_ANEW if old.ended_on is None else RESUME
            return _to_resume(connection, product, old, url, sentence)
        case AfgoerelseState.AENDRET:
            since = ""
            if klage is not None and klage.ruled_from is not None:
                since = f" fra den {danish.long_date(klage.ruled_from)}"
            sentence = (
                f"Det, Ankestyrelsen har bestemt, gælder{since} i stedet for kommunens afgørelse. "
                f"Ret det, der er i gang, eller sæt det i gang."
            )
            links = [(f"{url}/indsatser", "Indsatser")]
            made_on = its.decided_on or danish.danish_day(its.begun_at)
            matter = matter_of(product, its, made_on)
            back = _to_resume(connection, product, its, url, RESUME_CHANGED)
            if matter.notice and not back:
                sentence += NOT_STOPPED
            if matter.reckons is not None:
                sentence += " Regn ud, hvad der gives om måneden, når det er et andet beløb."
                links.append((f"{url}/afgoerelse/{its.id}/beregning", "Lav beregningen"))
            return [Then(danish.unbroken(sentence), links), *back]
    return ()


def follows(connection: sa.Connection, klage: Klage) -> bool:
    """Tell whether somebody is to say that it is done."""
    return klage.ruling is not None and is_to_follow(connection, klage.id)


def _sent_back(
    connection: sa.Connection, product: Product, its: Afgoerelse, url: str
) -> Sequence[Then]:
    found = [_again(connection, its, url)]
    if links := _resting(connection, product, its, url):
        found.append(Then(WAITS, links))
    return [*found, *_to_resume(connection, product, its, url, RESUME)]


def _resting(
    connection: sa.Connection, product: Product, its: Afgoerelse, url: str
) -> Sequence[tuple[str, str]]:
    return [
        (f"{url}/indsats/{one.id}", row_of(product.indsatser, one).title)
        for one in resting_on(connection, its)
    ]


def _to_resume(
    connection: sa.Connection, product: Product, its: Afgoerelse, url: str, sentence: str
) -> Sequence[Then]:
    """Return what ended by it, with a way to begin each again from the day after."""
    gone = to_resume(connection, its.sag, its.id)
    if not gone:
        return ()
    ours = sager.by_id(connection, its.sag)
    if ours is not None and ours.is_closed:
        return [Then(f"{sentence} {CLOSED}", [(url, "Sagen")])]
    standing = {one.id for one in afgoerelser.in_force(connection, its.sag)}
    return [Then(sentence, [_begin(product, one, url, on=standing) for one in gone])]


def _begin(product: Product, gone: Indsats, url: str, *, on: Set[UUID]) -> tuple[str, str]:
    """Return the form that begins it again as it was, and what that is called."""
    assert gone.ended_on is not None
    since = gone.ended_on + timedelta(days=1)
    asked = {
        "fra": since.isoformat(),
        "hvad": f"{gone.code}:{gone.place or ''}",
        "afgoerelse": str(gone.afgoerelse) if gone.afgoerelse in on else "",
        "afgjort_dag": gone.decided_on.isoformat() if gone.decided_on else "",
    }
    title = f"{row_of(product.indsatser, gone).title} fra {danish.long_date(since)}"
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{url}/indsatser/ny?{query}", danish.unbroken(title)


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
    connection: sa.Connection, product: Product, its: Afgoerelse, url: str, *, done: bool
) -> Sequence[Then]:
    links = _resting(connection, product, its, url)
    back = _to_resume(connection, product, its, url, RESUME)
    sentence = LIFTED.strip() if back or done else f"{LIFTED}{NOTHING_RESTS}"
    found = [Then(_shown(its, f"{LIFTED}{STOPS}" if links else sentence), links), *back]
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
