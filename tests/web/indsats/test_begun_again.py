"""Help that is to be given again begins on the decision that gave it, from the day it stopped."""

from datetime import timedelta
from uuid import UUID

from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.afgoerelse.test_afgoerelse import Asking
from tests.web.indsats.test_indsatser import decided, form_of, sag

__all__ = ["sag"]


def test_rsl_68_the_form_begins_with_the_help_its_decision_and_the_day_after_it_stopped(
    asking: Asking, day: Day, sag: UUID
) -> None:
    number = decided(day, sag, "familiebehandling", "kontaktperson")
    since = (day.town.now.date() + timedelta(days=3)).isoformat()
    new = f"/dubu/sag/{sag}/indsatser/ny"
    answer = asking(KAREN).get(f"{new}?fra={since}&hvad=kontaktperson:&afgoerelse={number}")
    form = form_of(answer.text)
    begins = form["hvad"], form["fra"], form["afgoerelse"]
    assert begins == ("kontaktperson:", since, str(number))
    assert asking(KAREN).post(new, form).status_code == 303
