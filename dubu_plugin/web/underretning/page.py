"""One underretning: read it, choose the child, assess it. Everything on one screen."""

from collections.abc import Mapping
from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain.access import Act
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import drafts
from dubu_plugin.store.drafts import Draft
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.usecases.underretning.assess import assess
from dubu_plugin.usecases.underretning.saved_by_another import SavedByAnother, Theirs
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.forms import Form, Sent
from dubu_plugin.web.keys import key_of
from dubu_plugin.web.underretning import assessment_form as form
from dubu_plugin.web.underretning.assessment_form import Values
from dubu_plugin.web.underretning.child_lookup import look_up, looked_up
from dubu_plugin.web.underretning.conflict_view import as_form, both, conflict, kept
from dubu_plugin.web.underretning.drawn import (
    drawn,
    forget,
    form_of,
    keep,
    keys_of,
    url_of,
)
from dubu_plugin.web.underretning.others_view import address
from dubu_plugin.web.underretning.read import STORED, Read, read
from dubu_plugin.web.underretning.receipt_view import After
from dubu_plugin.web.underretning.screen import Typing, screen

router = APIRouter()

Reader = Annotated[Visit, Depends(Door(Act.READ, about="underretning"))]
Assessor = Annotated[Visit, Depends(Door(Act.ASSESS, about="underretning", opens_as=Act.READ))]


@router.get("/dubu/indgang/{underretning}")
def show(visit: Reader, efter: str = "", ret: str = "") -> Response:
    """Show the screen, with the draft of whoever was typing."""
    correcting = ret == "ja"
    after = After(efter) if efter in list(After) else After.NOTHING
    with visit.reading() as connection:
        draft = _draft(connection, visit)
        vurdering = underretninger.vurdering_of(connection, visit.subject) if draft else None
    if draft is None:
        return drawn(visit, Typing(), after=after, correcting=correcting)
    typed = Typing(
        # What is assessed is shown as it was saved; that there is a draft is said beside it.
        form.typed(draft.fields) if correcting or vurdering is None else None,
        saved_at=draft.saved_at,
        restored=True,
        version=draft.base_version or None,
    )
    return drawn(visit, typed, after=after, correcting=correcting)


@router.get("/dubu/indgang/{underretning}/familie")
def show_family(visit: Reader, barn: str = "", mor_valgt: str = "", gang: int = 0) -> Response:
    """Show what follows from another child being chosen: the family, § 137, and who should see it.

    A likely child, or one whom the asker has found, since only that is in their own draft.
    """
    with visit.reading() as connection:
        draft = drafts.kept(connection, visit.asker.key, form_of(visit))
        before = form.typed(draft.fields if draft else {})
        also = keys_of(before)
        child, mother = key_of(barn), key_of(mor_valgt) if barn == form.UNBORN else None
        facts = read(connection, visit, *also, child=child, mother=mother)
        allowed = {one.person for one in facts.candidates}
        if not {child, mother} - {None} <= allowed:
            facts = read(connection, visit, *also, child=None)
    typed = form.stored(facts.about, facts.concerns, None)
    chosen = {name: before[name] for name in ("fundet", "moedre")}
    values = {**typed, **chosen, "barn": barn, "mor_valgt": mor_valgt}
    shown = screen(visit, facts, Typing(values), looks=max(gang, 0))
    said = {} if gang and shown.known.is_looked_up else {"status": True}  # not said twice
    return visit.part("underretning/family_parts.html", u=shown, first=not gang, **said)


@router.get("/dubu/indgang/{underretning}/slaaet-op")
def show_matched(visit: Reader, gang: int = 0) -> Response:
    """Show who the child may be, once the address book has answered; what is typed is untouched."""
    with visit.reading() as connection:
        draft = drafts.kept(connection, visit.asker.key, form_of(visit))
        before = form.typed(draft.fields if draft else {})
        said = key_of(before["barn"])
        child = STORED if not before["barn"] else said
        facts = read(connection, visit, *keys_of(before), child=child)
    values = form.stored(facts.about, facts.concerns, None)
    if before["barn"]:
        values = {**values, **{name: before[name] for name in ("barn", "fundet", "moedre")}}
    shown = screen(visit, facts, Typing(values), looks=max(gang, 0))
    return visit.part("underretning/matched.html", u=shown)


@router.post("/dubu/indgang/{underretning}")
def save(visit: Assessor, sent: Form) -> Response:
    """Save the assessment, or find a child: what the button that was pressed says."""
    button = sent.one("gem")
    if button == "vis_familie":
        keep(visit, sent)
        return looked_up(visit, sent, form.typed(sent.fields), "", {})
    if button in ("find_barn", "find_mor"):
        return look_up(visit, sent, mother=button == "find_mor")
    if button == "brug_den_anden":
        forget(visit)
        return RedirectResponse(url_of(visit), status_code=303)
    if button == "saml_begge":
        return _put_together(visit, sent)
    if button == "behold_min":
        return _save(visit, _answered(visit, sent), sent.one("gem_foer") or "uden")
    return _save(visit, sent, button)


def _save(visit: Visit, sent: Sent, button: str) -> Response:
    values = form.typed(sent.fields)
    with visit.reading() as connection:
        facts = read(connection, visit)
    about = facts.about
    nowhere = not about.anonymous and not values["anonym"] and not address(facts, values)
    if button == "send" and nowhere:
        sentence = "Skriv, hvor kvitteringen skal sendes hen, eller tryk »Gem vurderingen«."
        return _again(visit, sent, {"underretter_adresse": sentence})
    try:
        given = form.assessment(sent, about, receipt=button == "send")
        assess(visit.subject, given, version=sent.version, **visit.means)
    except SavedByAnother as other:
        return _conflict(visit, sent, values, other, button)
    except CaseworkError as no:
        return _again(visit, sent, form.wrong_in(values, sent.refused(no)))
    forget(visit)
    return RedirectResponse(f"{url_of(visit)}?efter={After.ASSESSED}", status_code=303)


def _again(visit: Visit, sent: Sent, errors: Mapping[str, str]) -> Response:
    """Show the form as it was sent, with what is wrong. What was typed is kept as a draft too."""
    keep(visit, sent)
    values = form.with_duty(form.typed(sent.fields))
    typed = Typing(values, saved_at=visit.now, errors=errors, version=sent.version)
    return drawn(visit, typed, status=422, correcting=True)


def _conflict(
    visit: Visit, sent: Sent, values: Values, other: SavedByAnother, button: str
) -> Response:
    """Show what the other one wrote beside one's own. Nothing is written over."""
    keep(visit, sent)
    theirs = other.theirs
    with visit.reading() as connection:
        names = _names(read(connection, visit))
    typed = Typing(
        values,
        saved_at=visit.now,
        conflict=conflict(theirs, values, names, button, visit.now),
        version=theirs.underretning.version,
    )
    return drawn(visit, typed, status=409, correcting=True)


def _put_together(visit: Visit, sent: Sent) -> Response:
    """Show the form with both texts in it, to be put right before it is saved."""
    with visit.reading() as connection:
        facts = read(connection, visit)
    values = both(form.typed(sent.fields), as_form(_theirs(facts)))
    keep(visit, sent)
    typed = Typing(values, saved_at=visit.now, version=facts.about.version)
    return drawn(visit, typed, correcting=True)


def _answered(visit: Visit, sent: Sent) -> Sent:
    """Return the form with what one left blank as the other answered it."""
    with visit.reading() as connection:
        theirs = _theirs(read(connection, visit))
    values = kept(form.typed(sent.fields), as_form(theirs))
    given = {name: said if isinstance(said, list) else [said] for name, said in values.items()}
    return Sent({**sent.fields, **given})


def _theirs(facts: Read) -> Theirs:
    return Theirs(facts.about, facts.vurdering, frozenset(facts.concerns))


def _names(facts: Read) -> Mapping[str, str]:
    """Return the names of the people a form can name, by their keys."""
    family = facts.family.names if facts.family else {}
    return (
        {one.key: one.name for one in facts.colleagues}
        | {str(one.person): one.name for one in facts.candidates}
        | {str(person): name for person, name in family.items()}
    )


def _draft(connection: sa.Connection, visit: Visit) -> Draft | None:
    """Return what somebody typed and has not saved.

    A draft that was still on its way when its writer saved is older than what was saved.
    """
    draft = drafts.kept(connection, visit.asker.key, form_of(visit))
    if draft is None:
        return None
    about = underretninger.by_id(connection, visit.subject)
    vurdering = underretninger.vurdering_of(connection, visit.subject)
    saved = vurdering is not None and vurdering.assessor == visit.asker.key
    return None if saved and about and draft.base_version < about.version else draft
