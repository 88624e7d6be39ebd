"""A worked example of every rule, counted by hand from the law with a calendar on the table.

Helligdage that matter: 2 and 3 April (skærtorsdag, langfredag), 6 April (2. påskedag), 14 May
(Kristi himmelfart) and 25 May (2. pinsedag) 2026. The clocks change on 29 March and 25 October
2026, and on 28 March 2027.
"""

import pytest

from dubu_plugin.domain.danish_time import understood
from dubu_plugin.frister.rule import SURE, Subject
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.versions import version_of
from tests.frister.examples import SUMMER, WINTER, Example, born

E = Example

EXAMPLES = [
    # -- underretning: Friday afternoon; a Tuesday in the week of Kristi himmelfart
    E("BL § 136 stk. 2", "UND-24T", "2026-05-01T15:30", "2026-05-02T15:30:00+02:00"),
    E("BL § 136 stk. 2", "UND-24T", "2026-10-24T18:00", "2026-10-25T17:00:00+01:00"),
    E("BL § 138 stk. 1", "UND-KVIT", "2026-05-12", "2026-05-21" + SUMMER),
    # § 213: came in under serviceloven, not finished: 29 December, 2, 3, 4, 5 and 8 January.
    E("BL § 213 stk. 1", "UND-KVIT", "2023-12-28T10:00", "2024-01-08" + WINTER),
    E("BL § 138 stk. 2", "UND-ORIENT", "2026-05-01", None),
    E("BL § 138 stk. 3", "UND-ORIENT3", "2026-05-01", None),
    E("BL § 137 stk. 1", "UND-GENV", "2026-05-01", None),
    E("BL § 137 stk. 3-4", "UND-SAMTALE", "2026-05-01", None),
    E("BL § 136 stk. 1", "UND-REG", "2026-05-01", None),
    E("BL § 134", "UND-FRAVAER", "2026-05-01", None),
    E("BL § 132", "UND-FLYT", "2026-05-01", None),
    # -- undersøgelse
    E("BL § 18", "SCR", "2026-05-01", None),
    E("BL § 19", "AFD", "2026-05-01", None),
    E("BL § 20 stk. 1", "BFU-BESL", "2026-05-01", None),
    E("BL § 20 stk. 1, nr. 2", "BFU-MIST", "2026-05-01", None),
    E("BL § 20 stk. 3", "BFU-4M", "2026-05-01T15:30", "2026-09-01" + SUMMER),
    E("BL § 20 stk. 3", "BFU-4M", "2026-10-31", "2027-02-28" + WINTER),
    E("BL § 20 stk. 3", "BFU-4M", "2026-06-10", "2026-09-01" + SUMMER, {"kendskab": "2026-05-01"}),
    E("BL § 26 stk. 3", "BFU-4M-U", "2026-01-15", "2026-05-15" + SUMMER),
    E("BL § 20 stk. 3, 2. pkt.", "BFU-FORL", "2026-09-01T23:59:59", "2026-09-01" + SUMMER),
    E("BL § 20 stk. 3, 2. pkt.", "BFU-SNAREST", "2026-09-02", "2026-10-01" + SUMMER,
      {"ventes_faerdig": "2026-10-01"}),
    # The law says soon: a day further out than the undersøgelse's own months is none of it.
    E("BL § 20 stk. 3, 2. pkt.", "BFU-SNAREST", "2026-09-02", "2027-01-02" + WINTER,
      {"ventes_faerdig": "2027-06-01"}),
    E("BL § 23 stk. 1", "BFU-2M", "2026-12-31", "2027-02-28" + WINTER),
    E("BL § 21 stk. 2-3", "BFU-SOSK", "2026-05-01", None),
    E("BL § 21 stk. 5", "BFU-2RAAD", "2026-05-01", None),
    # -- inddragelse og parter: ages at midnight, also of somebody born on 29 February
    E("BL § 5 stk. 3-4", "BARN-INDD", "2026-05-01", None),
    E("BL § 6", "BISIDDER", "2026-05-01", None),
    E("BL § 3", "PART-10", "2026-01-01", "2026-05-14T00:00:00+02:00", born=born("2016-05-14")),
    E("BL § 3", "PART-10", "2026-01-02", "2026-03-01T00:00:00+01:00", born=born("2016-02-29")),
    E("BL § 46", "PART-15", "2026-01-01", "2027-03-01T00:00:00+01:00", born=born("2012-02-29")),
    # -- afgørelse
    E("BL § 10 stk. 3", "IVAERK", "2026-05-01", None),
    # New Year's Day is a helligdag, and the authority's own deadline stays there.
    E("BL § 33 stk. 1", "STOF-14D", "2026-12-18", "2027-01-01" + WINTER),
    E("RSL § 3 stk. 2", "LOKALFRIST", "2026-05-01", "2026-06-26" + SUMMER,
      {"svarfrist": "2026-06-26"}),
    E("RSL § 68", "ANKE-FOELG", "2026-05-01", "2026-05-15" + SUMMER, {"ankestyrelsen": "ophaevet"}),
    E("RSL § 68", "ANKE-IGEN", "2026-05-01", "2026-05-15" + SUMMER,
      {"ankestyrelsen": "hjemvist", "hjaelp_ophoert": True}),
    E("RSL § 3 a", "HJEMVIST", "2026-05-01", "2026-06-26" + SUMMER),
    # -- handicap: 14 weeks are 98 days
    E("BL § 11", "VARSEL-14U", "2026-05-04", "2026-08-10" + SUMMER, {"forsendelse": "digital"}),
    # On paper: 5, 6, 7, 8, 11 and 12 May, so received Tuesday 12 May.
    E("BL § 11", "VARSEL-14U", "2026-05-04", "2026-08-18" + SUMMER, {"forsendelse": "brev"}),
    E("BL § 85 stk. 4", "HJEMTRAEN", "2026-02-10", "2026-08-10" + SUMMER),
    E("BL § 81 stk. 4", "FAMVEJ", "2026-11-30", "2027-02-28" + WINTER),
    E("BEK 1064/2025 § 6", "MERUDG", "2026-05-01", None),
    E("BEK 1064/2025 § 17", "TABT-14U", "2026-09-30", "2027-01-06" + WINTER),
    E("BL § 88", "SUPPL-3M", "2026-11-05", "2027-02-28" + WINTER),
    E("BL § 89", "LEDSAG", "2026-03-31", "2026-09-30" + SUMMER),
    # -- pålæg og ungdomskriminalitet
    E("BL § 38 stk. 5", "FORPAAL", "2026-03-01", "2027-03-01" + WINTER),
    E("BL § 38 stk. 5", "FORPAAL", "2026-03-01", "2026-12-01" + WINTER, {"ende": "2026-12-01"}),
    E("BL § 38 stk. 5, 2. pkt.", "FORPAAL-6M", "2026-08-31", "2027-02-28" + WINTER),
    E("BL § 38 stk. 5, 2. pkt.", "FORPAAL-6M", "2027-03-01", "2027-07-01" + SUMMER,
      {"ende": "2027-07-01"}),
    # Skærtorsdag counts: these are calendar days.
    E("BL § 130 stk. 1", "NETV-7D", "2026-04-02", "2026-04-09" + SUMMER),
    E("BL § 131", "UDSLUS-6M", "2026-08-31", "2027-02-28" + WINTER),
    E("LUK § 29 stk. 2", "UFU-3U", "2026-05-04", "2026-05-25" + SUMMER),
    # -- anbringelse
    E("BL § 12 stk. 3", "AKUTTILB", "2026-07-24", "2026-08-14" + SUMMER),
    E("BL § 56 stk. 2", "PLEJE-INT", "2026-08-31", "2027-02-28" + WINTER),
    E("BEK 980/2025 § 9", "LUKKET-3M", "2026-01-15", "2026-04-15" + SUMMER),
    E("BL § 49 stk. 3", "UFOEDT", "2026-01-05", "2026-02-28T00:00:00+01:00",
      {"termin": "2026-05-31"}),
    E("BL § 42 stk. 1", "PRIVPLEJE", "2026-06-30", "2026-09-30" + SUMMER),
    # -- planer
    E("BL § 91 stk. 1", "PLAN-3M", "2026-04-15", "2026-07-15" + SUMMER),
    E("BL § 91 stk. 2", "PLAN-ANB", "2026-11-30", "2027-02-28" + WINTER),
    E("BL § 91 stk. 2", "PLAN-TVANG", "2026-05-01", None),
    E("BL § 91 stk. 2", "PLAN-STRAKS", "2026-05-01", "2026-05-01" + SUMMER),
    E("BL § 108 stk. 3", "UNGEPLAN", "2026-01-15", "2026-09-10" + SUMMER, born=born("2010-06-10")),
    E("BL § 108 stk. 3", "UNGEPLAN", "2026-08-01", "2026-11-01" + WINTER, born=born("2010-06-10")),
    E("BL § 79 stk. 2", "FORPLAN-REV", "2026-01-31", "2026-04-30" + SUMMER),
    E("BL § 79 stk. 3", "FORPLAN-12M", "2028-02-29", "2029-02-28" + WINTER),
    # -- opfølgning og tilsyn
    E("BL § 95 stk. 2", "OPF-1", "2026-03-15", "2026-06-15" + SUMMER),
    E("BL § 95 stk. 3-4, § 156 stk. 2", "OPF-N", "2026-06-10", "2026-11-20" + WINTER,
      {"naeste_opfoelgning": "2026-11-20"}),
    E("BL § 156 stk. 2", "TILSYN-LOB", "2026-05-01", None),
    E("BL § 156 stk. 5-6", "TILSYN-2", "2026-04-30", "2026-10-30" + WINTER),
    # -- genbehandling
    E("BL § 50 stk. 1", "GENB-1", "2026-03-02", "2027-03-02" + WINTER),
    E("BL § 50 stk. 4", "GENB-1", "2026-03-02", "2026-12-01" + WINTER,
      {"genbehandling_senest": "2026-12-01"}),
    E("BL § 50 stk. 2", "GENB-2", "2026-02-28", "2028-02-28" + WINTER),
    E("BL § 50 stk. 5", "GENB-3", "2024-02-29", "2027-02-28" + WINTER),
    E("BL § 50 stk. 7", "GENB-PERM", "2026-05-01", None),
    # -- akut: over the night the clocks go back, and over Christmas
    E("BL § 143 stk. 3", "AKUT-24T", "2026-10-24T12:00", "2026-10-25T11:00:00+01:00"),
    E("BL § 143 stk. 4", "AKUT-7D", "2026-12-24T16:00", "2026-12-31" + WINTER),
    E("BL § 143 stk. 4", "AKUT-HJEM", "2026-05-01", "2026-05-01" + SUMMER),
    E("BL § 143 stk. 4", "AKUT-STED", "2026-05-01", "2026-05-01" + SUMMER),
    E("BL § 143 stk. 5", "AKUT-1M", "2026-01-31", "2026-02-28" + WINTER),
    E("BL § 143 stk. 5", "AKUT-1M-40", "2026-01-31", "2026-02-28" + WINTER),
    E("BL § 143 stk. 5", "AKUT-2M", "2026-01-31", "2026-03-31" + SUMMER),
    # -- hjemgivelse og samvær: 6 April is 2. påskedag
    E("BL § 102 stk. 1", "HJEMG-7D", "2026-03-30", "2026-04-06" + SUMMER),
    E("BL § 100 stk. 3", "HJEMG-PER", "2026-07-01", "2027-01-01" + WINTER),
    E("BL § 104 stk. 6", "SAMV-4U", "2026-05-01", None),
    E("BL § 104 stk. 5", "SAMV-8U", "2026-05-04", "2026-06-29" + SUMMER),
    # -- overgang
    E("BL § 122", "OVERG-16", "2026-01-01", "2026-09-01T00:00:00+02:00", born=born("2010-09-01")),
    E("BL § 111", "UNGEST-6M", "2026-01-01", "2026-09-15" + SUMMER, born=born("2009-03-15")),
    E("BL § 111", "UNGEST-6M", "2025-08-01", "2026-02-28" + WINTER, born=born("2008-08-31")),
    E("BL § 117", "UNGEST-23", "2026-01-01", "2027-03-01T00:00:00+01:00", born=born("2004-02-29")),
    E("BL § 99", "OPHOER-18", "2026-01-01", "2026-12-24T00:00:00+01:00", born=born("2008-12-24")),
    E("BL § 112", "UNGEST-30D", "2026-01-31", "2026-03-02" + WINTER),
    # -- forvaltning: 6 June 2026 is a Saturday, so the citizen has until Monday 8 June
    E("FVL § 19", "PARTSH", "2026-05-18", None),
    E("FVL § 19", "PARTSH", "2026-05-18", "2026-06-08" + SUMMER, {"svarfrist": "2026-06-06"}),
    E("FVL § 22", "BEGR", "2026-05-01", None),
    E("FVL § 23", "BEGR-14", "2026-05-04", "2026-05-18" + SUMMER),
    E("RSL § 67", "KLAGE-4U", "2026-05-09", "2026-06-08" + SUMMER, {"forsendelse": "digital"}),
    # A letter of Monday 4 May is received Tuesday 12 May.
    E("RSL § 67", "KLAGE-4U", "2026-05-04", "2026-06-09" + SUMMER, {"forsendelse": "brev"}),
    # Four weeks end on 24 December; 25 and 26 are helligdage, 27 a Sunday.
    E("RSL § 67", "KLAGE-4U", "2026-11-26", "2026-12-28" + WINTER),
    E("BEK 861/2025 § 11", "GENV-4U", "2026-11-27", "2026-12-25" + WINTER),
    E("BEK 861/2025 § 11 stk. 3", "GENV-4U", "2026-05-04", "2026-05-18" + SUMMER,
      {"svarfrist": "2026-05-18"}),
    E("BEK 861/2025 § 12", "GENV-FASTH", "2026-05-04", "2026-06-01" + SUMMER,
      {"forsendelse": "digital"}),
    E("BEK 861/2025 § 12", "GENV-DELV", "2026-05-11", "2026-05-25" + SUMMER),
    E("RSL § 72", "OPSAET", "2026-05-01", None),
    E("BEK 861/2025 § 15", "AST-8U", "2026-05-04", "2026-06-29" + SUMMER),
    # Four weeks end on Friday 5 June, Grundlovsdag.
    E("BL § 147", "RET-4U", "2026-05-08", "2026-06-08" + SUMMER),
    # Grundlovsdag counts for the authority: 1, 2, 3, 4, 5, 8 and 9 June.
    E("FVL § 16 stk. 2", "AKT-7", "2026-05-29", "2026-06-09" + SUMMER),
    # Over Easter: 7, 8, 9, 10, 13, 14 and 15 April.
    E("OL § 36 stk. 2", "AKT-OL", "2026-04-01", "2026-04-15" + SUMMER),
    E("OL § 13", "NOTAT", "2026-05-01", None),
    E("OL § 15", "JOURNAL", "2026-05-01", None),
    E("GDPR art. 12", "GDPR-1M", "2026-01-31", "2026-02-28" + WINTER),
    E("GDPR art. 33", "GDPR-72", "2026-03-27T12:00", "2026-03-30T13:00:00+02:00"),
    # -- indberetning: the last second of the period and the first of the next say the same
    E("BEK 662/2025 § 8", "ANM-ANB", "2026-03-31T23:59:59", "2026-04-30" + SUMMER),
    E("BEK 662/2025 § 8", "ANM-ANB", "2026-10-01", "2026-10-31" + WINTER),
    E("BEK 662/2025 § 14", "ANM-IND", "2026-12-31T23:59:59", "2027-01-31" + WINTER),
    E("BEK 662/2025 § 17", "ANM-UND", "2027-01-01", "2027-01-31" + WINTER),
    E("BEK 662/2025 § 20", "ANM-HCP", "2026-12-31T23:59:59", "2027-01-31" + WINTER),
    E("BEK 662/2025 § 23", "ANM-STOF", "2026-02-28T23:59:59", "2026-03-15" + WINTER),
    E("BEK 662/2025 § 39", "ANM-UDG", "2026-12-31T23:59:59", "2027-04-15" + SUMMER),
    E("BL § 139 stk. 7-8", "ANM-AST", "2026-05-01", None),
    # -- magtanvendelse: 24 hours to and with 31 August 2025, 72 after
    E("BEK 263/2024", "MAGT-72", "2025-08-31T23:00", "2025-09-01T23:00:00+02:00"),
    E("BEK 980/2025 § 22", "MAGT-72", "2025-09-01T08:00", "2025-09-04T08:00:00+02:00"),
    E("BEK 980/2025 § 22", "MAGT-72", "2026-10-23T20:00", "2026-10-26T19:00:00+01:00"),
    E("BL § 195 stk. 2", "TAKST-12M", "2026-06-30", "2027-06-30" + SUMMER),
]  # fmt: skip

CODES = frozenset(
    """
    UND-24T UND-REG UND-KVIT UND-ORIENT UND-ORIENT3 UND-GENV UND-SAMTALE UND-FRAVAER UND-FLYT
    UNGEST-30D SCR AFD BFU-4M BFU-4M-U BFU-FORL BFU-2M BFU-SOSK BFU-2RAAD UFU-3U NETV-7D UDSLUS-6M
    BARN-INDD BISIDDER PART-10 PART-15 IVAERK STOF-14D LOKALFRIST VARSEL-14U HJEMTRAEN FAMVEJ
    MERUDG TABT-14U SUPPL-3M LEDSAG FORPAAL AKUTTILB PLEJE-INT LUKKET-3M UFOEDT PRIVPLEJE PLAN-3M
    PLAN-ANB PLAN-TVANG UNGEPLAN FORPLAN-REV FORPLAN-12M OPF-1 OPF-N TILSYN-LOB TILSYN-2 GENB-1
    GENB-2 GENB-3 GENB-PERM AKUT-24T AKUT-7D AKUT-1M AKUT-2M HJEMG-7D HJEMG-PER SAMV-4U SAMV-8U
    OVERG-16 UNGEST-6M UNGEST-23 OPHOER-18 PARTSH BEGR BEGR-14 KLAGE-4U GENV-4U GENV-DELV OPSAET
    AST-8U RET-4U AKT-7 AKT-OL NOTAT JOURNAL GDPR-1M GDPR-72 ANM-ANB ANM-IND ANM-UND ANM-HCP
    ANM-STOF ANM-UDG ANM-AST MAGT-72 TAKST-12M
    """.split()  # noqa: SIM905 -- ninety-one quoted codes are harder to compare with the list
)

OURS = frozenset(
    {
        "AKUT-1M-40",
        "AKUT-HJEM",
        "AKUT-STED",
        "ANKE-FOELG",
        "ANKE-IGEN",
        "BFU-BESL",
        "BFU-MIST",
        "BFU-SNAREST",
        "FORPAAL-6M",
        "GENV-FASTH",
        "HJEMVIST",
        "PLAN-STRAKS",
    }
)
"""Rows beside the ninety: the act a screening leads to, the one a suspicion of abuse leads to, a
second number of a rule that has two, what is sent back, which hangs on the case and not on an
application, what Ankestyrelsen has lifted or changed, which the law gives no day, the plan
of a placement without consent that was decided elsewhere without one, the child that is to come
home, or back, where the committee does not approve what its chair decided, the month of a
treatment, which no placement ends, and the rest of a complaint that is kept."""

NOT_READ = {"AKUT-1M", "GDPR-1M", "GDPR-72", "MERUDG", "UFU-3U"}
"""What the sources do not say for certain: delivered off."""


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_law_comes_to(rules: RuleBook, example: Example) -> None:
    start = understood(example.start)
    rule = version_of(rules.versions[example.code], start)
    assert rule is not None
    term = rule.term(start, example.data, example.born)
    assert (term and term.due.isoformat()) == example.due


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_names_the_paragraph_its_rule_names(rules: RuleBook, example: Example) -> None:
    act, number = example.law.split(" § ")[0], example.law.split(" ")
    laws = " ".join(rule.law for rule in rules.versions[example.code])
    if "§ 213" in example.law:  # the transition stands in the rule's own field
        return
    assert act.split(" art.")[0] in laws
    if "§" in number:
        assert number[number.index("§") + 1] in laws.replace("-", " ").replace(",", " ") or (
            _between(number[number.index("§") + 1], laws)
        )


def _between(paragraph: str, laws: str) -> bool:
    """Tell whether ``§§ 8-12`` holds § 10."""
    spans = [part.strip(";,") for part in laws.split() if "-" in part]
    return paragraph.isdigit() and any(
        low.isdigit() and high.isdigit() and int(low) <= int(paragraph) <= int(high)
        for low, _, high in (span.partition("-") for span in spans)
    )


def test_all_91_rules_are_there(rules: RuleBook) -> None:
    assert len(CODES) == 91
    assert set(rules.versions) == CODES | OURS


def test_every_sure_rule_has_a_worked_example_named_after_its_paragraph(rules: RuleBook) -> None:
    named = {example.code for example in EXAMPLES if str(example).startswith(example.law)}
    sure = {rule.code for rule in rules.rules if rule.confidence == SURE}
    assert sure | CODES == CODES | OURS
    assert (CODES | OURS) - named == set()


def test_what_was_not_read_is_off_and_says_why(rules: RuleBook) -> None:
    unsure = {rule.code for rule in rules.rules if rule.confidence != SURE}
    assert unsure == NOT_READ
    assert all(rule.off_because for rule in rules.rules if not rule.on)
    assert unsure <= {rule.code for rule in rules.rules if not rule.on}


def test_every_row_says_where_it_stands(rules: RuleBook) -> None:
    for rule in rules.rules:
        assert rule.law.startswith(
            ("BL ", "SEL ", "BEK ", "RSL ", "FVL ", "OL ", "LUK ", "GDPR ")
        ), rule.code
        assert rule.sel_ref, rule.code
        assert rule.duty.endswith("."), rule.code
        assert len(rule.title) <= 45, rule.code  # a line on a front page 400 px wide
        assert rule.opens_on, rule.code
        assert rule.met_by or rule.lapses_with, rule.code


def test_a_title_is_not_said_twice_of_two_rules(rules: RuleBook) -> None:
    titles = [versions[0].title for versions in rules.versions.values()]
    assert len(titles) == len(set(titles))


ONCE = frozenset({"BISIDDER", "FAMVEJ", "OVERG-16", "PART-10", "PART-15", "UNGEST-6M"})
"""Asked for once in a child's life: an age that is reached, what is told or offered one time."""


def test_what_hangs_on_a_case_or_a_child_and_can_be_asked_for_again_comes_again(
    rules: RuleBook,
) -> None:
    """The law attaches a duty to each decision, each application, each period of support."""
    stuck = {
        rule.code
        for rule in rules.rules
        if rule.on and rule.subject in (Subject.SAG, Subject.PERSON) and not rule.recurs
    }
    assert stuck == ONCE


def test_each_case_sent_back_has_its_own_deadline(rules: RuleBook) -> None:
    found = rules.newest("HJEMVIST")
    assert found is not None
    assert found.each
    assert found.subject is Subject.SAG
