"""The form of an opfølgning: what stands in it, and what was sent read as what is kept.

What nobody touched is not written: each field carries the mark of the text that was on the screen.
What is suggested was never kept, so it is written as it stands when the form is sent.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain.opfoelgning import OF_PARENTS, PLAN, Revised
from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.store.skrift.tekster import At, Written
from dubu_plugin.usecases.opfoelgning.followed import not_ticked, told_of
from dubu_plugin.usecases.opfoelgning.keep import OF_GOAL, OF_PARENT, place_of_person
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.keys import key_of
from dubu_plugin.web.opfoelgning.next import proposed
from dubu_plugin.web.opfoelgning.view import SHOWN, Page, assessed_by, view_of
from dubu_plugin.web.skrift.fields import mark_of, seen, shown_in

SEEN: Final = "sete"
"""The field that carries what was on the screen: ``name:revision-mark``, joined by commas."""
AFTER: Final = "efter"
"""The field that says which opfølgning was the newest when the page was drawn."""
TOLD: Final = "modtager"
"""The field with those who are written to. It is no text of the opfølgning."""
OF_OTHERS: Final = ("-ord", f"-{OF_PARENT}")
"""How the fields end with what is said of a goal, and what a parent says."""
MANY: Final = frozenset({"stop", TOLD})
"""The fields that may have several answers, kept joined by commas."""


def name_of(at: At) -> str:
    """Return what a text is called in the form."""
    place, name = at
    return name if place == WHOLE else f"{place.partition(':')[2]}-{name}"


def values_of(page: Page, now: datetime) -> dict[str, str]:
    """Return what stands in it by the names of the form, with what is suggested."""
    values = suggested(page, danish.danish_day(now))
    values[TOLD] = ",".join(
        str(one)
        for one in told_of(page.its, page.head.child, page.head.born, now)
        if one not in not_ticked(page.its)
    )
    values |= {name_of(at): text.text for at, text in page.its.texts.items()}
    values[SEEN] = seen_of(page)
    values[AFTER] = str(page.its.last or "")
    return values


def suggested(page: Page, today: date) -> dict[str, str]:
    """Return what the fields begin with: from the plan, the talks and the statements."""
    running = [str(one.id) for one in page.its.running]
    only = running[0] if len(running) == 1 else ""
    shared = next((str(one.skrift) for one in page.its.shared if one.writes), "")
    values = {
        "dag": today.isoformat(),
        "barnets_syn": view_of(page),
        "juster": PLAN if page.its.plan else shared or only,
        "stop": only,
        "vurder": assessed_by(page)[0].value,
        OF_PARENTS: Revised.SENERE,
        **proposed(page.its.rhythm or page.usual, page.first_left, today),
    }
    for one in page.its.of_children:
        said = [it for it in page.statements if it.text and it.dimension == one.dimension]
        values[f"{one.id}-ord"] = "\n".join(
            f"{it.organisation} {danish.list_date(it.on, today)}: {it.text[:SHOWN]}"
            for it in said
            if it.dimension
        )
    return values


def seen_of(page: Page) -> str:
    """Return what the form carries of the texts that are on the screen."""
    return ",".join(f"{name_of(at)}:{seen(page.its.texts.get(at))}" for at in _ats(page))


def written_of(page: Page, sent: Sent) -> Mapping[At, Written]:
    """Return what was touched of what somebody sent."""
    shown = shown_in(sent.one(SEEN))
    written: dict[At, Written] = {}
    for at in _ats(page):
        name = name_of(at)
        if name not in sent.fields and name not in MANY:
            continue
        text = ",".join(sent.many(name)) if name in MANY else sent.one(name)
        revision, mark = shown.get(name, (0, mark_of("")))
        if mark_of(text) != mark:
            written[at] = Written(text, revision)
    return written


def homeless(page: Page, sent: Sent) -> Sequence[str]:
    """Return the words that were typed in a field there is none of any more: of a goal a new
    version of the plan has taken out, or of a parent who is one no more."""
    here = {name_of(at) for at in _ats(page)}
    return [
        text
        for name in sent.fields
        if name.endswith(OF_OTHERS) and name not in here and (text := sent.one(name))
    ]


def typed(fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what stood in the form, so that it is drawn again."""
    found = {name: values[-1] for name, values in fields.items() if values}
    return found | {name: ",".join(fields.get(name, ())) for name in MANY}


def last_of(sent: Sent) -> UUID | None:
    """Return the newest opfølgning there was when the page was drawn."""
    return key_of(sent.one(AFTER))


def _ats(page: Page) -> Sequence[At]:
    sections = [(WHOLE, one.code) for one in page.form.afsnit]
    of_goals = [(one.place, name) for one in page.its.goals for name in OF_GOAL]
    of_parents = [(place_of_person(number), OF_PARENT) for number in page.its.parent_names]
    return [*sections, *of_goals, *of_parents]
