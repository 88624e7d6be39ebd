"""Ny henvendelse: what somebody says on the telephone, an application, or a § 132 notice."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import uuid4

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.danish_time import danish as danish_clock
from dubu_plugin.domain.underretning import BEKYMRINGER, Gruppe, Henvendelse, Orienteret, Pligt
from dubu_plugin.errors import CaseworkError
from dubu_plugin.ports.post import Channel
from dubu_plugin.store import drafts
from dubu_plugin.store.failures import StorageError, StorageFull
from dubu_plugin.store.family import known_family
from dubu_plugin.store.search.found import is_cpr
from dubu_plugin.usecases.underretning.child_choice import ChildChoice
from dubu_plugin.usecases.underretning.find_child import find_child
from dubu_plugin.usecases.underretning.received_at import LongAgo
from dubu_plugin.usecases.underretning.register_call import Call, register_call
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form, Sent
from dubu_plugin.web.frist.svarfrist_view import area_options
from dubu_plugin.web.keys import key_of
from dubu_plugin.web.typed_time import moment_of
from dubu_plugin.web.underretning import assessment_form as answers
from dubu_plugin.web.underretning import view
from dubu_plugin.web.underretning.assessment_form import FormProblem
from dubu_plugin.web.underretning.receipt_view import After

router = APIRouter()

URL: Final = "/dubu/indgang/ny"
KIND: Final = "henvendelse"
"""What its drafts are called, each with the number of its form after it."""

Registrar = Annotated[Visit, Depends(Door(Act.REGISTER, page="indgang-ny"))]

KINDS: Final = (
    (Henvendelse.UNDERRETNING, "Underretning"),
    (Henvendelse.MELLEMKOMMUNAL, "Fra anden kommune (§ 132)"),
    (Henvendelse.ANSOEGNING, "Ansøgning"),
)
CHANNELS: Final = (
    (Channel.PHONE, "Telefon"),
    (Channel.IN_PERSON, "Fremmøde"),
    (Channel.LETTER, "Brev på papir"),
    (Channel.ON_CALL, "Døgnvagten"),
    (Channel.POLICE, "Politiet"),
)
NUMBER: Final = re.compile(r"[0-9a-z-]{2,40}")
"""The number a form carries, and its draft is called by."""
LONGEST_BEGINNING: Final = 60
"""In characters: so much of a draft's text tells its writer which it is."""
FULL: Final = (
    "Der er ikke plads på disken, så intet er gemt endnu. Det skrevne står her. Lad siden stå "
    "åben, sig det til it-afdelingen, og gem igen, når der er ryddet op."
)
TEXTS: Final = (
    "henvendelse", "kanal", "modtaget", "modtaget_rigtigt", "tekst", "formular", "omraade",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Begun:
    """Another form that was typed in and not saved."""

    number: str
    saved: str
    text: str = field(repr=False)
    """How it begins, for its writer to know it by."""


@dataclass(frozen=True, slots=True)
class NewForm:
    """The page."""

    fields: Mapping[str, Any] = field(repr=False)
    errors: Mapping[str, str]
    saved_at: datetime | None
    restored: str
    kept: bool = True
    """Whether what was typed is kept as a draft; not where the disk is full."""
    begun: Sequence["Begun"] = ()
    kinds: Any = KINDS
    channels: Any = CHANNELS
    candidates: Any = ()
    search: str = ""
    unknown_number: bool = False
    is_it: str = ""
    """The day it is asked about whether it came so long ago; else nothing."""
    mothers: Any = ()
    sources: Any = ()
    duties: Any = view.DUTIES
    usual_duties: Any = field(default_factory=lambda: view.USUAL_DUTIES)
    informed: Any = view.INFORMED
    groups: Any = ()
    areas: Any = ()
    """What can be applied for: a code and its words."""


@router.get(URL)
def show(visit: Registrar, kladde: str = "") -> Response:
    """Show a form with a number of its own, or the draft that is asked for.

    Drafts are never taken up unasked: another window may be open with the same one.
    """
    with visit.reading() as connection:
        waiting = drafts.begun(connection, visit.asker.key, KIND)
    begun = [_begun(visit, number, one) for number, one in waiting.items() if number != kladde]
    draft = waiting.get(kladde)
    if draft is None:
        return _drawn(visit, _blank(visit), {}, None, begun=begun)
    values = _typed(draft.fields) | {"formular": kladde}
    return _drawn(visit, values, {}, draft.saved_at, restored=True, begun=begun)


@router.post(URL)
def save(visit: Registrar, sent: Form) -> Response:
    """Register it, or look a child up: what the button that was pressed says."""
    values = _typed(sent.typed())
    if sent.one("gem") in ("find_barn", "find_mor"):
        return _look_up(visit, sent, values)
    try:
        receipt = register_call(_call(values, _area(visit, values)), **visit.means)
    except StorageFull:
        return _again(visit, sent, values, {"": FULL})
    except CaseworkError as no:
        wrong = answers.wrong_in(values, sent.refused(no))
        return _again(visit, sent, values, wrong, is_it=no.day if isinstance(no, LongAgo) else "")
    # It is registered: a draft that is left over is better than an answer that says it is not.
    with (
        suppress(StorageError),
        visit.product.store.write(actor=visit.asker.key, now=visit.now) as work,
    ):
        drafts.drop(work, _draft(values))
    return RedirectResponse(
        f"/dubu/indgang/{receipt.underretning}?efter={After.REGISTERED}", status_code=303
    )


def _blank(visit: Visit) -> dict[str, Any]:
    values = _typed({})
    return values | {
        "henvendelse": Henvendelse.UNDERRETNING,
        "kanal": Channel.PHONE,
        "modtaget": danish_clock(visit.now).strftime("%Y-%m-%dT%H:%M"),
        "orienteret": Orienteret.UOPLYST,
    }


def _typed(fields: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: fields[name][-1] if fields.get(name) else "" for name in TEXTS}
    if not NUMBER.fullmatch(texts["formular"]):
        texts["formular"] = str(uuid4())
    return {**answers.typed(fields), **texts}


def _call(values: Mapping[str, Any], area: str) -> Call:
    kind, channel, told = values["henvendelse"], values["kanal"], values["orienteret"]
    if kind not in list(Henvendelse):
        raise FormProblem("henvendelse", "Vælg, om det er en underretning eller en ansøgning.")
    pligt = values["pligt"]
    if kind != Henvendelse.ANSOEGNING:
        pligt = answers.with_duty(values)["pligt"]
    between = kind == Henvendelse.MELLEMKOMMUNAL
    duty = Pligt.MELLEMKOMMUNAL if between else Pligt(pligt) if pligt in list(Pligt) else None
    return Call(
        form=key_of(values["formular"]) or uuid4(),
        received_at=_received(values["modtaget"]),
        text=values["tekst"],
        henvendelse=Henvendelse(kind),
        channel=Channel(channel) if channel in list(Channel) else Channel.PHONE,
        child=_child(values),
        underretter=values["underretter"] or ("1" if between else None),
        pligt=duty,
        professional=None if duty is None else duty != Pligt.ALLE,
        anonymous=values["anonym"] == "ja",
        notifier_name=values["underretter_navn"],
        notifier_organisation=values["underretter_sted"],
        notifier_address=values["underretter_adresse"],
        notifier_relation=values["underretter_forhold"],
        orienteret=Orienteret(told) if told in list(Orienteret) else None,
        concerns=tuple(values["bekymring"]),
        # The tick is for the moment it stood beside: another moment is asked about again.
        is_right=values["modtaget_rigtigt"] == values["modtaget"],
        area=area if kind == Henvendelse.ANSOEGNING else "",
    )


def _area(visit: Visit, values: Mapping[str, Any]) -> str:
    """Return what is applied for; nothing where the text is to tell."""
    with visit.reading() as connection:
        known = area_options(connection, visit.product, danish.danish_day(visit.now))
    return next((code for code, _ in known if code == values["omraade"]), "")


def _child(values: Mapping[str, Any]) -> ChildChoice | None:
    """Return the child; nothing said leaves it to what the text says."""
    return answers.child_choice(values, None) if values["barn"] else None


def _received(text: str) -> datetime:
    try:
        return moment_of(text)
    except ValueError:
        raise FormProblem("modtaget", "Skriv, hvornår den kom, fx 12.8.2026 kl. 9.14.") from None


def _look_up(visit: Visit, sent: Sent, values: dict[str, Any]) -> Response:
    mother = sent.one("gem") == "find_mor"
    text = values["mor" if mother else "find"].strip()
    if not text:
        return _again(
            visit,
            sent,
            values,
            {"mor" if mother else "find": "Skriv et navn eller et CPR-nummer, og søg igen."},
        )
    found = find_child(text, **visit.means)
    saved_at = visit.now if _keep(visit, sent, values) else None
    keys = [str(one.id) for one in found or ()]
    listed = "moedre" if mother else "fundet"
    values[listed] = list(dict.fromkeys([*values[listed], *keys]))
    if len(keys) == 1:
        values["mor_valgt" if mother else "barn"] = keys[0]
    said = "Adressebogen svarer ikke. Skriv videre; barnet slås op senere."
    if found is not None:
        said = f"{len(keys)} fundet. Vælg på listen ovenfor." if keys else "Ingen fundet."
    return _drawn(visit, values, {}, saved_at, search=said, unknown=not keys and is_cpr(text))


def _again(
    visit: Visit,
    sent: Sent,
    values: dict[str, Any],
    errors: Mapping[str, str],
    *,
    is_it: str = "",
) -> Response:
    saved_at = visit.now if _keep(visit, sent, values) else None
    kept = saved_at is not None
    return _drawn(visit, values, errors, saved_at, kept=kept, is_it=is_it, status=422)


def _keep(visit: Visit, sent: Sent, values: Mapping[str, Any]) -> bool:
    """Keep it as a draft, and tell whether it could be: the form is shown again either way."""
    try:
        with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
            drafts.keep(work, _draft(values), sent.typed(), base_version=0)
    except StorageError:
        return False
    return True


def _draft(values: Mapping[str, Any]) -> str:
    return f"{KIND}:{values['formular']}"


def _begun(visit: Visit, number: str, draft: drafts.Draft) -> Begun:
    text = " ".join(_typed(draft.fields)["tekst"].split())
    shown = f"{text[:LONGEST_BEGINNING].rstrip()} …" if len(text) > LONGEST_BEGINNING else text
    return Begun(number, danish.list_moment(draft.saved_at, visit.now), shown)


def _drawn(
    visit: Visit,
    values: Mapping[str, Any],
    errors: Mapping[str, str],
    saved_at: datetime | None,
    *,
    restored: bool = False,
    kept: bool = True,
    begun: Sequence[Begun] = (),
    search: str = "",
    unknown: bool = False,
    is_it: str = "",
    status: int = 200,
) -> Response:
    today = danish.danish_day(visit.now)
    keys = {name: [k for text in values[name] if (k := key_of(text))] for name in answers.LISTS[2:]}
    with visit.reading() as connection:
        people = known_family.some(connection, [*keys["fundet"], *keys["moedre"]])
        areas = area_options(connection, visit.product, today)
    lines = {str(one.person): view.candidate(one, today) for one in people}
    shown = NewForm(
        values,
        errors,
        saved_at,
        danish.list_moment(saved_at, visit.now) if restored and saved_at else "",
        kept=kept,
        begun=begun,
        candidates=[lines[key] for key in values["fundet"] if key in lines],
        mothers=[lines[key] for key in values["moedre"] if key in lines],
        search=search,
        unknown_number=unknown,
        is_it=is_it,
        sources=view.sources(today),
        groups=[
            (view.GROUPS[group], [row for row in BEKYMRINGER
                                  if row.gruppe is group and row.in_use(today)])
            for group in Gruppe
        ],
        areas=areas,
    )  # fmt: skip
    page = Page(
        "indgang/new.html",
        "Ny henvendelse",
        "/dubu/indgang",
        values={"u": shown, "restored": shown.restored},
    )
    return visit.page(page, status)
