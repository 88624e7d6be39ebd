"""``dubu frister compute``: what a rule comes to from the moment its clock started."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, NoReturn

import typer

from dubu_plugin.cli.frister_rules import a_date, iso, rule_book
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import danish_day, long_date, moment_text, short_date
from dubu_plugin.domain.danish_time import is_skipped, is_twice, understood
from dubu_plugin.domain.facts import FACTS
from dubu_plugin.frister.counting import Term
from dubu_plugin.frister.rule import BARNETS_LOV, BORN, SENT_BY, Kind, Rule
from dubu_plugin.frister.starting import counts_on_from_fact
from dubu_plugin.frister.versions import version_of


@dataclass(frozen=True, slots=True)
class Computed:
    """What a rule came to."""

    rule: Rule
    term: Term | None
    begun_under: Rule | None
    """The row it began under where another one finishes it (§ 213)."""
    finished_under: Rule | None
    """The row that finishes it if it is not done at new year 2024, where there is no number."""
    later_than: datetime | None = None
    """The last moment the law allows, where the day that was said lies after it."""


def compute(
    rule: Annotated[str, typer.Argument(metavar="KODE", help="Reglens kode, fx UND-KVIT.")],
    start: Annotated[
        str, typer.Option("--from", help="Hvornår uret startede, fx 2026-12-23T10:00.")
    ],
    born: Annotated[
        str, typer.Option(help="Barnets fødselsdag, til regler om alder, fx 2010-05-14.")
    ] = "",
    fact: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAVN=VÆRDI",
            help="Noget hændelsen siger, som reglen regner fra, fx termin=2026-11-02.",
        ),
    ] = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Regn en frist ud fra det øjeblik, uret startede. Uden tidszone er det dansk tid.

    Af den time, der kommer to gange i oktober, menes den første.

    1, hvis reglen ikke gjaldt den dag.

    Eksempel: dubu frister compute UND-KVIT --from 2026-12-23T10:00 --json
    """
    anchor = _moment(start, "--from")
    versions = rule_book(config).versions.get(rule.upper())
    if versions is None:
        raise typer.BadParameter(
            f"Der er ingen regel med koden {rule}. Se koderne med »dubu frister on 2026-01-01«.",
            param_hint="KODE",
        )
    birthday = a_date(born, "--born") if born else None
    try:
        found = _computed(versions, anchor, fact or (), birthday)
    except (OverflowError, ValueError):
        raise typer.BadParameter(
            f"»{start}« ligger for langt ude til at regne fra. Reglerne begynder i 2022: skriv en "
            f"dato fra dengang eller senere, fx 2026-12-23T10:00.",
            param_hint="--from",
        ) from None
    if found.later_than is not None:
        last = long_date(danish_day(found.later_than))
        typer.echo(
            f"Efter {found.rule.law} kan det højst være til {last}. Der er regnet til den dag.",
            err=True,
        )
    if as_json:
        answer = {
            "rule": found.rule.code,
            "from": iso(anchor),
            "due": found.term and iso(found.term.due),
            "warn": found.term and iso(found.term.warn),
            "profile": found.rule.profile.value,
            "law": found.rule.law,
        }
        print(json.dumps(answer, ensure_ascii=False))
    else:
        _tell(found)


def _computed(
    versions: Sequence[Rule], anchor: datetime, given: Sequence[str], birthday: date | None
) -> Computed:
    """Return what a rule comes to under the row that decides it.

    A duty without a number is shown under the row in force when it began: whether it was done
    before new year 2024 is not known here.
    """
    day = danish_day(anchor)
    then = next((rule for rule in versions if rule.in_force(day)), None)
    started = then or version_of(versions, anchor)
    if started is None:
        _no(f"{versions[0].code} gjaldt ikke den {short_date(day)}.")
    data = _facts(started, given)
    _require(started, data, birthday)
    _insist_on_told_before(started, data, anchor)
    found = version_of(versions, anchor, data, birthday) or started
    later = found if then is not None and found is not then else None
    if then is not None and later is not None and then.term(anchor, data, birthday) is None:
        found = then
    else:
        _require(found, data, birthday)
    if birthday and not found.about_age(age := age_on(birthday, day)):
        _no(f"{found.code} gælder ikke for et barn på {age} år.")
    return Computed(
        found,
        found.term(anchor, data, birthday),
        begun_under=then if found is later else None,
        finished_under=later if found is not later else None,
        later_than=_later_than(found, anchor, data, birthday),
    )


def _later_than(
    rule: Rule, anchor: datetime, data: Mapping[str, object], born: date | None
) -> datetime | None:
    """Return the last moment the law allows where the day that was said lies after it."""
    given = data.get(rule.due_fact)
    last = rule.latest(anchor, data, born)
    return last if given and last and understood(str(given)) > last else None


def _no(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def _tell(found: Computed) -> None:
    rule, term = found.rule, found.term
    if term is None:
        print(f"{rule.title}: loven giver intet tal ({rule.law}).")
    else:
        when = "tidligst" if rule.kind is Kind.TIDLIGST else "senest"
        due, warn = moment_text(term.due), moment_text(term.warn)
        print(f"{rule.title}: {when} {due}, varsles {warn} ({rule.law}).")
    if found.begun_under is not None:
        print(
            f"Den begyndte under {found.begun_under.law} og var ikke udløbet ved årsskiftet, så "
            f"den færdiggøres efter barnets lov (§ 213 stk. 1)."
        )
    elif found.finished_under is not None:
        print(
            f"Var den ikke færdig ved årsskiftet 2023-2024, færdiggøres den efter "
            f"{found.finished_under.law} (barnets lov § 213 stk. 1)."
        )
    elif (
        term is not None
        and rule.in_force_to is not None
        and rule.in_force_to < BARNETS_LOV <= danish_day(term.due)
    ):
        print("Den var begyndt før barnets lov og består, som den var (§ 213 stk. 2).")
    if not rule.on:
        print(f"Reglen er slået fra: {rule.off_because}")


def _facts(rule: Rule, given: Sequence[str]) -> dict[str, object]:
    """Return what was said with ``--fact``, only what this rule counts from."""
    known = [name for name in (rule.from_fact, rule.due_fact) if name]
    known += [SENT_BY] if rule.on_receipt else []
    found: dict[str, object] = {}
    for text in given:
        name, _, value = text.partition("=")
        if name not in known:
            told = (
                f"Den regner fra {' og '.join(known)}." if known else "Den regner ikke fra nogen."
            )
            raise typer.BadParameter(
                f"{rule.code} kender ikke »{name}«. {told}", param_hint="--fact"
            )
        kind = FACTS[name]
        if isinstance(kind, frozenset) and value not in kind:
            raise typer.BadParameter(
                f"{name} er {', '.join(sorted(kind))}, ikke »{value}«.", param_hint="--fact"
            )
        if kind is date:
            a_date(value[:10], "--fact")
            _moment(value, "--fact")
        found[name] = value
    return found


def _require(rule: Rule, data: Mapping[str, object], born: date | None) -> None:
    """Ask for what the rule cannot be counted without."""
    for name in rule.missing(data, born):
        if name == BORN:
            raise typer.BadParameter(
                f"{rule.code} regnes fra fødselsdagen. Skriv den også, fx --born 2010-05-14.",
                param_hint="--born",
            )
        raise typer.BadParameter(
            f"{rule.code} regnes fra {name}. Skriv den også, fx --fact {name}=2026-11-02.",
            param_hint="--fact",
        )


def _insist_on_told_before(rule: Rule, data: Mapping[str, object], anchor: datetime) -> None:
    """Refuse a day a clock counts on from that lies after what set the clock going."""
    given = data.get(rule.from_fact) if counts_on_from_fact(rule) else None
    if given is not None and danish_day(understood(str(given))) > danish_day(anchor):
        raise typer.BadParameter(
            f"{rule.from_fact} kan ikke ligge efter den dag, uret blev sat i gang (--from). "
            f"Ret en af dem.",
            param_hint="--fact",
        )


def _moment(text: str, where: str) -> datetime:
    """Return the moment of a text; an hour that does not exist is asked for again."""
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"»{text}« er ikke et tidspunkt. Skriv fx 2026-12-23T10:00.", param_hint=where
        ) from None
    if is_skipped(local):
        raise typer.BadParameter(
            f"Kl. {local:%H.%M} den {long_date(local.date())} findes ikke: den nat stilles urene "
            f"frem fra kl. 02.00 til 03.00. Skriv et tidspunkt før kl. 02.00 eller fra kl. 03.00.",
            param_hint=where,
        )
    if is_twice(local) and not local.fold:
        typer.echo(
            f"Kl. {local:%H.%M} er der to gange den nat, for urene stilles tilbage. Her menes den "
            f"første; skriv {text}+01:00, hvis det er den anden.",
            err=True,
        )
    return understood(text)
