"""The right column: who else should see it, the kvittering, and what saving does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from markupsafe import Markup

from dubu_plugin.domain import danish
from dubu_plugin.domain.homes import comes_home
from dubu_plugin.domain.underretning import Henvendelse, Pligt
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.sag.sag_panel import OpenStep
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.usecases.dokument.notifier import CHILD_ITSELF
from dubu_plugin.web.naming import at_the_beginning
from dubu_plugin.web.underretning.assessment_form import Values
from dubu_plugin.web.underretning.read import Read
from dubu_plugin.web.underretning.view import Somebody

PARENTS: Final = frozenset({Tie.MOTHER, Tie.FATHER})
NEEDS: Final = "by-need by-need--address"
"""How a button looks that waits for an address to be typed."""


@dataclass(frozen=True, slots=True)
class Others:
    """Who else should see it, and why not more."""

    people: Sequence[Somebody]
    note: str


@dataclass(frozen=True, slots=True)
class LetterBox:
    """The kvittering as it would be sent."""

    title: str
    by: str
    paper: Markup | None = field(repr=False)
    note: str
    told: Mapping[str, Markup] = field(default_factory=dict, repr=False)
    """What a professional is told at the same time, by the next step."""


def others(facts: Read, child: str) -> Others | None:
    """Return who else should see it."""
    about = facts.about
    if about.henvendelse is Henvendelse.ANSOEGNING or about.state != underretninger.NEW:
        return None
    people = [
        Somebody(one.key, one.name, title=one.title or "teamleder", why="før fristen udløber")
        for one in facts.colleagues
        if one.key == facts.leader
    ]
    if facts.sag is not None and facts.sag.has_indsats:
        note = "§ 137 kræver, at en, der ikke har haft sagen, deltager. Vælg hvem i vurderingen."
    elif facts.family is not None and facts.family.is_shut:
        note = "Om § 137 kræver en ny person, ser de på, der har sagen."
    elif facts.family is None:
        note = "Om § 137 kræver en ny person, vises, når barnet er valgt."
    else:
        name = at_the_beginning(child)
        note = f"{name} får ikke støtte i dag. Derfor kræver § 137 ikke, at en ny person deltager."
    return Others(people, danish.unbroken(note))


def address(facts: Read, values: Values) -> str:
    """Return where the kvittering goes: as typed, else where the post came from, else nowhere."""
    typed: str = values["underretter_adresse"].strip()
    sender = facts.post.sender if facts.post else ""
    replied = "den adresse, den kom fra" if "@" in (sender or "") else ""
    if is_handed_over(facts, values):
        return "barnet selv"
    return typed or replied


def is_handed_over(facts: Read, values: Values) -> bool:
    """Tell whether it is the child that wrote or called, and left no e-mail address."""
    sender = facts.post.sender if facts.post else ""
    where = values["underretter_adresse"].strip() or sender or ""
    return values["underretter"] == CHILD_ITSELF and "@" not in where


def buttons(facts: Read, values: Values) -> Sequence[Somebody]:
    """Return the buttons that save, the one to use first: a letter needs somewhere to go."""
    if facts.vurdering is not None:
        return [Somebody("uden", "Gem rettelsen")]
    if facts.about.anonymous:
        return [Somebody("uden", "Gem vurderingen")]
    send = Somebody("send", "Gem og send kvittering")
    without = Somebody("uden", "Gem uden kvittering")
    # A letter needs somewhere to go: the button comes when an address is typed.
    return [send, without] if address(facts, values) else [without, replace(send, look=NEEDS)]


def nobody_to_write_to(facts: Read, values: Values) -> str:
    """Return what stands beside the buttons where a kvittering has nowhere to go, else nothing."""
    if facts.vurdering is not None or facts.about.anonymous or address(facts, values):
        return ""
    known = values["underretter_navn"] or values["underretter_sted"]
    missing = "adressen" if known else "navn og adresse"
    return f"Kvitteringen har ingen at gå til. Skriv {missing} under »Underretter«, hvis I har det."


def letter(
    facts: Read, values: Values, steps: Sequence[OpenStep], now: datetime
) -> LetterBox | None:
    """Return the kvittering."""
    about = facts.about
    if about.henvendelse is Henvendelse.ANSOEGNING or about.state != underretninger.NEW:
        return None
    due = next((step.due for step in steps if step.rule == "UND-KVIT"), None)
    by = ""
    if due is not None:
        day = danish.danish_day(due)
        when = danish.list_date(day, danish.danish_day(now))
        by = danish.unbroken(f"senest {danish.WEEKDAYS[day.weekday()]} {when}")
    if facts.receipt_paper is None:
        return LetterBox(
            "Kvittering", "", None,
            "Underretteren er anonym, så der er ingen at sende en kvittering til.",
        )  # fmt: skip
    where = address(facts, values)
    if not where and not (values["underretter_navn"] or values["underretter_sted"]):
        return LetterBox(
            "Kvittering", by, None,
            "Der er ingen at skrive til endnu. Skriv navn og adresse under »Underretter«. Vil "
            "personen være anonym, så sæt kryds ved det.",
        )  # fmt: skip
    if not where:
        note = "Der mangler en adresse. Skriv den under »Underretter«."
    elif is_handed_over(facts, values):
        note = (
            "Brevet sendes ikke til barnets hjem, hvor andre kan åbne det: print det, og giv det "
            "til barnet. Har barnet sin egen e-mail, så skriv den under »Underretter«."
        )
    else:
        note = f"Sendes til {where}, når underretningen er gemt i journalen."
    if values["pligt"] == Pligt.FAGPERSON:
        note += " Som fagperson (§ 133) får underretteren også at vide, hvad I sætter i gang."
    if values["underretter"] != CHILD_ITSELF:
        note += " Barnets navn og CPR-nummer står ikke i kvitteringen."
        if _is_at_home(facts, values):
            note += (
                " Adressen er barnets hjem. Kan andre der åbne brevet, så ring i stedet, og tryk "
                "»Gem uden kvittering«."
            )
    return LetterBox(
        "Kvittering", by, facts.receipt_paper, danish.unbroken(note), facts.told_papers
    )


def _is_at_home(facts: Read, values: Values) -> bool:
    """Tell whether the letter goes to where a parent lives; not told of a protected address."""
    parents = (
        one.person
        for one in (facts.family.relatives if facts.family else ())
        if one.tie in PARENTS and not one.person.protected_address
    )
    return any(comes_home(values["underretter_adresse"], one.address or "") for one in parents)


def follows(facts: Read, now: datetime) -> Sequence[str]:
    """Return what saving does."""
    again = facts.vurdering is not None
    lines = ["Vurderingen lægges på sagen som dokument, med et notat i journalen"]
    if not again:
        lines.append("24-timers fristen lukkes")
        if facts.about.sag_id is None:
            lines.append(
                "Barnets sag oprettes i journalen, hvis der ingen er, og originalen lægges på den"
            )
    if not again and not facts.about.anonymous:
        lines.append("Kvitteringen skrives, sendes og lægges på sagen, hvis du vælger det")
    if facts.about.professional and not again:
        lines += _orienting(facts)
    return [danish.unbroken(line) for line in lines]


def _orienting(facts: Read) -> Sequence[str]:
    """Return what saving with a kvittering tells a professional, and when."""
    said = (
        "Vælger du kvitteringen, og vælger du andet end screening, får fagpersonen samtidig at "
        "vide, hvad der er sat i gang (§ 138, stk. 2)"
    )
    waits = "Orienteringen venter, til den, du spørger, har bekræftet genvurderingen (§ 137)"
    asks = facts.sag is not None and facts.sag.has_indsats
    return [said, waits] if asks else [said]
