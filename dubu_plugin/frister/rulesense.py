"""What makes no sense in a row of a rule file, though every word of it is right."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from dubu_plugin.domain.facts import FACTS
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.counting import Length, Unit
from dubu_plugin.frister.reaction import Value
from dubu_plugin.frister.rule import SURE, Kind, Subject

NUMBERED = frozenset({Kind.FRIST, Kind.UDLOEB, Kind.TIDLIGST})
UNNUMBERED = frozenset({Kind.PLIGT, Kind.FOER, Kind.LAAS})


ARRIVES: Final = frozenset({Haendelse.UNDERRETNING_MODTAGET, Haendelse.ANSOEGNING_MODTAGET})
ABOUT: Final = {
    Unit.HOURS: 1 / 24,
    Unit.HVERDAGE: 1.4,
    Unit.DAYS: 1,
    Unit.WEEKS: 7,
    Unit.MONTHS: 30,
}
"""About how many days each unit is."""


def slips(row: Any) -> Iterator[str]:
    """Yield in Danish what is wrong with a row, the first that should be put right first.

    :param row: something with the names of `Rule`.
    """
    yield from _hangs(row)
    yield from _facts(row)
    yield from _switched(row)
    yield from _counted(row)
    yield from _moved(row)
    yield from _kind(row)


def _hangs(row: Any) -> Iterator[str]:
    """What has just come in knows no case yet, so that nothing else can hang on it."""
    if row.subject not in (Subject.UNDERRETNING, Subject.KOMMUNE) and row.opens_on <= ARRIVES:
        said = " og ".join(sorted(row.opens_on & ARRIVES))
        if said:
            yield (
                f"subject = »{row.subject}« får aldrig en frist af {said}: da er der endnu ingen "
                "sag. Skriv subject = »underretning«, eller lad den åbne på underretning_vurderet"
            )


def _facts(row: Any) -> Iterator[str]:
    yield from _asked("when", row.when)
    for field in ("unless", "met_when", "met_on_case"):
        for asked in getattr(row, field).values():
            yield from _asked(field, asked)
    if strange := set(row.unless) - row.opens_on:
        yield f"unless nævner {', '.join(sorted(strange))}, som ikke står i opens_on"
    if strange := set(row.met_when) - row.met_by:
        yield f"met_when nævner {', '.join(sorted(strange))}, som ikke står i met_by"
    for field in ("from_fact", "due_fact"):
        name = getattr(row, field)
        if name and FACTS.get(name) is not date:
            yield f"{field} = »{name}« er ikke en dato, nogen hændelse siger"
        if not name and getattr(row, f"{field}_required"):
            yield f"{field}_required kræver {field}"


def _asked(field: str, asked: Mapping[str, frozenset[Value]]) -> Iterator[str]:
    known = ", ".join(sorted(FACTS))
    if unknown := set(asked) - FACTS.keys():
        yield (
            f"{field} spørger om {', '.join(sorted(unknown))}, som ingen hændelse siger; "
            f"den kan spørge om {known}"
        )
        return
    for name, allowed in asked.items():
        for value in allowed:
            if not _fits(name, value):
                yield f"{field}: {name} kan ikke være {value!r}; det er {_told(name)}"


def _switched(row: Any) -> Iterator[str]:
    if row.in_force_to and row.in_force_to < row.in_force_from:
        yield "in_force_to ligger før in_force_from"
    if row.on and not (row.opens_on and (row.met_by or row.lapses_with)):
        yield "en regel, der er slået til, skal have både opens_on og met_by, eller lapses_with"
    if row.on and row.confidence != SURE:
        yield f"en regel, der ikke er »{SURE}«, skal være slået fra: on = false"
    if not row.on and not row.off_because:
        yield "en regel, der er slået fra, skal sige hvorfor i off_because"
    if row.on and row.off_because:
        yield "off_because hører til en regel, der er slået fra"


def _counted(row: Any) -> Iterator[str]:
    numbered = row.length or row.before or row.on_date or row.age is not None or row.due_fact
    if row.warn_before and not numbered:
        yield "warn_before kræver en length at tælle tilbage fra"
    if row.warn_before and row.length and _days(row.warn_before) > _days(row.length):
        yield "warn_before er længere end length: varslet ville komme, før uret starter"
    starts = [row.age is not None, bool(row.from_fact), row.on_receipt]
    if sum(starts) > 1:
        yield "uret kan kun starte ét sted: vælg mellem age, from_fact og on_receipt"
    if row.length and row.length.count == 0 and row.kind not in UNNUMBERED:
        yield "length skal være mindst 1; skal det gøres straks, så skriv kind = »pligt« og 0 days"
    for field in ("before", "warn_before", "least_left", "due_fact_at_most", "covers"):
        if (span := getattr(row, field)) and span.count == 0:
            yield f"{field} skal være mindst 1; udelad den, hvis der ingen er"
    ends = [bool(row.length), bool(row.before), bool(row.on_date)]
    if sum(ends) > 1:
        yield "vælg én af length, before og on_date"
    if row.before and row.age is None and not row.from_fact:
        yield "before kræver age eller from_fact at tælle tilbage fra"
    if row.before and row.before.unit is Unit.HOURS:
        yield "before tælles i dage, uger, måneder eller hverdage"
    if row.month_end and not (row.length and row.length.unit is Unit.MONTHS):
        yield "month_end kræver en length i months"
    if row.due_fact_at_most and not row.due_fact:
        yield "due_fact_at_most kræver due_fact"
    if row.due_fact_required and row.length:
        yield "due_fact_required og length modsiger hinanden"


def _days(length: Length) -> float:
    """Return about how many days a length is."""
    return length.count * ABOUT[length.unit]


def _moved(row: Any) -> Iterator[str]:
    if bool(row.paused_by) != bool(row.resumed_by):
        yield "paused_by og resumed_by hører sammen"
    if row.put_off_by and not row.length:
        yield "put_off_by kræver en length: den regnes også fra dem"
    if row.least_left and not row.paused_by:
        yield "least_left kræver paused_by"
    if both := row.opens_on & row.met_by - (row.met_by if row.recurs else frozenset()):
        yield f"{', '.join(sorted(both))} både åbner og opfylder; det kræver recurs = true"
    if row.each and not row.recurs:
        yield "each kræver recurs = true"
    if row.each and row.corrected_by:
        yield "each og corrected_by kan ikke stå sammen: det ville rette dem alle"
    if row.covers and not row.each:
        yield "covers kræver each = true"
    if row.met_on_case and row.subject is not Subject.UNDERRETNING:
        yield "met_on_case hører til en regel om en underretning; andre kan bruge met_by"
    if row.while_running and not row.lapses_with:
        yield "while_running kræver lapses_with: det er det, den følger"
    if row.met_until and not row.met_by:
        yield "met_until kræver met_by: det er det, der gælder så længe"
    if both := row.met_by & row.annulled_by:
        yield f"{', '.join(sorted(both))} står både i met_by og annulled_by"


def _kind(row: Any) -> Iterator[str]:
    number = row.length or row.before or row.on_date or row.due_fact
    if row.kind is Kind.ALDER and row.age is None:
        yield "kind = »alder« kræver age"
    if row.kind in NUMBERED and not (number or row.age is not None):
        yield f"kind = »{row.kind}« kræver en length, en dato eller en alder; ellers er det pligt"
    zero = row.length and row.length.count == 0
    at_once = zero and row.kind is Kind.PLIGT and row.length.unit is Unit.DAYS
    if row.kind in UNNUMBERED and (number or row.age is not None) and not (row.due_fact or at_once):
        yield f"kind = »{row.kind}« har intet tal; fjern det, eller brug kind = »frist«"


def _fits(name: str, value: Value) -> bool:
    fact = FACTS[name]
    return value in fact if isinstance(fact, frozenset) else type(value) is fact


def _told(name: str) -> str:
    fact = FACTS[name]
    if isinstance(fact, frozenset):
        return f"et af {', '.join(sorted(fact))}"
    return {bool: "true eller false", int: "et tal", str: "en tekst"}.get(fact, "en dato")
