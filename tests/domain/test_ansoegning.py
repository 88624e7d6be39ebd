"""What an application asks for is read out of its words."""

import pytest

from dubu_plugin.domain.ansoegning import is_about_disability, sought


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Vi søger ledsagelse til Ida på 13 år", ("ledsagelse",)),
        ("Jeg vil gerne hjemmetræne: hjemmetræning efter § 85", ("saerlige_tilbud",)),
        ("aflastning hver anden weekend", ("sel_90",)),
        ("Vi har det svært", ()),
    ],
)
def test_what_is_asked_for_is_read_out_of_the_words(text: str, codes: tuple[str, ...]) -> None:
    assert sought(text) == codes


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Vi søger kompensationsydelse", True),
        ("Ida har et handicap", True),
        ("Vi søger bilstøtte", True),
        ("Vi søger hjælp til kontingent", False),
    ],
)
def test_an_application_about_a_disability_is_known(text: str, about: bool) -> None:
    assert is_about_disability(text) is about
