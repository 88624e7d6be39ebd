"""Tabt arbejdsfortjeneste: the earlier pay of the hours that are granted, up to the maximum.

Source: barnets lov § 87, stk. 3; bekendtgørelse 1064 of 27 August 2025, §§ 9-12, 14-16 and 19-20.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.beregning.linjer import Ark, Beregning, Ydelse, number, rounded
from dubu_plugin.domain.danish import amount as kroner
from dubu_plugin.domain.satser import YES, Satser

LAW: Final = "§ 87, stk. 3"
HUNDRED: Final = Decimal(100)
MONTHS: Final = Decimal(12)


class Loen(StrEnum):
    """How the parent was paid. The value is stored."""

    MAANED = "maaned"
    """By the month; hours are hours a week."""
    TIME = "time"
    """By the hour; hours are hours a month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TabtInput:
    """What a reckoning starts from. Amounts in kroner before tax."""

    hours: Decimal
    """Granted: hours a week, or a month where the parent is paid by the hour."""
    full_hours: Decimal
    """The parent's whole working time, in the same hours."""
    pay: Decimal
    """The earlier pay of the whole working time: a month, or an hour."""
    paid_by: Loen = Loen.MAANED
    employer_pension: Decimal = Decimal(0)
    """What the employer paid to a pension a month; zero where there was none (§ 11)."""
    civil_servant: bool = False
    """A tjenestemand of the state: fifteen per cent counts as the employer's (§ 11, stk. 2)."""
    saved: Decimal = Decimal(0)
    """What the parent saves a month by not working, such as transport (§ 12)."""


def tabt(given: TabtInput, satser: Satser, day: date) -> Beregning:
    """Return what a parent gets a month.

    Every amount is rounded as the rate ``tabt_afrunding`` says; the law has no rule of it.

    :raises dubu_plugin.domain.satser.NoSats: a rate is not there on the day.
    :raises ValueError: the hours are none, or more than the whole working time, or pay is none.
    """
    if not 0 < given.hours <= given.full_hours or given.pay <= 0:
        raise ValueError("hours or pay")
    ark = Ark(satser, day)
    to = ark.rate("tabt_afrunding")
    share = f"{number(given.hours)} / {number(given.full_hours)}"
    lost = rounded(_lost(given), to)
    if given.paid_by is Loen.TIME:
        worked = f"{number(given.hours)} timer × {kroner(given.pay)} = {kroner(lost)}"
    else:
        worked = f"{share} × {kroner(given.pay)} = {kroner(lost)}"
    ark.says("Tidligere løn for timerne", worked, "§ 9 og § 10 i bekendtgørelsen")
    most = ark.rate("tabt_loft")
    cap = rounded(most * given.hours / given.full_hours, to)
    reached = "Loftet er nået" if lost > cap else "Loftet er ikke nået"
    ark.says("Højst", f"{share} × {kroner(most)} = {kroner(cap)} {reached}", LAW)
    gross = min(lost, cap)
    ark.says("Ydelse om måneden før skat", kroner(gross), LAW, total=True)
    _pension(ark, given, gross, to)
    _holiday(ark, gross, to)
    if given.saved:
        ark.says(
            "Sparede udgifter",
            f"{kroner(given.saved)} om måneden trækkes fra, når skat, arbejdsmarkedsbidrag og ATP "
            f"er regnet ud",
            "§ 12 i bekendtgørelsen",
        )
    ark.says("ATP", "Efter ATP-lovens satser: Kommunen betaler 2/3 og modtageren 1/3", LAW)
    return ark.done(Ydelse.TABT, gross)


def regulated(before: Decimal, share: Decimal, satser: Satser, day: date) -> Beregning:
    """Return what a running benefit is from the first of January of a day's year (§ 14).

    :param before: what it was a month until then.
    :param share: the granted hours' part of the whole working time.
    :raises dubu_plugin.domain.satser.NoSats: a rate is not there on the day.
    """
    ark = Ark(satser, day)
    to = ark.rate("tabt_afrunding")
    more = ark.rate("tabt_regulering")
    raised = rounded(before * (1 + more / HUNDRED), to)
    ark.says(
        "Regulering 1. januar",
        f"{kroner(before)} + {number(more)} % = {kroner(raised)}",
        "§ 14 i bekendtgørelsen",
    )
    most = ark.rate("tabt_loft")
    cap = rounded(most * share, to)
    reached = "Loftet er nået" if raised > cap else "Loftet er ikke nået"
    ark.says("Højst", f"{kroner(cap)} {reached}", LAW)
    gross = min(raised, cap)
    ark.says("Ydelse om måneden før skat", kroner(gross), LAW, total=True)
    return ark.done(Ydelse.TABT, gross)


def _lost(given: TabtInput) -> Decimal:
    if given.paid_by is Loen.TIME:
        return given.hours * given.pay
    return given.pay * given.hours / given.full_hours


def _pension(ark: Ark, given: TabtInput, gross: Decimal, to: Decimal) -> None:
    law = "§ 11 i bekendtgørelsen"
    if not given.employer_pension and not given.civil_servant:
        ark.says("Pension", "Ingen: Der var ikke en ordning, arbejdsgiveren betalte til", law)
        return
    per_cent = ark.rate("tabt_pension")
    own = rounded(gross * per_cent / HUNDRED, to)
    before, how = given.employer_pension, kroner(given.employer_pension)
    if given.civil_servant:
        servant = ark.rate("tabt_pension_tjenestemand")
        whole = given.pay * (given.full_hours if given.paid_by is Loen.TIME else 1)
        before = rounded(whole * servant / HUNDRED, to)
        how = f"{number(servant)} % × {kroner(whole)}"
    cap = before
    if ark.rate("tabt_pension_andel") == YES:
        cap = rounded(before * given.hours / given.full_hours, to)
        how = f"{number(given.hours)} / {number(given.full_hours)} × {how}"
    paid = min(own, cap)
    ark.says("Pension", f"{number(per_cent)} % × {kroner(gross)} = {kroner(own)}", LAW)
    ark.says("Pension, højst det hidtidige bidrag", f"{how} = {kroner(cap)}", law)
    ark.says("Pension om måneden", kroner(paid), law)


def _holiday(ark: Ark, gross: Decimal, to: Decimal) -> None:
    per_cent = ark.rate("tabt_ferie")
    year = rounded(gross * MONTHS * per_cent / HUNDRED, to)
    ark.says(
        "Tillæg til ferie",
        f"{number(per_cent)} % × 12 × {kroner(gross)} = {kroner(year)} for et helt år, udbetalt 1. "
        f"maj året efter",
        "§ 15 i bekendtgørelsen",
    )
