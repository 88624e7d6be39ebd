"""The unborn child as a choice of its own: the mother and the due date as the text gives them."""

from collections.abc import Sequence
from datetime import date

from dubu_plugin.domain import danish
from dubu_plugin.domain.alder import is_unborn
from dubu_plugin.domain.match import OF_AGE, Likely, Reason
from dubu_plugin.domain.sought import sought_in
from dubu_plugin.store.family.known_family import Candidate
from dubu_plugin.web.typed_time import day_of
from dubu_plugin.web.underretning.assessment_form import UNBORN, Values
from dubu_plugin.web.underretning.read import Read


def filled_in(values: Values, facts: Read) -> Values:
    """Return the form with the mother and the due date, where nobody has said either.

    Which child it is stays unanswered: a person says that.
    """
    mother = next((one for one in facts.candidates if Reason.PREGNANT in one.reasons), None)
    said = any(values[name] for name in ("mor", "mor_valgt", "moedre", "termin"))
    if said or facts.about.child_id is not None:
        return values
    if mother is None:
        # Named without her number: whether it is she, is for a person to say.
        received = danish.danish_day(facts.about.received_at)
        grown = [str(one.person) for one in facts.candidates if is_grown(one, received)]
        return {**values, "moedre": grown} if grown else values
    subject = facts.post.subject if facts.post else ""
    due = sought_in(f"{subject or ''}\n{facts.about.text}").due
    return {
        **values,
        "moedre": [str(mother.person)],
        "mor_valgt": str(mother.person),
        "termin": due.isoformat() if due else "",
    }


def offered(values: Values, facts: Read, today: date) -> str:
    """Return ``Ufødt barn af Freja Prøvelund, termin 28. september``, or nothing."""
    if facts.about.child_id is not None:
        return ""
    name = next(
        (one.name for one in facts.candidates if str(one.person) == values["mor_valgt"]), ""
    )
    if not name:
        return ""
    try:
        due = day_of(values["termin"])
    except ValueError:
        return f"Ufødt barn af {name}"
    return f"Ufødt barn af {name}, {danish.unbroken(f'termin {danish.list_date(due, today)}')}"


def is_chosen(values: Values, child: Candidate | None, facts: Read, today: date) -> bool:
    """Tell whether the form is about a child that is expected, or was as it was first assessed."""
    if child is None:
        return bool(values["barn"] == UNBORN)
    return was_expected(child, facts, today)


def was_expected(child: Candidate, facts: Read, today: date) -> bool:
    """Tell whether a child is not born, or was not on the day this was first assessed."""
    day = danish.danish_day(facts.first_assessed) if facts.first_assessed else today
    return is_unborn(child.born, child.termin, day)


def is_grown(one: Candidate, on: date) -> bool:
    """Tell whether somebody the text speaks of was 18 on a day, and so is no child (§ 2)."""
    age = Likely("", one.name, born=one.born).age_on(on)
    return bool(one.reasons) and age is not None and age >= OF_AGE


def children(values: Values, facts: Read, today: date) -> Sequence[Candidate]:
    """Return those who may be the child: a mother only where she is a child herself."""
    received = danish.danish_day(facts.about.received_at)

    def may_be(one: Candidate) -> bool:
        if is_grown(one, received) and one.person != facts.about.child_id:
            return False
        age = Likely("", one.name, born=one.born).age_on(today)
        expects = str(one.person) in values["moedre"]
        return not expects or (Reason.PREGNANT in one.reasons and age is not None and age < OF_AGE)

    def found_at(one: Candidate) -> int:
        key = str(one.person)
        return found.index(key) if key in found and not one.reasons else -1

    found = values["fundet"]  # in the order they were found, after those the text speaks of
    return sorted((one for one in facts.candidates if may_be(one)), key=found_at)
