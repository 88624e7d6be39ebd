"""Cases: the list, a new one, the overview, changing one, and the tabs of the plugins."""

from collections.abc import Mapping, Sequence
from typing import Final

import sqlalchemy as sa
from starlette.responses import Response

from dubu_journal import access, cases, documents, kle, notes, parties, reminders, users
from dubu_journal.cases import Case, NewCase
from dubu_journal.ledger import Made
from dubu_journal.refusals import BadValue, NotThere, Stale
from dubu_journal.web import party_forms, reading
from dubu_journal.web.forms import Form
from dubu_journal.web.reading import Place
from dubu_journal.web.visit import Visit

PAGE: Final = 50
LATEST: Final = 6

TOLD: Final = ("title", "responsible", "unit", "protected", "status")
"""What plugins are told when it becomes another."""

VIEWS: Final[Mapping[str, str]] = {"mine": "Mine sager", "enhed": "Enhedens sager"}
AUDITS: Final[Mapping[str, str]] = {"enhed": "Alle sager", "mine": "Mine sager"}
"""The same for who reads them all: none are theirs."""
SHOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "aabne": reading.RUNNING,
    **{status: (status,) for status in cases.STATUSES},
}


def listed(visit: Visit) -> Response:
    """List my cases or my units', the last changed first."""
    views = AUDITS if visit.viewer.audits else VIEWS
    asked = visit.query("vis")
    whose = asked if asked in views else next(iter(views))
    status = visit.query("status") if visit.query("status") in SHOWN else "aabne"
    ask = reading.mine if whose == "mine" else reading.in_units
    with visit.reading() as connection:
        found = ask(
            connection,
            visit.viewer,
            SHOWN[status],
            after=Place.read(visit.query("efter")),
            limit=PAGE + 1,
        )
        here = found[:PAGE]
        rows = reading.with_primary(connection, visit.desk.doors.open(visit.viewer, here))
        names = reading.user_names(connection, [row.case.responsible for row in rows])
    visit.list_down("case")
    return visit.page(
        "cases.html",
        menu="/sager",
        rows=rows,
        names=names,
        whose=whose,
        shown=status,
        views=views,
        next=str(Place.of(here[-1])) if len(found) > PAGE else "",
        later=bool(visit.query("efter")),
    )


def new(visit: Visit) -> Response:
    """Open a case: what it is about, and for whom."""
    if visit.posts:
        saved = _open(visit)
        if saved is not None:
            return visit.to(f"/sager/{saved}", "sag")
    else:
        visit.form.values |= {"facet": kle.GENERAL, "slags": "person"}
    with visit.reading() as connection:
        templates = cases.templates(connection)
    return visit.page(
        "case_new.html",
        menu="/sager",
        templates=templates,
        subjects=kle.subjects(),
        facets=kle.facets(),
        kinds=party_forms.KINDS,
    )


def overview(visit: Visit, case_id: int) -> Response:
    """Show the case: what it is, who it is about, and what happened last."""
    with visit.reading() as connection:
        case = visit.case(connection, case_id)
        latest_documents = documents.of_case(connection, case_id, limit=LATEST)
        latest_notes = notes.of_case(connection, case_id, limit=LATEST)
        people = parties.of_case(connection, case_id)
        due = [one for one in reminders.of_case(connection, case_id) if one.completed is None]
        staff = access.members(connection, case_id)
        names = reading.user_names(connection, [case.responsible, case.created_by, *staff])
    visit.write_down("case", case_id)
    return visit.page(
        "case_overview.html",
        menu="/sager",
        case=case,
        tab="overblik",
        documents=latest_documents,
        notes=latest_notes,
        parties=people,
        reminders=due[:LATEST],
        staff=staff,
        names=names,
        subject=kle.subjects().get(case.subject_code, ""),
        facet=kle.facets().get(case.facet, ""),
    )


def change(visit: Visit, case_id: int) -> Response:
    """Change the case's title, responsible, unit or status, or who else works on it."""
    with visit.reading() as connection:
        case = visit.case(connection, case_id)
        everybody = [user for user in users.every_user(connection) if user.active]
        units = users.every_unit(connection)
        staff = access.members(connection, case_id)
        names = reading.user_names(connection, staff)
    visit.write_down("case", case_id)
    if visit.posts:
        done = _change(visit, case)
        if done:
            with visit.reading() as connection:
                still_mine = access.may_see(connection, visit.viewer, case_id)
            return visit.to(f"/sager/{case_id}" if still_mine else "/sager", done)
    else:
        visit.form.values |= {
            "titel": case.title,
            "ansvarlig": case.responsible,
            "enhed": case.unit,
            "status": case.status,
            "beskyttet": "ja" if case.protected else "",
            "udgave": str(case.version),
        }
    return visit.page(
        "case_change.html",
        menu="/sager",
        case=case,
        tab="overblik",
        everybody=everybody,
        units=units,
        staff=staff,
        names=names,
    )


def plugin_tab(visit: Visit, case_id: int, key: str) -> Response:
    """Show a plugin's tab."""
    with visit.reading() as connection:
        beside = visit.desk.chrome.beside(connection, visit.viewer, visit.now)
        case = visit.case(connection, case_id, beside)
    html = visit.desk.plugins.tab(str(case_id), key, visit.user.key)
    if html is None:
        raise NotThere("tab")
    visit.write_down("case", case_id)
    return visit.page(
        "plugin_tab.html",
        menu="/sager",
        case=case,
        tab=key,
        beside=beside,
        plugin_content=True,
        html=html,
    )


def _open(visit: Visit) -> int | None:
    form = visit.form
    template = form.values.get("skabelon", "")
    wanted = NewCase(
        title=form.text("titel", "Skriv en titel, fx »Testvad, Alma – særlig støtte«."),
        responsible=visit.user.key,
        template=template or None,
        subject_code=None if template else _subject(form),
        facet=None if template else form.text("facet").upper() or None,
        protected=form.ticked("beskyttet"),
    )
    with visit.reading() as connection:
        who = party_forms.read(connection, visit)
    if not form.ok or who is None:
        return None

    def open_(connection: sa.Connection) -> Made:
        case_id = cases.create(connection, wanted, visit.user.key, visit.now)
        parties.add(connection, case_id, who, is_primary=True, by=visit.user.key, now=visit.now)
        return Made("case", case_id)

    return visit.once("web.case", open_, _explain)


def _subject(form: Form) -> str | None:
    typed = form.text("emne", "Vælg eller skriv et KLE-emne, fx 27.24.00.")
    number = typed.split(" ")[0]
    if typed and not kle.is_subject(number):
        form.fail("emne", "Emnet findes ikke i KLE-listen. Vælg et fra listen, fx 27.24.00.")
    return number or None


def _explain(form: Form, bad: BadValue) -> None:
    """Turn what the storage would not take into a sentence at its field."""
    sentences = {
        "title": ("titel", f"Skriv en titel på højst {cases.LONGEST_TITLE} tegn."),
        "subject_code": ("emne", "Vælg et KLE-emne fra listen, fx 27.24.00."),
        "facet": ("facet", "Facetten er et bogstav og to cifre, fx G01."),
        "template": ("skabelon", "Skabelonen findes ikke mere. Vælg en anden."),
        "unit": ("enhed", "Vælg en enhed på listen."),
        "responsible": ("ansvarlig", "Vælg en medarbejder på listen."),
    }
    form.fail(*sentences.get(bad.field, ("", bad.danish)))


def _change(visit: Visit, case: Case) -> str:
    """Do what the pressed button says, and return what to tell; empty where something is wrong."""
    form = visit.form
    if form.values.get("knap") == "medarbejder":
        return _staff(visit, case)
    title = form.text("titel", "Skriv en titel.")
    status = form.one_of("status", cases.STATUSES, "Vælg en status.")
    values = {
        "title": title,
        "responsible": form.text("ansvarlig", "Vælg en medarbejder."),
        "unit": form.text("enhed", "Vælg en enhed."),
    }
    if not form.ok:
        return ""
    try:
        with visit.writing() as connection:
            changed = _save(connection, visit, case, values, status)
        visit.desk.plugins.case_changed(str(case.id), visit.user.key, changed)
        return "sag-aendret"
    except BadValue as bad:
        _explain(form, bad)
    except Stale as stale:
        form.fail("", "En anden har ændret sagen imens. Se deres ændring herover, og gem så igen.")
        form.values["udgave"] = stale.current
    return ""


def _save(
    connection: sa.Connection, visit: Visit, case: Case, values: Mapping[str, str], status: str
) -> Sequence[str]:
    """Save all of it or nothing, and return what is another now.

    A closed case must be opened before it can be changed.
    """
    now = visit.now
    before = cases.get(connection, case.id)
    if visit.form.number("udgave") != before.version:
        raise Stale(str(before.version))
    comment = visit.form.text("bemaerkning", longest=1000)
    if status != cases.CLOSED:
        cases.set_status(connection, case.id, status, comment, now)
    changed = {name: new for name, new in values.items() if new != getattr(case, name)}
    if changed:
        cases.change(connection, case.id, changed, expected=None, now=now)
    if visit.form.ticked("beskyttet") != case.protected:
        cases.protect(connection, case.id, not case.protected, now)
    if status == cases.CLOSED:
        cases.set_status(connection, case.id, status, comment, now)
    after = cases.get(connection, case.id)
    return [name for name in TOLD if getattr(before, name) != getattr(after, name)]


def _staff(visit: Visit, case: Case) -> str:
    form = visit.form
    key = form.text("medarbejder", "Vælg en medarbejder.")
    remove = form.values.get("fjern", "")
    with visit.writing() as connection:
        if remove:
            access.remove_member(connection, case.id, remove)
            return "medarbejder"
        if key and users.user(connection, key) is None:
            form.fail("medarbejder", "Vælg en medarbejder på listen.")
        if not form.ok:
            return ""
        access.add_member(connection, case.id, key)
    return "medarbejder"
