"""Where a rule's clock starts, whom it is about, and what it cannot be counted without."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import understood
from dubu_plugin.frister.rule import BORN, MISSED, Rule
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.rulefile import RuleError
from dubu_plugin.frister.versions import version_of
from tests.frister.rows import START

MOMENT = understood("2026-05-04T10:00")


@pytest.fixture
def made(tmp_path: Path) -> "Made":
    return Made(tmp_path)


class Made:
    """Rules made of a few lines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *lines: str) -> Rule:
        (rule,) = self.book(*lines).rules
        return rule

    def book(self, *lines: str) -> RuleBook:
        text = START + "\n".join(lines) + "\n"
        (self.folder / "made.toml").write_text(text, encoding="utf-8")
        return RuleBook.load([self.folder])

    def refused(self, *lines: str) -> str:
        with pytest.raises(RuleError) as slip:
            self.book(*lines)
        return slip.value.reason


def due(rule: Rule, data: dict[str, object] | None = None, born: date | None = None) -> str | None:
    term = rule.term(MOMENT, data or {}, born)
    return term.due.isoformat() if term else None


# -- where the clock starts ------------------------------------------------------------------------


def test_a_fact_that_starts_the_clock_wins_over_when_it_was_told(made: Made) -> None:
    rule = made('length = "4 months"', 'from_fact = "kendskab"')
    assert due(rule, {"kendskab": "2026-04-01"}) == "2026-08-01T23:59:59+02:00"
    assert due(rule, {"kendskab": "2026-04-01T22:30:00+00:00"}) == "2026-08-02T23:59:59+02:00"
    assert due(rule, {"kendskab": None}) == "2026-09-04T23:59:59+02:00"
    assert due(rule) == "2026-09-04T23:59:59+02:00"


def test_without_a_fact_that_is_required_there_is_no_deadline(made: Made) -> None:
    rule = made('kind = "tidligst"', 'from_fact = "termin"', "from_fact_required = true",
                'before = "3 months"')  # fmt: skip
    assert rule.missing({}) == ["termin"]
    assert due(rule) is None
    assert rule.missing({"termin": "2026-08-31"}) == []
    assert due(rule, {"termin": "2026-08-31"}) == "2026-05-31T00:00:00+02:00"


def test_a_day_that_was_set_wins_over_the_length(made: Made) -> None:
    rule = made('length = "12 months"', 'due_fact = "ende"')
    assert due(rule) == "2027-05-04T23:59:59+02:00"
    assert due(rule, {"ende": "2026-12-01"}) == "2026-12-01T23:59:59+01:00"
    # A moment is due at that moment; a date on a day off stays, as it is the authority's own.
    assert due(rule, {"ende": "2026-12-01T11:00:00+00:00"}) == "2026-12-01T12:00:00+01:00"
    assert due(rule, {"ende": "2026-12-25"}) == "2026-12-25T23:59:59+01:00"


def test_a_day_later_than_the_law_allows_counts_as_the_last_it_allows(made: Made) -> None:
    rule = made('length = "8 weeks"', 'due_fact = "ende"', 'due_fact_at_most = "8 weeks"')
    assert due(rule, {"ende": "2026-06-01"}) == "2026-06-01T23:59:59+02:00"
    assert due(rule, {"ende": "2026-06-29"}) == "2026-06-29T23:59:59+02:00"
    assert due(rule, {"ende": "2030-06-30"}) == due(rule) == "2026-06-29T23:59:59+02:00"
    longer = made('length = "3 weeks"', 'due_fact = "ende"', 'due_fact_at_most = "6 weeks"')
    assert due(longer, {"ende": "2026-06-15"}) == "2026-06-15T23:59:59+02:00"
    assert due(longer, {"ende": "2026-06-16"}) == "2026-06-15T23:59:59+02:00"


def test_a_day_after_the_birthday_a_rule_ends_on_counts_as_the_birthday(made: Made) -> None:
    rule = made('kind = "udloeb"', "age = 23", 'due_fact = "ende"')
    born = date(2008, 5, 14)
    assert due(rule, {"ende": "2027-05-14"}, born) == "2027-05-14T23:59:59+02:00"
    assert due(rule, {"ende": "2040-01-01"}, born) == "2031-05-14T00:00:00+02:00"


def test_a_day_set_for_a_citizen_moves_off_a_day_off(made: Made) -> None:
    rule = made('due_fact = "svarfrist"', 'profile = "hverdag_citizen"')
    assert due(rule, {"svarfrist": "2026-12-24"}) == "2026-12-28T23:59:59+01:00"


def test_without_a_birthday_there_is_no_deadline_yet(made: Made) -> None:
    rule = made('kind = "alder"', "age = 18")
    assert rule.missing({}) == [BORN]
    assert due(rule) is None
    assert due(rule, born=date(2008, 5, 14)) == "2026-05-14T00:00:00+02:00"


def test_a_length_from_a_birthday_runs_from_the_decision_where_that_is_later(made: Made) -> None:
    rule = made('length = "3 months"', "age = 16")
    assert due(rule, born=date(2010, 9, 1)) == "2026-12-01T23:59:59+01:00"
    assert due(rule, born=date(2009, 9, 1)) == "2026-08-04T23:59:59+02:00"


def test_a_fact_that_is_no_date_is_an_error(made: Made) -> None:
    rule = made('length = "4 months"', 'from_fact = "kendskab"')
    with pytest.raises(ValueError, match="isoformat"):
        due(rule, {"kendskab": "i går"})
    with pytest.raises(ValueError, match="no date"):
        due(rule, {"kendskab": 7})


@given(st.integers(0, 3000).map(lambda days: datetime(2020, 1, 1, 9, tzinfo=UTC) + timedelta(days)))
def test_every_shipped_rule_warns_no_later_than_it_is_due(rules: RuleBook, at: datetime) -> None:
    facts = {"termin": "2026-08-31", "naeste_opfoelgning": "2026-08-31", "svarfrist": "2026-08-31"}
    for rule in rules.rules:
        term = rule.term(at, facts, date(2009, 2, 28))
        assert term is None or term.warn.astimezone(UTC) <= term.due.astimezone(UTC)


# -- whom it is about ------------------------------------------------------------------------------


def test_a_duty_may_be_due_at_once(made: Made) -> None:
    rule = made('kind = "pligt"', 'length = "0 days"')
    term = rule.term(MOMENT)
    assert term is not None
    assert danish_day(term.due) == danish_day(MOMENT)
    assert rule.kind not in MISSED


def test_an_age_rules_out_only_a_child_whose_age_is_known(made: Made) -> None:
    rule = made('kind = "pligt"', 'ages = "0-15"')
    assert rule.applies({}, born=date(2010, 5, 5), at=MOMENT)
    assert not rule.applies({}, born=date(2010, 5, 4), at=MOMENT)  # sixteen today
    assert rule.applies({}, born=None, at=MOMENT)
    assert rule.applies({}, born=date(2026, 9, 1), at=MOMENT)  # not born yet


# -- § 213 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("transition", "start", "runs"),
    [
        ("ny", "2023-12-29", True),
        ("ny", "2023-12-25", True),  # seven days: due on 1 January
        ("ny", "2023-12-24", False),  # due on 31 December, under serviceloven
        ("bestaar", "2023-12-29", False),
        ("bestaar", "2024-01-01", True),
    ],
)
def test_bl_213_what_was_not_finished_is_finished_under_barnets_lov(
    made: Made, transition: str, start: str, runs: bool
) -> None:
    rule = made('length = "7 days"', f'transition = "{transition}"')
    found = version_of([rule], understood(start))
    assert (found is rule) == runs


# -- what makes no sense ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (['kind = "frist"'], "kræver en length"),
        (['kind = "udloeb"'], "kræver en length"),
        (['kind = "pligt"', 'length = "6 days"'], "har intet tal"),
        (['kind = "foer"', 'length = "6 days"'], "har intet tal"),
        (['kind = "foer"', 'length = "0 days"'], "har intet tal"),
        (['kind = "laas"', "age = 18"], "har intet tal"),
        (['kind = "alder"', 'length = "6 days"'], "kræver age"),
        (['kind = "alder"', "age = 18", 'from_fact = "termin"'], "kun starte ét sted"),
        (['length = "0 hours"'], "length skal være mindst 1"),
        (['length = "0 days"'], "length skal være mindst 1"),
        (['kind = "pligt"', 'length = "0 hours"'], "har intet tal"),
        (['length = "6 days"', 'warn_before = "0 days"'], "warn_before skal være mindst 1"),
        (['length = "6 days"', 'on_date = "04-15"'], "vælg én af"),
        (['length = "6 days"', 'before = "6 months"'], "vælg én af"),
        (['before = "6 months"'], "before kræver"),
        (["age = 18", 'before = "6 hours"'], "before tælles"),
        (['length = "6 days"', "month_end = true"], "month_end kræver"),
        (['due_fact = "svarfrist"', "due_fact_required = true", 'length = "6 days"'], "modsiger"),
        (['length = "6 days"', "due_fact_required = true"], "kræver due_fact"),
        (['length = "2 hverdage"', 'warn_before = "30 days"'], "længere end length"),
        (['length = "6 days"', 'due_fact_at_most = "6 days"'], "kræver due_fact"),
        (['length = "6 days"', 'from_fact = "grund"'], "er ikke en dato"),
        (['length = "6 days"', 'from_fact = "termn"'], "er ikke en dato"),
        (['length = "6 days"', 'paused_by = ["aktindsigt_anmodet"]'], "hører sammen"),
        (['length = "6 days"', 'least_left = "14 days"'], "least_left kræver"),
        (['length = "6 days"', 'annulled_by = ["opfoelgning_afholdt"]'], "både i met_by"),
        (['kind = "pligt"', 'ages = "17-0"'], "»ages«"),
        (['on_date = "02-30"'], "»on_date«: skriv måned og dag"),
        (['kind = "pligt"', 'when = { grund = "regn" }'], "grund kan ikke være 'regn'"),
        (['kind = "pligt"', 'when = { plan = "ja" }'], "plan kan ikke være 'ja'"),
        (['kind = "pligt"', 'when = { frist = "TEST-9" }'], "TEST-9, som ingen regel hedder"),
        (['kind = "ønske"'], "»kind« kender ikke"),
        (['kind = "pligt"', 'severity = "vigtig"'], "»severity« kender ikke"),
        (['kind = "pligt"', 'off_because = "Derfor."'], "off_because hører til"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(
    made: Made, lines: list[str], reason: str
) -> None:
    assert reason in made.refused(*lines)


def test_what_both_opens_and_meets_must_say_it_recurs(made: Made) -> None:
    line = 'corrected_by = ["underretning_modtaget"]'
    both = START.replace('["opfoelgning_afholdt"]', '["indsats_ivaerksat"]') + 'kind = "pligt"\n'
    (made.folder / "made.toml").write_text(both + line, encoding="utf-8")
    with pytest.raises(RuleError, match="kræver recurs"):
        RuleBook.load([made.folder])
    (made.folder / "made.toml").write_text(both + "recurs = true\n" + line, encoding="utf-8")
    assert RuleBook.load([made.folder]).rules[0].recurs


def test_a_rule_that_is_not_sure_cannot_be_delivered_on(tmp_path: Path) -> None:
    text = START.replace('"sikker"', '"Ikke læst."') + 'kind = "pligt"\n'
    (tmp_path / "made.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match="skal være slået fra"):
        RuleBook.load([tmp_path])
