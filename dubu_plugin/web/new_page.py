"""Ny henvendelse: what somebody says on the telephone, an application, or a § 132 notice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.cpr import NotACpr
from dubu_plugin.domain.danish_time import danish as danish_clock
from dubu_plugin.domain.danish_time import understood
from dubu_plugin.domain.intake import InTheFuture
from dubu_plugin.domain.underretning import BEKYMRINGER, Gruppe, Henvendelse, Orienteret, Pligt
from dubu_plugin.errors import CaseworkError
from dubu_plugin.ports.post import Channel
from dubu_plugin.store import drafts, known_family
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.search import is_cpr
from dubu_plugin.usecases.underretning.child_choice import ChildChoice
from dubu_plugin.usecases.underretning.correct import NotInUse
from dubu_plugin.usecases.underretning.find_child import find_child
from dubu_plugin.usecases.underretning.register_call import Call, TextMissing, register_call
from dubu_plugin.web import assessment_form as answers
from dubu_plugin.web import underretning_view as view
from dubu_plugin.web.assessment_form import FormProblem
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form, Sent
from dubu_plugin.web.receipt_view import After

router = APIRouter()

URL: Final = "/dubu/indgang/ny"
DRAFT: Final = "henvendelse:ny"

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
TEXTS: Final = ("henvendelse", "kanal", "modtaget", "tekst", "formular")

AT_FIELD: Final[Mapping[type[CaseworkError], str]] = {
    TextMissing: "tekst",
    InTheFuture: "modtaget",
    NotInUse: "underretter",
    NotACpr: "find",
}


@dataclass(frozen=True, slots=True)
class NewForm:
    """The page."""

    fields: Mapping[str, Any] = field(repr=False)
    errors: Mapping[str, str]
    saved_at: datetime | None
    restored: str
    kinds: Any = KINDS
    channels: Any = CHANNELS
    candidates: Any = ()
    search: str = ""
    unknown_number: bool = False
    mothers: Any = ()
    sources: Any = ()
    duties: Any = view.DUTIES
    informed: Any = view.INFORMED
    groups: Any = ()


@router.get(URL)
def show(visit: Registrar) -> Response:
    """Show the form, with the draft of whoever was typing."""
    with visit.reading() as connection:
        draft = drafts.kept(connection, visit.asker.key, DRAFT)
    if draft is None:
        return _drawn(visit, _blank(visit), {}, None)
    return _drawn(visit, _typed(draft.fields), {}, draft.saved_at, restored=True)


@router.post(URL)
def save(visit: Registrar, sent: Form) -> Response:
    """Register it, or look a child up: what the button that was pressed says."""
    values = _typed(sent.fields)
    if sent.one("gem") in ("find_barn", "find_mor"):
        return _look_up(visit, sent, values)
    try:
        receipt = register_call(
            _call(sent, values), product=visit.product, asker=visit.asker, now=visit.now
        )
    except NotYours:
        raise
    except FormProblem as problem:
        return _again(visit, sent, values, {problem.field: problem.sentence})
    except CaseworkError as no:
        return _again(visit, sent, values, {AT_FIELD.get(type(no), ""): no.for_people()})
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        drafts.drop(work, DRAFT)
    return RedirectResponse(
        f"/dubu/indgang/{receipt.underretning}?efter={After.REGISTERED}", status_code=303
    )


def _blank(visit: Visit) -> dict[str, Any]:
    values = _typed({})
    return values | {
        "henvendelse": Henvendelse.UNDERRETNING,
        "kanal": Channel.PHONE,
        "modtaget": danish_clock(visit.now).strftime("%Y-%m-%dT%H:%M"),
        "formular": str(uuid4()),
        "orienteret": Orienteret.UOPLYST,
    }


def _typed(fields: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: fields[name][-1] if fields.get(name) else "" for name in TEXTS}
    return {**answers.typed(fields), **texts}


def _call(sent: Sent, values: Mapping[str, Any]) -> Call:
    kind, channel, pligt, told = (
        values["henvendelse"], values["kanal"], values["pligt"], values["orienteret"],
    )  # fmt: skip
    if kind not in list(Henvendelse):
        raise FormProblem("henvendelse", "Vælg, om det er en underretning eller en ansøgning.")
    between = kind == Henvendelse.MELLEMKOMMUNAL
    duty = Pligt.MELLEMKOMMUNAL if between else Pligt(pligt) if pligt in list(Pligt) else None
    return Call(
        form=_key(values["formular"]) or uuid4(),
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
    )


def _child(values: Mapping[str, Any]) -> ChildChoice | None:
    """Return the child; nothing said leaves it to what the text says."""
    return answers.child_choice(values, None) if values["barn"] else None


def _received(text: str) -> datetime:
    try:
        return understood(text)
    except ValueError:
        raise FormProblem(
            "modtaget", "Skriv, hvornår den kom, fx 2. marts 2026 kl. 09.14."
        ) from None


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
    found = find_child(text, product=visit.product, actor=visit.asker.key, now=visit.now)
    _keep(visit, sent)
    keys = [str(one.id) for one in found or ()]
    listed = "moedre" if mother else "fundet"
    values[listed] = list(dict.fromkeys([*values[listed], *keys]))
    if len(keys) == 1:
        values["mor_valgt" if mother else "barn"] = keys[0]
    said = "Adressebogen svarer ikke. Skriv videre; barnet slås op senere."
    if found is not None:
        said = f"{len(keys)} fundet. Vælg på listen ovenfor." if keys else "Ingen fundet."
    return _drawn(visit, values, {}, visit.now, search=said, unknown=not keys and is_cpr(text))


def _again(visit: Visit, sent: Sent, values: dict[str, Any], errors: Mapping[str, str]) -> Response:
    _keep(visit, sent)
    return _drawn(visit, values, errors, visit.now, status=422)


def _keep(visit: Visit, sent: Sent) -> None:
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        drafts.keep(work, DRAFT, sent.typed(), base_version=0)


def _drawn(
    visit: Visit,
    values: Mapping[str, Any],
    errors: Mapping[str, str],
    saved_at: datetime | None,
    *,
    restored: bool = False,
    search: str = "",
    unknown: bool = False,
    status: int = 200,
) -> Response:
    today = danish.danish_day(visit.now)
    keys = {name: [k for text in values[name] if (k := _key(text))] for name in answers.LISTS[2:]}
    with visit.reading() as connection:
        people = known_family.some(connection, [*keys["fundet"], *keys["moedre"]])
    lines = {str(one.person): view.candidate(one, today) for one in people}
    shown = NewForm(
        values,
        errors,
        saved_at,
        danish.list_moment(saved_at, visit.now) if restored and saved_at else "",
        candidates=[lines[key] for key in values["fundet"] if key in lines],
        mothers=[lines[key] for key in values["moedre"] if key in lines],
        search=search,
        unknown_number=unknown,
        sources=view.sources(today),
        groups=[
            (view.GROUPS[group], [row for row in BEKYMRINGER
                                  if row.gruppe is group and row.in_use(today)])
            for group in Gruppe
        ],
    )  # fmt: skip
    page = Page("new.html", "Ny henvendelse", "/dubu/indgang", values={"u": shown})
    return visit.page(page, status)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
