"""»Kendt om familien« in words: what came before, whose cases run, and who they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain.underretning import SOURCES, Henvendelse
from dubu_plugin.ports.journal import Journal
from dubu_plugin.ports.journal_objects import Kind, Ref
from dubu_plugin.store.family.known_family import Family, HostCase, OwnCase, ShutCase
from dubu_plugin.store.underretning.earlier import Earlier
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.web.naming import at_the_beginning, born_words, first_name
from dubu_plugin.web.sag.stands import standing_words
from dubu_plugin.web.sag.steps import WORDS, step_words

LOOKED_BACK: Final = timedelta(days=2 * 365)
"""How far back earlier underretninger are listed."""
YEAR: Final = timedelta(days=365)

INDSATS: Final = WORDS["indsats"]

TIES: Final = {
    "mor": "mor",
    "far": "far",
    "barn": "barn",
    "soeskende": "søskende",
    "partner": "partner",
    "bedsteforaelder": "bedsteforælder",
    "barnebarn": "barnebarn",
    "anden": "slægtning",
}


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """An earlier underretning."""

    day: date
    who: str
    what: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A case or a relative."""

    name: str
    detail: str
    url: str | None = None

    @property
    def title(self) -> str:
        """The same, where it is a case."""
        return self.name


@dataclass(frozen=True, slots=True)
class Known:
    """The whole box."""

    headline: str
    headline_note: str
    case_url: str | None
    earlier: Sequence[EarlierLine] = ()
    cases: Sequence[Line] = ()
    family: Sequence[Line] = ()
    note: str = ""
    is_looked_up: bool = False
    """The address book has not answered yet."""
    looked_up_again: str = ""
    """Where the box is fetched from, while the family is being looked up."""


NOTHING: Final = Known(
    "Vælg først, hvilket barn det er",
    "",
    None,
    note="Derefter vises tidligere underretninger, søskende og sager her.",
)


def known(
    family: Family, child: UUID, *, about: Underretning, matched: bool, journal: Journal,
    now: datetime,
) -> Known:  # fmt: skip
    """Return what is known.

    :param about: what is being looked at; counted where it is an underretning.
    :param matched: whether the address book has been asked.
    """
    if family.is_shut:
        return _elsewhere(family.shut[0])
    today = danish.danish_day(now)
    this = about.henvendelse in (Henvendelse.UNDERRETNING, Henvendelse.MELLEMKOMMUNAL)
    recent = sum(one.received_at > about.received_at - YEAR for one in family.earlier) + this
    number = danish.counted(recent, "underretning", "underretninger")
    of_whom = "(denne medregnet, søskende også)" if this else "(søskende medregnet)"
    own = next((one for one in family.own_cases if one.child == child), None)
    return Known(
        headline=f"{number if recent else 'Ingen underretninger'} på 12 måneder",
        headline_note="(denne)" if this and recent == 1 else of_whom if recent else "",
        case_url=f"/dubu/sag/{own.sag}" if own else None,
        earlier=[
            EarlierLine(
                danish.danish_day(one.received_at),
                at_the_beginning(first_name(family.names.get(one.child_id))),
                _happened(one),
                f"/dubu/indgang/{one.id}",
            )
            for one in family.earlier
        ],
        cases=[
            *(_own_case(one, family) for one in family.own_cases),
            *(_shut_case(one, family) for one in family.shut),
            *(_host_case(one, family, journal) for one in family.host_cases),
        ],
        family=[
            Line(
                one.person.name,
                ", ".join(
                    part
                    for part in (
                        TIES.get(one.tie, str(one.tie)),
                        born_words(one.person.born, one.person.due_date, today),
                        "beskyttet adresse" if one.person.protected_address else "",
                    )
                    if part
                ),
            )
            for one in family.relatives
        ],
        note="" if matched else "Familien slås op i adressebogen.",
        is_looked_up=not matched,
    )


def _happened(one: Earlier) -> str:
    by = SOURCES.get(one.underretter or "")
    said = f"Fra {by}" if by else "Underretning"
    then = step_words(one.next_step) or "ikke vurderet endnu"
    return f"{said}. {then.capitalize()}."


def _own_case(one: OwnCase, family: Family) -> Line:
    stands = standing_words(one.course, one.area, step=one.step, phase=one.phase)
    parts = [stands]
    if one.has_indsats and stands != INDSATS:
        parts.append("indsats i gang")
    if one.responsible_name:
        parts.append(one.responsible_name)
    name = at_the_beginning(first_name(family.names.get(one.child)))
    return Line(
        f"{name}: børnesag", " · ".join(part for part in parts if part), f"/dubu/sag/{one.sag}"
    )


PROTECTED: Final = "Beskyttet. Spørg lederen."
"""All that is said of what is protected, to who may not open it."""


def _elsewhere(case: ShutCase) -> Known:
    """Return the box where the child's case is another's: who has it, and nothing of the family."""
    if case.protected:
        return Known(PROTECTED, "", None)
    runs = "Der har været en sag" if case.closed else "Der kører en sag"
    where = f" i {case.unit_title}" if case.unit_title else ""
    note = "Den er ikke din at åbne. Vurdér underretningen her; de får besked om den."
    return Known(f"{runs}{where}", f"Ring til {_whom(case)}.", None, note=note)


def _shut_case(case: ShutCase, family: Family) -> Line:
    if case.protected:
        return Line("En i familien", PROTECTED)
    who = at_the_beginning(first_name(family.names.get(case.about)))
    runs = "har haft en sag" if case.closed else "har en sag"
    where = f" i {case.unit_title}" if case.unit_title else ""
    return Line(who, f"{runs}{where} · ring til {_whom(case)}")


def _whom(case: ShutCase) -> str:
    return f"lederen, {case.ring}" if case.ring else "lederen"


def _host_case(one: HostCase, family: Family, journal: Journal) -> Line:
    who = at_the_beginning(first_name(family.names.get(one.person)))
    phase = "lukket" if one.phase == "closed" else "åben"
    if one.protected:
        return Line(f"{who}: beskyttet sag", f"{phase} · spørg din leder")
    url = journal.url_for(Ref(journal.name, Kind.CASE, one.host_key))
    part = "" if one.primary else " · er part"
    return Line(f"{who}: {one.title}", f"{one.number or ''} · {phase}{part}".strip(" ·"), url)
