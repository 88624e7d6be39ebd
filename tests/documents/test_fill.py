import jinja2
import pytest
from docxtpl import DocxTemplate
from jinja2.exceptions import SecurityError

from dubu_plugin.documents import reading
from dubu_plugin.documents.fill import nested, render
from dubu_plugin.documents.letter import Letter, Value

from .conftest import Edited


def filled(letter: Letter, **values: Value) -> list[str]:
    changed = {name.replace("__", "."): value for name, value in values.items()}
    finished = render(letter, {**letter.example, **changed})
    return [paragraph.text for paragraph in reading.paragraphs(finished)]


def test_an_address_has_a_line_for_each_of_its_lines(kvittering: Letter) -> None:
    said = filled(kvittering, modtager__adresse="Prøvestrup Skole\r\nTestvej 4\n\n9999 Prøvestrup ")
    assert said[1:4] == ["Prøvestrup Skole", "Testvej 4", "9999 Prøvestrup"]


def test_an_empty_field_leaves_no_empty_line(kvittering: Letter) -> None:
    said = filled(kvittering, modtager__adresse="", afsender__titel="")
    assert "" not in said


def test_a_name_of_two_lines_becomes_one(kvittering: Letter) -> None:
    assert filled(kvittering, modtager__navn="Tove\nPrøvelærer")[0] == "Tove Prøvelærer"


def test_signs_a_word_file_cannot_hold_are_left_out(kvittering: Letter) -> None:
    said = filled(kvittering, modtager__navn="To\x00ve\x07 \ud800Prøve\ufffflærer\x0c")
    assert said[0] == "Tove Prøvelærer"


def test_what_looks_like_a_template_is_only_text(kvittering: Letter) -> None:
    said = filled(kvittering, modtager__navn="{{ kommune.navn }}{_{{% endif %}")
    assert said[0] == "{{ kommune.navn }}{_{{% endif %}"


def test_a_value_of_the_wrong_kind_is_refused(kvittering: Letter) -> None:
    for wrong in ({"underretter.er_fagperson": "ja"}, {"modtager.navn": True}):
        with pytest.raises(ValueError, match="wrong kind"):
            render(kvittering, {**kvittering.example, **wrong})


def test_a_letter_is_compiled_once_however_many_are_written(
    kvittering: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = filled(kvittering)

    def compiled(*_: object, **__: object) -> None:
        raise AssertionError("it was compiled before")

    monkeypatch.setattr(jinja2.Environment, "compile", compiled)
    assert filled(kvittering) == first
    assert filled(kvittering, modtager__navn="Tove Prøvelærer")[0] == "Tove Prøvelærer"


def test_a_letter_is_made_ready_for_values_once_however_many_are_written(
    kvittering: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = filled(kvittering)

    def made_ready(*_: object) -> None:
        raise AssertionError("it was made ready before")

    monkeypatch.setattr(DocxTemplate, "patch_xml", made_ready)
    assert filled(kvittering) == first


def test_a_value_too_much_is_refused(kvittering: Letter) -> None:
    with pytest.raises(ValueError, match=r"barn\.navn"):
        render(kvittering, {**kvittering.example, "barn.navn": "Alma Testvad"})


def test_an_error_names_fields_and_no_values(kvittering: Letter) -> None:
    with pytest.raises(ValueError, match="kvittering") as error:
        render(kvittering, {"modtager.navn": "Tove Prøvelærer"})
    assert "Tove" not in str(error.value)


def test_an_answer_cannot_be_printed(kvittering: Letter, edited: Edited) -> None:
    letter = edited(kvittering, "{{ modtager.navn }}", "{{ underretter.er_barnet }}")
    with pytest.raises(TypeError, match="only a text"):
        render(letter, letter.example)


def test_a_field_that_is_not_there_is_an_error(kvittering: Letter, edited: Edited) -> None:
    letter = edited(kvittering, "{{ modtager.navn }}", "{{ modtager.fornvan }}")
    with pytest.raises(Exception, match="fornvan"):
        render(letter, letter.example)


@pytest.mark.parametrize(
    "attempt", ["{{ modtager.__class__.__mro__ }}", "{{ modtager.update(navn=kommune) }}"]
)
def test_a_letter_cannot_run_a_program(kvittering: Letter, edited: Edited, attempt: str) -> None:
    letter = edited(kvittering, "{{ modtager.navn }}", attempt)
    with pytest.raises(SecurityError):
        render(letter, letter.example)


def test_names_with_dots_become_branches() -> None:
    assert nested({"barn.navn": "Alma", "barn.foedt": "i dag", "x": True}) == {
        "barn": {"navn": "Alma", "foedt": "i dag"},
        "x": True,
    }
