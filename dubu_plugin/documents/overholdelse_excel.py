"""Kept and missed deadlines as a workbook: sums with charts, and each deadline as a row.

Rows are written as they are read, so that memory stays flat however many there are.
"""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import IO, Any, Final

import sqlalchemy as sa
import xlsxwriter

from dubu_plugin.domain.danish_time import danish
from dubu_plugin.frister.overholdelse import BAROMETER, Measure, Quarter, Tally, measure_of, used
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.overholdelse import summary as overholdelse
from dubu_plugin.store.overholdelse.rows import rows
from dubu_plugin.store.overholdelse.summary import Line, Sight
from dubu_plugin.store.unit_names import employee_names, unit_titles

TOO_FEW: Final = "for få"
FORMATS: Final = {
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"},
    "title": {"bold": True, "font_size": 14},
    "whole": {"num_format": "#,##0"},
    "share": {"num_format": "0 %"},
    "tenth": {"num_format": "#,##0.0"},
    # 406 is Danish: the month's name is Danish wherever the workbook is opened.
    "moment": {"num_format": "[$-406]d. mmm yyyy hh:mm"},
    "few": {"align": "right", "italic": True},
}
SUMS: Final = ("I alt", "Holdt", "For sent", "Ikke nået", "Andel holdt")
CHART: Final = {"width": 720, "height": 380}


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook and its looks, once made for all sheets."""

    file: Any
    looks: dict[str, Any]

    def sheet(self, name: str, heads: Sequence[tuple[str, float]], title: str = "") -> Any:
        """Return a new sheet with its headings, which stand still when it is scrolled."""
        sheet = self.file.add_worksheet(name)
        for column, (_, width) in enumerate(heads):
            sheet.set_column(column, column, width)
        top = 0
        if title:
            sheet.write_string(0, 0, title, self.looks["title"])
            top = 2
        for column, (head, _) in enumerate(heads):
            sheet.write_string(top, column, head, self.looks["head"])
        sheet.freeze_panes(top + 1, 1)
        return sheet

    def tally(self, sheet: Any, row: int, column: int, tally: Tally | None) -> None:
        """Write a sum in five cells."""
        if tally is None:
            for place in range(len(SUMS)):
                sheet.write_string(row, column + place, TOO_FEW, self.looks["few"])
            return
        never = tally.overdue + tally.lapsed
        for place, number in enumerate((tally.total, tally.kept, tally.late, never)):
            sheet.write_number(row, column + place, number, self.looks["whole"])
        if tally.share is not None:
            sheet.write_number(row, column + 4, float(tally.share), self.looks["share"])

    def times(self, sheet: Any, row: int, column: int, number: int | None) -> None:
        """Write how often something was put off."""
        if number is None:
            sheet.write_string(row, column, TOO_FEW, self.looks["few"])
        else:
            sheet.write_number(row, column, number, self.looks["whole"])

    def tenth(self, sheet: Any, row: int, column: int, value: Decimal | float) -> None:
        """Write a number with one decimal."""
        sheet.write_number(row, column, float(value), self.looks["tenth"])


def write(
    file: IO[bytes],
    connection: sa.Connection,
    rules: RuleBook,
    seen: Sight,
    quarter: Quarter,
    now: datetime,
) -> None:
    """Write the workbook of a quarter to a file that is open.

    Only what this sight shows is in it: without persons there is no sheet of them, and no deadline
    by itself.
    """
    with tempfile.TemporaryDirectory() as folder:
        workbook = xlsxwriter.Workbook(
            file,
            {
                "constant_memory": True,
                "tmpdir": folder,
                # What somebody wrote as a reason is text, also where it looks like a formula.
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        workbook.set_properties({"title": f"Overholdelse af frister, {quarter.title}"})
        workbook.set_size(2400, 1400)
        looks = {name: workbook.add_format(look) for name, look in FORMATS.items()}
        book = Book(workbook, looks)
        sums = overholdelse.summed_up(connection, rules, seen, quarter, now)
        lines = sums.rules
        _barometer(book, lines, quarter, now)
        _rules(book, lines, rules)
        _groups(book, "Enheder", "Enhed", sums.units, dict(unit_titles(connection)))
        if seen.persons:
            people = _people(connection, rules, seen, quarter, now)
            _groups(book, "Rådgivere", "Rådgiver", *people)
            _each(book, connection, rules, seen, quarter, now)
        workbook.close()
    file.flush()
    file.seek(0, os.SEEK_SET)


def _barometer(book: Book, lines: Sequence[Line], quarter: Quarter, now: datetime) -> None:
    heads = [("Landets tal", 44.0), *((head, 12.0) for head in SUMS)]
    opened = f"Frister, der faldt i {quarter.title}. Opgjort {danish(now):%d-%m-%Y kl. %H.%M}."
    sheet = book.sheet("Landets tal", heads, opened)
    found = {line.key: line for line in lines}
    for row, known in enumerate(BAROMETER, start=3):
        sheet.write_string(row, 0, known.title)
        line = found.get(known.rule)
        book.tally(sheet, row, 1, line.tally if line else Tally())
    _chart(book, sheet, "Landets tal", 3, len(BAROMETER), "H4")


def _rules(book: Book, lines: Sequence[Line], rules: RuleBook) -> None:
    heads = [
        ("Regel", 44.0),
        ("Lov", 22.0),
        *((head, 12.0) for head in SUMS),
        ("Andel holdt året før", 12.0),
        ("Halvdelen inden", 12.0),
        ("95 % inden", 12.0),
        ("Regnet i", 12.0),
        ("Udskudt", 12.0),
    ]
    sheet = book.sheet("Regler", heads)
    for row, line in enumerate(lines, start=1):
        rule = rules.newest(line.key)
        sheet.write_string(row, 0, rule.title if rule else line.key)
        sheet.write_string(row, 1, rule.law if rule else "")
        book.tally(sheet, row, 2, line.tally)
        if line.before is not None and line.before.share is not None:
            sheet.write_number(row, 7, float(line.before.share), book.looks["share"])
        if line.used is not None and rule is not None:
            book.tenth(sheet, row, 8, line.used.median)
            book.tenth(sheet, row, 9, line.used.p95)
            sheet.write_string(row, 10, measure_of(rule).value)
        book.times(sheet, row, 11, line.put_off)
    if lines:
        _chart(book, sheet, "Regler", 1, len(lines), "N2", column=6)


def _people(
    connection: sa.Connection, rules: RuleBook, seen: Sight, quarter: Quarter, now: datetime
) -> tuple[Sequence[Line], dict[str, str]]:
    lines = overholdelse.by_person(connection, rules, seen, quarter, now)
    names = dict(employee_names(connection, (line.key for line in lines)))
    return lines, names | {"": "Ingen havde taget dem"}


def _groups(
    book: Book, name: str, head: str, lines: Sequence[Line], titles: dict[str, str]
) -> None:
    # Of a caseworker nothing is told of what was put off: it is a unit's and a rule's number.
    off = [("Udskudt", 12.0)] if any(line.put_off is not None for line in lines) else []
    sheet = book.sheet(name, [(head, 34.0), *((head, 12.0) for head in SUMS), *off])
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, titles.get(line.key, line.key))
        book.tally(sheet, row, 1, line.tally)
        if off:
            book.times(sheet, row, 6, line.put_off)
    if lines:
        _chart(book, sheet, name, 1, len(lines), "I2")


def _chart(
    book: Book, sheet: Any, name: str, first: int, count: int, place: str, column: int = 5
) -> None:
    """Put a bar chart of the shares beside a table: one that Excel draws, so it can be changed."""
    chart = book.file.add_chart({"type": "bar"})
    last = first + count - 1
    chart.add_series(
        {
            "name": "Andel holdt",
            "categories": [name, first, 0, last, 0],
            "values": [name, first, column, last, column],
            "fill": {"color": "#0059B3"},
            "data_labels": {"value": True, "num_format": "0 %"},
            "gap": 60,
        }
    )
    chart.set_title({"name": "Andel holdt", "name_font": {"size": 12}})
    chart.set_x_axis(
        {"min": 0, "max": 1, "num_format": "0 %", "major_gridlines": {"visible": True}}
    )
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"none": True})
    chart.set_size({**CHART, "height": max(260, 60 + 26 * count)})
    sheet.insert_chart(place, chart, {"description": f"Andel holdt, {name.lower()}. Se tabellen."})


def _each(
    book: Book,
    connection: sa.Connection,
    rules: RuleBook,
    seen: Sight,
    quarter: Quarter,
    now: datetime,
) -> None:
    heads = [
        ("Regel", 34.0),
        ("Lov", 20.0),
        ("Sag", 20.0),
        ("Enhed", 24.0),
        ("Rådgiver", 24.0),
        ("Begyndte", 18.0),
        ("Frist", 18.0),
        ("Nået", 18.0),
        ("Holdt", 10.0),
        ("Tid brugt", 10.0),
        ("Regnet i", 10.0),
        ("Hvorfor ikke holdt", 44.0),
    ]
    sheet = book.sheet("Frister", heads)
    moment = book.looks["moment"]
    number = 0
    for number, row in enumerate(rows(connection, rules, seen, quarter, now), start=1):
        rule = rules.version(row.rule, row.version) or rules.newest(row.rule)
        texts = (
            rule.title if rule else row.rule,
            rule.law if rule else "",
            row.number or "",
            row.unit or "",
            row.responsible or "",
        )
        for column, text in enumerate(texts):
            sheet.write_string(number, column, text)
        for column, at in ((5, row.anchor_at), (6, row.due), (7, row.ended_at)):
            if at is not None:
                sheet.write_datetime(number, column, danish(at).replace(tzinfo=None), moment)
        sheet.write_string(number, 8, "ja" if row.kept else "nej")
        if row.ended_at is not None and rule is not None:
            measure: Measure = measure_of(rule)
            closed = rule.reckoning.closed
            took = used(measure, row.anchor_at.astimezone(UTC), row.ended_at, rule.profile, closed)
            book.tenth(sheet, number, 9, took)
            sheet.write_string(number, 10, measure.value)
        sheet.write_string(number, 11, row.reason or "")
    sheet.autofilter(0, 0, max(number, 1), len(heads) - 1)
