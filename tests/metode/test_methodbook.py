"""Methods are read strictly, and the right one is found."""

from datetime import date
from pathlib import Path

import pytest

from dubu_plugin.domain.aldersbaand import AgeBand
from dubu_plugin.metode.methodbook import MethodBook
from dubu_plugin.metode.methodfile import MethodError
from tests.metode.conftest import SHELF, Write

SLIPS = [
    pytest.param(
        ('title = "Barnet"', 'title = "Barnet"\ntitel = "B"'),
        "»titel« kendes ikke",
        15,
        id="unknown key",
    ),
    pytest.param(("[[felt]]", "[[feltet]]"), "»feltet« kendes ikke", 24, id="unknown table"),
    pytest.param(
        ('side = "barnet"', 'side = "familien"'),
        "siden barnet har ingen dimension",
        12,
        id="side without dimension",
    ),
    pytest.param(
        ("[[felt]]\ncode", '[[side]]\ncode = "barnet"\ntitle = "Igen"\n\n[[felt]]\ncode'),
        "siden barnet står også i linje 12",
        24,
        id="side twice",
    ),
    pytest.param(
        (
            "[[felt]]\ncode",
            '[[dimension]]\ncode = "hverdag"\nnumber = 2\nside = "barnet"\ntitle = "B"\n'
            'about = "B."\n\n[[felt]]\ncode',
        ),
        "dimensionen hverdag står også i linje 16",
        24,
        id="dimension twice",
    ),
    pytest.param(
        (
            "[[felt]]\ncode",
            '[[dimension]]\ncode = "skole"\nnumber = 1\nside = "barnet"\ntitle = "B"\n'
            'about = "B."\n\n[[felt]]\ncode',
        ),
        "nummeret 1 står også i linje 16",
        24,
        id="number twice",
    ),
    pytest.param(
        (
            "[[felt]]\ncode",
            '[[dimension]]\ncode = "skole"\nnumber = 2\nside = "mars"\ntitle = "B"\n'
            'about = "B."\n\n[[felt]]\ncode',
        ),
        "dimensionen skole hører til siden mars, som ikke findes",
        24,
        id="dimension without side",
    ),
    pytest.param(
        ('["aar_15_17", "aar_18_22"]', '["aar_15_17"]'),
        "hverdag mangler vejledning for 18-22 år",
        16,
        id="missing band",
    ),
    pytest.param(
        ('["aar_15_17", "aar_18_22"]', '["aar_10_14", "aar_15_17", "aar_18_22"]'),
        "hverdag har allerede vejledning for 10-14 år",
        34,
        id="band twice",
    ),
    pytest.param(('"aar_18_22"]', '"aar_18_23"]'), "eller »aar_18_22«", 36, id="no band"),
    pytest.param((', "Hvem er der?"]\n\n', "]\n\n"), "3 til 5 spørgsmål", 29, id="too few"),
    pytest.param(
        ('["sundhedsforhold"]', '["sundhed"]'),
        "vises i ics_2019 under sundhed, som udgave 1 ikke har",
        16,
        id="mapping to no dimension",
    ),
    pytest.param(
        ("ics_2019 =", "ics_1999 ="),
        "vises i ics_1999, som ikke er en anden metode",
        16,
        id="mapping to no method",
    ),
    pytest.param(
        ("valid_from = 2027-01-01", "valid_from = 2027-01-01\nvalid_to = 2026-12-31"),
        "valid_to ligger før valid_from",
        1,
        id="ends before it begins",
    ),
    pytest.param(
        ('role = "beskrivelse"', 'role = "beskrivelse"\nkind = "valg"'),
        "choices skal stå",
        24,
        id="a choice of nothing",
    ),
    pytest.param(
        ('role = "beskrivelse"', 'role = "beskrivelse"\nsides = ["mars"]'),
        "feltet beskrivelse hører til mars",
        24,
        id="field of no side",
    ),
    pytest.param(("[[metode]]", "[[metode]"), "mellem klammer", 1, id="no toml"),
    pytest.param(
        ("valid_from = 2027-01-01", 'valid_from = 2027-01-01\nguidance_from = "ics_2019"'),
        "har også sin egen",
        1,
        id="lent and own guidance",
    ),
]


@pytest.mark.parametrize(("change", "reason", "line"), SLIPS)
def test_a_slip_is_told_with_file_line_and_reason(
    small: Write, change: tuple[str, str], reason: str, line: int
) -> None:
    file = small(change)
    with pytest.raises(MethodError) as told:
        MethodBook.load([SHELF, file.parent])
    assert reason in told.value.reason
    assert (told.value.file, told.value.line) == (file, line)


def test_a_file_holds_one_method(small: Write) -> None:
    file = small()
    file.write_text(file.read_text("utf-8") * 2, encoding="utf-8")
    with pytest.raises(MethodError, match=r"netop én \[\[metode\]\]") as told:
        MethodBook.load([SHELF, file.parent])
    assert told.value.line > 1


def test_a_version_lies_in_one_place(small: Write) -> None:
    file = small()
    small(name="zz.toml")
    with pytest.raises(MethodError, match=r"vores udgave 1 (ligger også|gælder samtidig)"):
        MethodBook.load([SHELF, file.parent])


def test_a_version_of_ours_cannot_be_said_again(small: Write) -> None:
    file = small(('"vores"', '"ics_2019"'), ('shown_in = { ics_2019 = ["sundhedsforhold"] }', ""))
    with pytest.raises(MethodError, match="ics_2019 udgave 1 ligger også i"):
        MethodBook.load([SHELF, file.parent])


def test_two_methods_for_the_same_on_the_same_day_are_refused(small: Write) -> None:
    file = small(("valid_from = 2027-01-01", "valid_from = 2027-01-01\nvalid_to = 2028-12-31"))
    small(('"vores"', '"andres"'), ("2027-01-01", "2028-12-31"), name="b.toml")
    with pytest.raises(MethodError, match="valid_to, der ligger før 2028-12-31"):
        MethodBook.load([SHELF, file.parent])


def test_a_method_without_an_end_does_not_give_way_to_another(small: Write) -> None:
    file = small()
    small(('"vores"', '"andres"'), ("2027-01-01", "2029-01-01"), name="b.toml")
    with pytest.raises(MethodError, match="gælder samtidig med vores udgave 1"):
        MethodBook.load([SHELF, file.parent])


def test_a_newer_version_follows_one_without_an_end(small: Write) -> None:
    file = small()
    small(('version = "1"', 'version = "2"'), ("2027-01-01", "2028-03-01"), name="b.toml")
    book = MethodBook.load([SHELF, file.parent])
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29), date(2028, 3, 1)]
    found = [book.current(day) for day in days]
    assert [one and (one.code, one.version) for one in found] == [
        ("ics_2019", "1"),
        ("vores", "1"),
        ("vores", "1"),
        ("vores", "2"),
    ]


def test_a_case_finds_the_version_it_started_with(small: Write) -> None:
    file = small()
    small(('version = "1"', 'version = "2"'), ("2027-01-01", "2028-03-01"), name="b.toml")
    book = MethodBook.load([SHELF, file.parent])
    first = book.method("vores", "1")
    assert first is not None
    assert first.valid_from == date(2027, 1, 1)
    assert book.method("vores", "3") is None


def test_a_later_folder_goes_before_an_earlier(small: Write) -> None:
    file = small(("valid_from = 2027-01-01", "valid_from = 2027-01-01\nvalid_to = 2027-12-31"))
    book = MethodBook.load([SHELF, file.parent])
    found = [book.current(date(2027, 6, 1)), book.current(date(2028, 1, 1))]
    assert [one and one.code for one in found] == ["vores", "ics_2019"]


def test_guidance_is_lent_by_way_of_the_triangle(ours: MethodBook) -> None:
    old, ics = ours.versions("ics_2007")[-1], ours.versions("ics_2019")[-1]
    lent = ours.guidance(old, "stabilitet", AgeBand.AAR_3_5)
    care, relations = (
        ics.guidance(code, AgeBand.AAR_3_5)
        for code in ("trygt_omsorgsmiljoe", "understoettelse_relationer")
    )
    assert lent.all == (*care.questions, *relations.questions, *care.ours, *relations.ours)


def test_guidance_for_what_is_not_there_is_a_fault(ours: MethodBook) -> None:
    with pytest.raises(KeyError):
        ours.versions("ics_2019")[-1].guidance("mars", AgeBand.UFOEDT)


def test_a_loan_from_a_method_without_guidance_is_refused(small: Write) -> None:
    text = small().read_text("utf-8").split("[[vejledning]]")[0]
    file = small()
    file.write_text(
        text.replace("2027-01-01", '2027-01-01\nguidance_from = "sel_50"'), encoding="utf-8"
    )
    with pytest.raises(MethodError, match="sel_50, som ikke er en metode med sin egen"):
        MethodBook.load([SHELF, file.parent])


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert MethodBook.load([tmp_path / "ingen"]).methods == []


def test_a_later_folder_goes_before_an_earlier_also_where_its_method_is_older(small: Write) -> None:
    file = small(("2027-01-01", "2010-01-01"))
    book = MethodBook.load([SHELF, file.parent])
    found = [book.current(date(2009, 12, 31)), book.current(date(2026, 1, 1))]
    assert [one and one.code for one in found] == ["ics_2007", "vores"]
