"""Tell each party of a decision: the adults, and the child of its own in words for its age."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from dubu_plugin.documents.letter import Value
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.afgoerelser import Capacity, Given, Outcome
from dubu_plugin.domain.danish import counted, danish_day, listed, long_date, moment_text, unbroken
from dubu_plugin.domain.gates.again import AGAIN, OWN_DAY, WHY, again_on
from dubu_plugin.domain.gates.handicap import looked_at_on
from dubu_plugin.domain.gates.presupposed import NO_PERIOD
from dubu_plugin.domain.help_taken import told
from dubu_plugin.domain.indsatser import ADULT, CONSENTS_FROM, Catalogue, DecidedBy
from dubu_plugin.frister.words import CHOICES
from dubu_plugin.settings import Municipality
from dubu_plugin.store.afgoerelse import klager, provisional
from dubu_plugin.store.afgoerelse.partshoeringer import ANSWER, WEIGHED, Partshoering
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse.guidance import KEEP_REST, KEEP_REST_CHILD
from dubu_plugin.usecases.afgoerelse.reckon import RECEIVER
from dubu_plugin.usecases.afgoerelse.whole import Whole
from dubu_plugin.usecases.dokument.addressed import citizen, dated
from dubu_plugin.usecases.dokument.child_words import spoken_of
from dubu_plugin.usecases.dokument.childs_home import comes_by_hand
from dubu_plugin.usecases.dokument.decision_to_child import to_child
from dubu_plugin.usecases.dokument.law_words import law_words
from dubu_plugin.usecases.dokument.order.letter import order_letter
from dubu_plugin.usecases.dokument.order.plan import place_is_hidden
from dubu_plugin.usecases.dokument.sender import sender

AFGOERELSE: Final = "afgoerelse"
TO_CHILD: Final = "afgoerelse_barn"
TO_YOUNG: Final = "afgoerelse_ung"

OF_PLACE: Final = frozenset({"skolegang", "udtalelse", "nyt_sted"})
"""What is written of where the child lives. Parents do not read it while the place is hidden."""

WE: Final = "Vi"
DECIDED: Final = {
    DecidedBy.UDVALGET: "Børne- og ungeudvalget",
    DecidedBy.FORMANDEN: "Formanden for børne- og ungeudvalget",
}
"""Who a decision is by, as its letter begins with them, where it is not those who write it."""

ANSWERED: Final = {
    Outcome.MEDHOLD: "",
    Outcome.DELVIST: "Vi giver delvist medhold.",
    Outcome.AFSLAG: "Vi giver afslag.",
}
"""What an answer to who asked came to."""
TAKEN_UP: Final = {**ANSWERED, Outcome.AFSLAG: "Det er besluttet, at det ikke skal ske."}
"""The same of what nobody asked for."""


def order_afgoerelse(
    work: Work,
    it: Whole,
    part: Partshoering,
    sag: Sag,
    *,
    letters: LetterShelf,
    catalogue: Catalogue,
    municipality: Municipality,
) -> UUID | None:
    """Have one party's letter written, filed and sent after the commit.

    :returns: the letter's id; None for a child who has been made a party and is not one.
    """
    child = part.capacity is Capacity.BARN
    if child and not it.matter.has_party(it.age):
        return None
    grown = it.age is not None and it.age >= ADULT
    by_hand = child and comes_by_hand(it.afgoerelse, it.child, danish_day(work.now))
    to, fields = citizen(work.connection, part.person, by_hand=by_hand)
    house = sender(work.connection, municipality, author=work.actor, unit=sag.unit)
    values: dict[str, Value] = {
        **house.contact, **fields, **dated(work.now), "afgoerelse.kontakt": house.name,
        "afgoerelse.af": DECIDED.get(it.matter.decided_by, WE),
    }  # fmt: skip
    if sag.responsible:
        # The leader signs; whoever has the case is who to ring.
        own = sender(work.connection, municipality, author=sag.responsible, unit=sag.unit)
        values["afgoerelse.kontakt"] = own.name
    if child and not grown:
        young = it.age is not None and it.age >= CONSENTS_FROM
        code = TO_YOUNG if young else TO_CHILD
        values |= to_child(it, young=young)
    else:
        code = AFGOERELSE
        values |= _to_adult(it if child else _for_parents(work, it, sag), part, catalogue)
    if klager.in_part(work.connection, it.afgoerelse.replaces, part.person):
        keep = KEEP_REST_CHILD if code == TO_CHILD else KEEP_REST
        values["afgoerelse.klage"] = f"{keep}\n\n{values['afgoerelse.klage']}".rstrip()
    return order_letter(
        work, code, letters=letters, sag=sag.id, underretning=None, values=values,
        author=work.actor, to=to,
    )  # fmt: skip


def _for_parents(work: Work, it: Whole, sag: Sag) -> Whole:
    """Return the decision as a parent reads it: without the place while it is hidden (§ 105)."""
    if not place_is_hidden(work.connection, sag.id):
        return it
    return replace(it, texts={at: one for at, one in it.texts.items() if at[1] not in OF_PLACE})


def _to_adult(it: Whole, part: Partshoering, catalogue: Catalogue) -> dict[str, Value]:
    said, its = it.said, it.afgoerelse
    answers = ANSWERED if it.matter.applied_for or it.applied else TAKEN_UP
    outcome = answers[its.outcome] if its.outcome else ""
    full = it.matter.met_in_full(its.outcome, applied=it.applied)
    return {
        "afgoerelse.om": it.matter.title,
        "afgoerelse.lov": law_words(it.matter.law),
        "barn.navn": spoken_of(it.child.name, part.name),
        "afgoerelse.tekst": "\n\n".join(
            filter(None, (said["afgoerelse"], told(it.helps), _chairs(it), outcome))
        ),
        "afgoerelse.indsats": _indsats(it, catalogue),
        "afgoerelse.periode": _period(it),
        "afgoerelse.formaal": said.get("formaal", ""),
        "afgoerelse.varighed": "" if it.matter.is_chairs else said.get("varighed", ""),
        "afgoerelse.udvalg": _committee(it),
        "afgoerelse.oplysninger": said["oplysninger"],
        "afgoerelse.udtalelse": said.get("udtalelse", ""),
        "afgoerelse.hoering": _heard(it, part),
        "afgoerelse.barnets_syn": said.get("barnets_syn") or said.get("uden_samtale", ""),
        "afgoerelse.begrundelse": "\n\n".join(
            filter(None, (said["begrundelse"], said.get("saerlige_forhold"), said.get("skolegang")))
        ),
        "afgoerelse.beregning": _reckoned(it, part),
        "afgoerelse.afslag": said.get("afslag", ""),
        "afgoerelse.samtykke": _consents(it),
        "afgoerelse.straks": said.get("straks_grund", "") if its.at_once else "",
        "afgoerelse.opfoelgning": "\n".join(
            filter(None, (said.get("opfoelgning") or _looked_at(it), _duty_to_tell(it, part)))
        ),
        "afgoerelse.klage": "" if full else said.get("klagevejledning", ""),
    }


def _chairs(it: Whole) -> str:
    """Return which of its chairman's decisions the committee has looked at (§ 143, stk. 4)."""
    one = it.looked_at
    if one is None:
        return ""
    about, made = CHOICES[provisional.OF, one.matter], long_date(danish_day(one.made_at))
    return unbroken(f"Det handler om formandens foreløbige afgørelse den {made} om {about}.")


def _indsats(it: Whole, catalogue: Catalogue) -> str:
    """Return each indsats that is given on a line: its paragraph, its purpose and its days."""
    if it.afgoerelse.outcome is Outcome.AFSLAG:
        return ""
    found = [text for one in it.afgoerelse.given if (text := _one_given(it, one, catalogue))]
    if len(found) > 1:
        found = [f"{number}. {text}" for number, text in enumerate(found, 1)]
    return "\n".join(found)


def _one_given(it: Whole, one: Given, catalogue: Catalogue) -> str:
    found = catalogue.indsats(one.code, it.day)
    if found is None:
        return ""
    place = catalogue.place(one.place, it.day) if one.place else None
    where = f", {place.title[:1].lower()}{place.title[1:]}" if place else ""
    title = f"{found.title}{where} ({law_words(found.law)})"
    days = " ".join(filter(None, _days(one.starts_on, one.ends_on)))
    purpose = one.purpose.strip().rstrip(".")
    whole = f"{title}, {days}" if days else title
    return unbroken(f"{whole}. Formål: {purpose}." if purpose else whole)


def _reckoned(it: Whole, part: Partshoering) -> str:
    """Return how the amount was reckoned, to the one who gets it: nobody else reads their pay."""
    kept = it.reckoned
    if kept is None or it.afgoerelse.outcome is Outcome.AFSLAG:
        return ""
    if kept.inputs.get(RECEIVER) != str(part.person):
        return ""
    return unbroken("\n".join(f"{one.title}: {one.text}" for one in kept.lines))


def _looked_at(it: Whole) -> str:
    """Return when the help is looked at again, where a day is set and nothing else is written."""
    its = it.afgoerelse
    if its.outcome is Outcome.AFSLAG:
        return ""
    again = looked_at_on(it.matter, its.starts_on, its.ends_on, it.day)
    return unbroken(f"Vi ser på hjælpen igen senest den {long_date(again)}.") if again else ""


def _duty_to_tell(it: Whole, part: Partshoering) -> str:
    """Return what changes are to be told, and what may follow where they are not: to the one who
    gets an amount, or to each where none is reckoned.

    Source: retssikkerhedsloven § 11, stk. 2, and § 12, nr. 3-5.
    """
    if not it.matter.changes or it.afgoerelse.outcome is Outcome.AFSLAG:
        return ""
    if it.reckoned is not None and it.reckoned.inputs.get(RECEIVER) != str(part.person):
        return ""
    return unbroken(
        f"Fortæl os med det samme, hvis der ændrer sig noget, der kan betyde noget for hjælpen: "
        f"{it.matter.changes}. Det har du pligt til (retssikkerhedsloven § 11, stk. 2). Fortæller "
        f"du det ikke, kan vi kræve penge tilbage, og du kan blive straffet, hvis det er groft "
        f"(§§ 12 og 12 b)."
    )


def _period(it: Whole) -> str:
    first, last = it.afgoerelse.starts_on, it.afgoerelse.ends_on
    if it.matter.examined or it.afgoerelse.outcome is Outcome.AFSLAG:
        return ""
    if it.matter.period and last is None and (why := it.said.get(NO_PERIOD)):
        return f"Der er ingen hjemgivelsesperiode: {why}"
    if it.matter.notice and last is not None:
        return unbroken(
            f"Hjælpen gives til og med den {long_date(last)}, og altid i mindst 14 uger fra den "
            f"dag, du har fået afgørelsen (barnets lov {it.matter.notice})."
        )
    return unbroken(" ".join(filter(None, _days(first, last))))


def _days(first: date | None, last: date | None) -> Sequence[str]:
    return [
        f"fra den {long_date(first)}" if first else "",
        f"til og med den {long_date(last)}" if last else "",
    ]


def _committee(it: Whole) -> str:
    """Return when the committee decided and how it voted, or when its chairman did."""
    its = it.afgoerelse
    if it.matter.is_chairs and its.chair_at is not None:
        return f"{DECIDED[it.matter.decided_by]} traf afgørelsen {moment_text(its.chair_at)}."
    if not it.matter.is_committees or its.committee_on is None:
        return ""
    votes = counted(its.votes_for or 0, "medlem", "medlemmer")
    said = [
        f"Børne- og ungeudvalget traf afgørelsen den {long_date(its.committee_on)}. {votes} ud af "
        f"5 stemte for."
    ]
    if its.outcome is Outcome.AFSLAG:
        said.append(f"Der skulle {it.matter.votes} til, så det blev ikke besluttet.")
    elif it.matter.reviewed:
        again = again_on(it.said.get(AGAIN, ""), it.said.get(OWN_DAY, ""), its.committee_on)
        said.append(
            f"Udvalget ser på anbringelsen igen senest den {long_date(again)} (barnets lov § 50)."
        )
        if why := it.said.get(WHY, ""):
            said.append(why)
    if its.dissent:
        said.append(f"Dommeren var ikke enig: {it.said.get('dommerens_mening', '')}")
    return unbroken("\n\n".join(said))


def _heard(it: Whole, part: Partshoering) -> str:
    """Return what this party answered and what it weighed: nobody reads another's answer."""
    answer, weighed = it.of_part(part, ANSWER), it.of_part(part, WEIGHED)
    return "\n\n".join(filter(None, (answer, weighed)))


def _consents(it: Whole) -> str:
    """Return who has consented, and when."""
    given = [
        unbroken(f"{one.name} den {long_date(it.consents[one.person][1])}")
        for one in it.parts
        if it.consents.get(one.person, ("",))[0] == "givet"
    ]
    if not given or not it.matter.consents_at(it.age):
        return ""
    return f"Der er givet samtykke af {listed(given)}."
