"""Putting a line off, being away and the morning mail, as somebody's browser asks for them."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

import sqlalchemy as sa

from dubu_plugin.store.tables import frister
from dubu_plugin.testing.fake_ports import ADAM, HENRIK, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]

OFF = "/dubu/min-dag/udskyd"
LIST = "/dubu/min-dag/udskudte"
WHY = "Skolen svarer tirsdag"


def first_line(asking: Asking) -> str:
    """Return the name of the first line that can be put off."""
    links = re.findall(rf'href="({OFF}[^"]*)"', asking().get("/dubu/min-dag").text)
    return parse_qs(urlsplit(unescape(links[0])).query)["linje"][0]


def test_a_line_is_put_off_counted_listed_and_taken_back(asking: Asking) -> None:
    line = first_line(asking)
    sent = asking().post(OFF, {"linje": line, "dag": "2026-03-04", "grund": WHY})
    assert (sent.status_code, sent.headers["location"]) == (303, "/dubu/min-dag")
    assert "1 linje er udskudt" in asking().get("/dubu/min-dag").text
    assert WHY in asking().get(LIST).text
    asking().post(LIST, {"linje": line})
    assert "er udskudt" not in asking().get("/dubu/min-dag").text
    assert first_line(asking) == line


def test_a_day_past_the_law_is_refused_and_what_was_typed_stays(asking: Asking) -> None:
    line = first_line(asking)
    for day in ("2026-03-14", "ikke-en-dag"):
        answer = asking().post(OFF, {"linje": line, "dag": day, "grund": WHY})
        assert answer.status_code == 422
        assert WHY in answer.text
    said = asking().post(OFF, {"linje": line, "dag": "2026-03-10", "grund": WHY}).text
    assert "skal være gjort senest 5. marts (BL § 138 stk. 1)" in unescape(said)


def test_a_line_that_cannot_be_put_off_has_no_link_that_says_it_can(
    asking: Asking, day: Day
) -> None:
    line = first_line(asking)
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        work.connection.execute(
            sa.update(frister).where(frister.c.bundle == line).values(severity="akut")
        )
    links = re.findall(rf'href="({OFF}[^"]*)"', asking().get("/dubu/min-dag").text)
    assert all(parse_qs(urlsplit(unescape(one)).query)["linje"] != [line] for one in links)
    assert "Den kan ikke udskydes" in asking().get(f"{OFF}?linje={line}").text
    for one in links:
        assert "Hvorfor kan den vente" in asking().get(unescape(one)).text


def test_a_reason_that_says_too_little_is_told_at_the_reason(asking: Asking) -> None:
    form = {"linje": first_line(asking), "dag": "2027-06-01", "grund": "Venter"}
    answer = asking().post(OFF, form)
    assert answer.status_code == 422
    assert 'href="#f-grund"' in answer.text
    assert 'href="#f-dag"' not in answer.text


def test_what_is_acute_says_that_it_cannot_be_put_off(looking: Asking, standing_day: Day) -> None:
    shown = looking().get(f"{OFF}?linje=underretning:{standing_day.alma}").text
    assert "Den kan ikke udskydes" in shown
    assert "Hvorfor kan den vente" not in shown


def test_a_line_that_is_somebody_elses_is_not_there(looking: Asking, standing_day: Day) -> None:
    line = f"underretning:{standing_day.alma}"
    assert looking("anders").get(f"{OFF}?linje={line}").status_code == 404
    assert looking("anders").post(LIST, {"linje": line}).status_code == 404


def test_a_substitute_sees_the_lines_marked(asking: Asking) -> None:
    form = {"foerste": "2026-03-02", "sidste": "2026-03-06", "stedfortraeder": METTE}
    assert asking().post("/dubu/fravaer", form).status_code == 303
    assert "For Karen Demotoft" in asking(METTE).get("/dubu/min-dag").text
    assert "Stedfortræder: Mette Testgaard" in unescape(asking(HENRIK).get("/dubu/fravaer").text)
    again = asking().post("/dubu/fravaer", form)
    assert again.status_code == 422
    assert "Der er allerede fravær" in again.text


def test_an_administrator_sees_whom_the_mail_does_not_reach_and_nobody_else_does(
    looking: Asking,
) -> None:
    url = "/dubu/administration/morgenmail"
    assert "har ingen e-mail" in looking(ADAM).get(url).text
    assert looking(KAREN).get(url).status_code == 404


def test_the_front_page_stays_cheap_for_who_stands_in(asking: Asking, day: Day) -> None:
    """One question more than on other days: who is away."""
    form = {"foerste": "2026-03-02", "sidste": "2026-03-06", "stedfortraeder": METTE}
    asking().post("/dubu/fravaer", form)
    said: list[str] = []
    engine = day.town.product.store.engine

    def count(*told: Any) -> None:
        if not str(told[2]).startswith(("PRAGMA", "BEGIN")):
            said.append(str(told[2]))

    sa.event.listen(engine, "before_cursor_execute", count)
    asking(METTE).get("/dubu/min-dag")
    sa.event.remove(engine, "before_cursor_execute", count)
    assert len(said) <= 12, "\n".join(one[:90] for one in said)


def test_one_sees_todays_mail_as_it_would_be_sent_also_where_none_is(looking: Asking) -> None:
    url = "/dubu/fravaer/morgenmail"
    assert f'href="{url}"' in looking().get("/dubu/fravaer").text
    said = unescape(looking().get(url).text)
    assert "Min dag 2. marts 2026" in said
    assert "God morgen Karen" in said
    assert "24-timers vurdering (§ 136)" in said
    assert "Der sendes ikke mail herfra" in said
    own = said[said.index("God morgen") : said.index("</pre>")]
    for secret in ("Alma", "Noah", "Testlund"):
        assert secret not in own


def test_a_leaders_mail_is_the_leaders_own(looking: Asking) -> None:
    said = unescape(looking(HENRIK).get("/dubu/fravaer/morgenmail").text)
    assert "God morgen Henrik" in said
    assert "I din enhed" in said


def test_a_leader_chooses_whom_first_and_is_offered_who_is_accepted(asking: Asking) -> None:
    said = unescape(asking(HENRIK).get("/dubu/fravaer").text)
    assert "Der er ingen leder over, så uden stedfortræder ser ingen det." in said
    assert f'<option value="{METTE}"' in said.partition("f-stedfortraeder")[2]
    form = {
        "hvem": HENRIK,
        "foerste": "2026-03-02",
        "sidste": "2026-03-06",
        "stedfortraeder": METTE,
    }
    assert asking(HENRIK).post("/dubu/fravaer", form).status_code == 303
    of_mette = unescape(asking(HENRIK).get(f"/dubu/fravaer?hvem={METTE}").text)
    assert f'name="hvem" value="{METTE}"' in of_mette
    assert f'<option value="{HENRIK}"' in of_mette.partition("f-stedfortraeder")[2]
    assert "Ingen: lederen ser det" in of_mette
