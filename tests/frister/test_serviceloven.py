"""The rows from before barnets lov: each counts as serviceloven did, and ends with 2023.

Days that matter in 2023: Friday 5 May (store bededag, the last one), Monday 5 June (Grundlovsdag),
and the clocks, which go back on 29 October. 2024 is a leap year.
"""

from datetime import date

import pytest

from dubu_plugin.domain.danish_time import understood
from dubu_plugin.frister.rule import BARNETS_LOV, Rule
from dubu_plugin.frister.rulebook import RuleBook
from tests.frister.examples import SUMMER, WINTER, Example, born

E = Example
FIRST, LAST = date(2022, 1, 24), date(2023, 12, 31)

EXAMPLES = [
    E("SEL § 155 stk. 2", "UND-24T", "2023-06-01T10:00", "2023-06-02T10:00:00+02:00"),
    # Store bededag is a helligdag in 2023: 8, 9, 10, 11, 12 and 15 May.
    E("SEL § 155 b stk. 1", "UND-KVIT", "2023-05-04", "2023-05-15" + SUMMER),
    E("SEL § 155 b stk. 2", "UND-ORIENT", "2023-06-01", None),
    E("SEL § 155 b stk. 3", "UND-ORIENT3", "2023-06-01", None),
    E("SEL § 155 a stk. 1", "UND-GENV", "2023-06-01", None),
    E("SEL § 155 a stk. 2-3", "UND-SAMTALE", "2023-06-01", None),
    E("SEL § 155 stk. 1", "UND-REG", "2023-06-01", None),
    E("SEL § 155 c", "UND-FRAVAER", "2023-06-01", None),
    E("SEL § 152", "UND-FLYT", "2023-06-01", None),
    E("SEL § 50 stk. 7", "BFU-4M", "2023-05-31", "2023-09-30" + SUMMER),
    E("SEL § 50 stk. 9", "BFU-4M-U", "2023-01-15", "2023-05-15" + SUMMER),
    E("SEL § 50 stk. 7, 2. pkt.", "BFU-FORL", "2023-09-30T23:59:59", "2023-09-30" + SUMMER),
    E("SEL § 51 stk. 1", "BFU-2M", "2023-12-31", "2024-02-29" + WINTER),
    E("SEL § 48", "BARN-INDD", "2023-06-01", None),
    E("SEL § 48 a", "BISIDDER", "2023-06-01", None),
    # Twelve years, where barnets lov has ten.
    E("SEL §§ 72, 167", "PART-10", "2023-01-01", "2023-06-10T00:00:00+02:00",
      born=born("2011-06-10")),
    E("SEL §§ 52, 58", "PART-15", "2023-01-01", "2023-06-10T00:00:00+02:00",
      born=born("2008-06-10")),
    E("SEL § 4 stk. 4", "AKUTTILB", "2023-07-03", "2023-07-24" + SUMMER),
    E("SEL § 66 c stk. 2", "PLEJE-INT", "2023-08-31", "2024-02-29" + WINTER),
    E("SEL § 78 stk. 1", "PRIVPLEJE", "2023-06-30", "2023-09-30" + SUMMER),
    E("SEL § 62 stk. 1", "GENB-1", "2023-03-02", "2024-03-02" + WINTER),
    E("SEL § 62 stk. 2", "GENB-2", "2022-02-28", "2024-02-28" + WINTER),
    E("SEL § 62 stk. 5", "GENB-3", "2022-03-01", "2025-03-01" + WINTER),
    E("SEL § 68 a", "GENB-PERM", "2023-06-01", None),
    E("SEL § 68 stk. 3", "HJEMG-7D", "2023-06-01", "2023-06-08" + SUMMER),
    E("SEL § 68 stk. 4", "HJEMG-PER", "2023-07-01", "2024-01-01" + WINTER),
    E("SEL § 71 stk. 2", "SAMV-4U", "2023-06-01", None),
    E("SEL § 174 stk. 2", "TAKST-12M", "2023-06-30", "2024-06-30" + SUMMER),
    E("SEL § 75 stk. 2", "AKUT-24T", "2023-10-28T12:00", "2023-10-29T11:00:00+01:00"),
    E("SEL § 75 stk. 3", "AKUT-7D", "2023-12-28T16:00", "2024-01-04" + WINTER),
    E("SEL § 75 stk. 4", "AKUT-1M", "2023-01-31", "2023-02-28" + WINTER),
    # A plan that could not wait had four months; barnets lov gives three.
    E("SEL § 140 stk. 1", "PLAN-3M", "2023-06-15", "2023-10-15" + SUMMER),
    E("SEL § 140 stk. 1", "PLAN-ANB", "2023-10-31", "2024-02-29" + WINTER),
    E("SEL §§ 140, 59", "PLAN-TVANG", "2023-06-01", None),
    E("SEL § 140 stk. 2", "UNGEPLAN", "2023-06-01", None),
    E("SEL § 70 stk. 4", "FORPLAN-REV", "2023-01-31", "2023-04-30" + SUMMER),
    E("SEL § 70 stk. 4", "FORPLAN-12M", "2022-02-28", "2023-02-28" + WINTER),
    E("SEL § 70 stk. 1", "OPF-1", "2023-03-15", "2023-06-15" + SUMMER),
    # At most six months between two, which barnets lov no longer says.
    E("SEL § 70 stk. 1", "OPF-N", "2023-11-15", "2024-05-15" + SUMMER),
    E("SEL § 148 stk. 2", "TILSYN-LOB", "2023-06-01", None),
    E("SEL § 70 stk. 2", "TILSYN-2", "2023-04-30", "2023-10-30" + WINTER),
    E("SEL § 101 stk. 4", "STOF-14D", "2023-06-01", "2023-06-15" + SUMMER),
    E("SEL § 19 a", "OVERG-16", "2023-01-01", "2023-09-01T00:00:00+02:00", born=born("2007-09-01")),
    E("SEL § 68 stk. 11", "UNGEST-6M", "2023-01-01", "2023-06-15" + SUMMER,
      born=born("2005-12-15")),
    E("SEL § 76 stk. 7", "UNGEST-23", "2022-06-01", "2023-05-01T00:00:00+02:00",
      born=born("2000-05-01")),
    E("SEL § 68 stk. 1", "OPHOER-18", "2023-01-01", "2023-06-10T00:00:00+02:00",
      born=born("2005-06-10")),
    E("SEL § 68 stk. 13", "UNGEST-30D", "2023-06-01", "2023-07-01" + SUMMER),
    E("SEL § 57 a stk. 6", "FORPAAL", "2022-03-01", "2023-03-01" + WINTER),
    E("SEL § 57 a stk. 6, 2. pkt.", "FORPAAL-6M", "2023-03-01", "2023-09-01" + SUMMER),
    E("SEL § 57 c stk. 1", "NETV-7D", "2023-06-01", "2023-06-08" + SUMMER),
    E("SEL § 57 d", "UDSLUS-6M", "2023-08-31", "2024-02-29" + WINTER),
    # Fourteen weeks are 98 days.
    E("SEL § 3 a", "VARSEL-14U", "2023-05-08", "2023-08-14" + SUMMER, {"forsendelse": "digital"}),
    E("SEL § 32 a stk. 4", "HJEMTRAEN", "2023-06-01", None),
    E("SEL § 11 stk. 8", "FAMVEJ", "2023-06-30", "2023-09-30" + SUMMER),
    E("SEL § 43", "SUPPL-3M", "2023-08-05", "2023-11-30" + WINTER),
    E("SEL § 45", "LEDSAG", "2023-03-31", "2023-09-30" + SUMMER),
    # Four weeks end on Monday 5 June, which is a day off for the citizen.
    E("RSL §§ 66-67", "KLAGE-4U", "2023-05-08", "2023-06-06" + SUMMER, {"forsendelse": "digital"}),
    E("SEL § 169 stk. 1", "RET-4U", "2023-05-08", "2023-06-06" + SUMMER),
    E("SEL § 64 stk. 7-8", "ANM-AST", "2023-06-01", None),
    # These acts did not change at new year.
    E("FVL § 16 stk. 2", "AKT-7", "2023-05-04", "2023-05-16" + SUMMER),
    E("OL § 36 stk. 2", "AKT-OL", "2023-06-01", "2023-06-12" + SUMMER),
    E("FVL § 23", "BEGR-14", "2023-06-01", "2023-06-15" + SUMMER),
    E("RSL § 3 stk. 2", "LOKALFRIST", "2023-06-01", "2023-07-14" + SUMMER,
      {"svarfrist": "2023-07-14"}),
]  # fmt: skip

NO_EARLIER_ROW = {
    # New in barnets lov.
    "SCR", "AFD", "BFU-BESL", "BFU-MIST", "BFU-SOSK", "BFU-2RAAD", "SAMV-8U", "IVAERK",
    "PLAN-STRAKS", "AKUT-HJEM", "AKUT-STED", "AKUT-1M-40", "AKUT-2M", "BFU-SNAREST",
    # An older bekendtgørelse that was not read, or nothing the source names.
    "LUKKET-3M", "UFOEDT", "MERUDG", "TABT-14U", "GENV-4U", "GENV-FASTH", "GENV-DELV",
    "OPSAET", "AST-8U",
    "MAGT-72", "ANM-ANB", "ANM-IND", "ANM-UND", "ANM-HCP", "ANM-STOF", "ANM-UDG",
    # Acts that are not read as they are now.
    "UFU-3U", "GDPR-1M", "GDPR-72",
}  # fmt: skip


REASONS = (
    "Ny i barnets lov", "Ingen", "Kilden", "En ældre", "Tidligere", "Forordningen",
    "SEL § 41 (årlig praksis; kravet stod ikke", "SEL §§ 42 og 3 a (afviklingens",
)  # fmt: skip


def in_force(rules: RuleBook, code: str, day: date) -> Rule:
    (found,) = [rule for rule in rules.versions[code] if rule.in_force(day)]
    return found


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_before_2024_the_law_came_to(rules: RuleBook, example: Example) -> None:
    start = understood(example.start)
    rule = in_force(rules, example.code, start.date())
    term = rule.term(start, example.data, example.born)
    assert (term and term.due.isoformat()) == example.due
    assert example.law.split(", 2. pkt.")[0].split(" stk.")[0].split(",")[0] in rule.law


def test_every_row_of_serviceloven_has_a_worked_example(rules: RuleBook) -> None:
    rows = {rule.code for rule in rules.rules if rule.in_force_to == LAST}
    assert rows - {example.code for example in EXAMPLES} == set()


def test_every_row_of_serviceloven_ends_where_barnets_lov_begins(rules: RuleBook) -> None:
    for rule in rules.rules:
        if "SEL" in rule.law:
            assert (rule.in_force_from, rule.in_force_to) == (FIRST, LAST), rule.code
            assert in_force(rules, rule.code, BARNETS_LOV).law != rule.law


def test_where_there_is_no_earlier_row_the_new_one_says_why(rules: RuleBook) -> None:
    then = {rule.code for rule in rules.on(date(2023, 6, 1))}
    assert rules.versions.keys() - then == NO_EARLIER_ROW
    for code in NO_EARLIER_ROW:
        for rule in rules.versions[code]:
            assert rule.sel_ref.startswith(REASONS), code


def test_no_number_is_invented_where_it_stood_elsewhere(rules: RuleBook) -> None:
    rule = in_force(rules, "HJEMTRAEN", date(2023, 6, 1))
    assert (rule.length, rule.on) == (None, False)
    assert "ikke er læst" in rule.off_because


def test_titles_of_2023_are_not_said_twice(rules: RuleBook) -> None:
    titles = [rule.title for rule in rules.on(date(2023, 6, 1))]
    assert len(titles) == len(set(titles))
