"""The guide beside a talk says something for a child of any age."""

from pathlib import Path

import pytest

from dubu_plugin.domain.aldersbaand import AgeBand
from dubu_plugin.kataloger.samtaleguide import GuideError, load, shipped


@pytest.mark.parametrize("band", AgeBand)
def test_every_age_has_questions_and_what_is_always_remembered(band: AgeBand) -> None:
    found = shipped().of(band)
    assert found.questions
    assert found.always


def test_a_guide_that_forgets_an_age_is_refused_and_says_which(tmp_path: Path) -> None:
    file = tmp_path / "guide.toml"
    file.write_text('[[baand]]\nband = "ufoedt"\nbefore = "Tal."\nquestions = ["Hvad?"]\n')
    with pytest.raises(GuideError, match="6-9 år"):
        load(file)
