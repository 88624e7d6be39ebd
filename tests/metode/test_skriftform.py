"""A section that is asked for only where another has an answer."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dubu_plugin.metode.method import Choice
from dubu_plugin.metode.methodfile import MethodError
from dubu_plugin.metode.missing import missing
from dubu_plugin.metode.skriftform import Afsnit, AfsnitKind
from dubu_plugin.metode.skriftformfile import SkriftForms

FORM = """
[[skrift]]
kind = "screening"
title = "Screening"
law = "§ 18"
about = "Om noget."

[[del]]
code = "del"
title = "A"

[[afsnit]]
code = "aere"
part = "del"
title = "Tegn"
kind = "valg"
choices = [{ value = "nej", title = "Nej" }, { value = "ja", title = "Ja" }]

[[afsnit]]
code = "risiko"
part = "del"
title = "Risiko"
law = "§ 18, stk. 3"
required_when = "REPLACED"
"""


def loaded(folder: Path, when: str) -> SkriftForms:
    (folder / "screening.toml").write_text(FORM.replace("REPLACED", when), encoding="utf-8")
    return SkriftForms.load(folder)


@pytest.mark.parametrize(
    ("answer", "lacks"), [("ja", [("risiko", "§ 18, stk. 3")]), ("nej", []), ("", [])]
)
def test_it_is_lacking_only_with_the_answer(
    tmp_path: Path, answer: str, lacks: list[tuple[str, str]]
) -> None:
    [form] = loaded(tmp_path, "aere=ja").forms.values()
    found = missing(form, None, {("", "aere"): answer})
    assert [(one.field, one.law) for one in found] == lacks


@pytest.mark.parametrize("when", ["aere=maaske", "andet=ja", "uden lighedstegn"])
def test_an_answer_nobody_can_give_is_refused(tmp_path: Path, when: str) -> None:
    with pytest.raises(MethodError, match=r"aere=|andet=|required_when"):
        loaded(tmp_path, when)


CHOICES = (Choice("nej", "Nej"), Choice("ja", "Ja"))


@pytest.mark.parametrize(
    ("what", "written", "read"),
    [
        ({"kind": AfsnitKind.DATO}, "2026-05-04", "4. maj 2026"),
        ({"kind": AfsnitKind.DATO}, "i går", "i går"),
        ({"unit": "kr. om året"}, "8580", "8.580 kr. om året"),
        ({"unit": "timer om ugen"}, "cirka 10", "cirka 10"),
        ({"kind": AfsnitKind.FLERE, "choices": CHOICES}, "nej,ja", "Nej, Ja"),
        ({}, "Ord.", "Ord."),
    ],
)
def test_what_is_written_is_read_in_words(what: Mapping[str, Any], written: str, read: str) -> None:
    one = Afsnit(code="felt", part="del", title="Felt", **what)
    assert one.in_words(written).replace("\u00a0", " ") == read
