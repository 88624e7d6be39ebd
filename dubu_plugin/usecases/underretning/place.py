"""Put an underretning on the child's case, and have the original filed there.

A child has one case with us, and perhaps another about a disability. Where it runs, the
underretning joins it. Where it is closed, a new underretning reopens it, because earlier
underretninger must be read together with the new one; the host is asked to reopen its own, and only
where it will not (it may be archived) is a new one opened there, which then goes on under our same
case. Where there is none, one is opened: the host's running case on the child where it has one,
else a new one.
"""

import re
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from dubu_plugin.domain.ansoegning import is_about_disability
from dubu_plugin.domain.danish import danish_day, long_date, moment_text
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.intake import FileState
from dubu_plugin.domain.underretning import ANONYM, SOURCES, UNDERRETTERE, Henvendelse
from dubu_plugin.ports.journal_objects import Direction
from dubu_plugin.ports.post import Channel
from dubu_plugin.store import deadlines, outbox
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.search import words as search_words
from dubu_plugin.store.search.words import Weight
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Post, PostFile, Underretning
from dubu_plugin.usecases.dokument.order.letter import file_waiting_letters
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.sag.birth import address_to_find
from dubu_plugin.usecases.sag.tell_parties import tell_parties
from dubu_plugin.usecases.underretning.left_empty import is_used_again

_DECORATION: Final = re.compile(
    r"(?i)^(?:image\d+|fil-\d+|logo.*|outlook-.*)\.(?:png|jpe?g|gif|bmp)$"
)

TITLES: Final = {
    Henvendelse.UNDERRETNING: "Underretning",
    Henvendelse.MELLEMKOMMUNAL: "Underretning fra anden kommune",
    Henvendelse.ANSOEGNING: "Ansøgning",
    Henvendelse.ANDET: "Henvendelse",
}
HOW: Final = {
    Channel.EMAIL: "som e-mail",
    Channel.DIGITAL_POST: "med Digital Post",
    Channel.FORM: "med den digitale blanket",
    Channel.PHONE: "i telefonen",
    Channel.IN_PERSON: "ved personligt fremmøde",
    Channel.LETTER: "som brev",
    Channel.ON_CALL: "af døgnvagten",
    Channel.POLICE: "fra politiets system",
    Channel.FILE: "som fil",
}
FROM_SOMEBODY: Final = frozenset({Henvendelse.UNDERRETNING, Henvendelse.ANDET})
NOT_SAID: Final = "99"
_SOURCES: Final = {row.code: row.title for row in UNDERRETTERE}


def place(work: Work, means: Means, about: Underretning, child: Known) -> Sag:
    """Put an underretning on its child's case, and return the case.

    Does nothing more where it lies there already.
    """
    sag = sager.of_child(work.connection, child.id, _area(about))
    if sag is not None and sag.id == about.sag_id:
        return sag
    sag = _joined(work, about, sag) if sag else _opened(work, about, child)
    underretninger.change_quietly(work.connection, about.id, sag_id=sag.id)
    follow_case(work, sag.id)
    tell_parties(work, sag.id)
    _file_original(work, means, about, sag)
    file_waiting_letters(work, underretning=about.id, sag=sag.id)
    return sag


def _joined(work: Work, about: Underretning, sag: Sag) -> Sag:
    """Join a case there is, reopened where it was closed here; the host's own is seen to."""
    if sag.is_closed:
        step = _first_step(about)
        sager.change(work.connection, sag.id, phase=sager.ACTIVE, step=step, closed_at=None)
        work.happened(
            Haendelse.SAG_GENAABNET,
            sag=sag.id,
            underretning=about.id,
            person=sag.child_id,
            data={"grund": "ny_underretning"},
        )
    elif sag.step == sager.APPLIED:
        sager.change(work.connection, sag.id, step=_first_step(about))
    is_used_again(work, sag.id)
    # Somebody may have closed it in the host and not here, so this is looked at every time.
    lane, payload = sag_lane(sag.id), {"sag": str(sag.id)}
    # It may have lain here before, been moved away and come back: that is another time.
    for kind, step in (("reopen_case", "reopen"), ("open_case", "open")):
        key = op_key(about.id, f"{step}:{sag.id}:{about.version}")
        work.tell(kind, lane=lane, key=key, payload=payload)
    return sager.by_id(work.connection, sag.id) or sag


def _opened(work: Work, about: Underretning, child: Known) -> Sag:
    sag = sager.open_new(
        work.connection,
        child.id,
        title=child.name,
        area=_area(about),
        unit=about.unit,
        protected=about.protected,
        now=work.now,
    )
    if _first_step(about) != sag.step:
        sager.change(work.connection, sag.id, step=_first_step(about))
    words = {Weight.NAME: child.name, Weight.TITLE: address_to_find(child)}
    search_words.index(work.connection, "sag", sag.id, words)
    lane, payload = sag_lane(sag.id), {"sag": str(sag.id)}
    work.tell("find_case", lane=lane, key=op_key(sag.id, "find_case"), payload=payload)
    work.tell("open_case", lane=lane, key=op_key(sag.id, "open_case"), payload=payload)
    return sag


def _first_step(about: Underretning) -> str:
    asked = about.henvendelse is Henvendelse.ANSOEGNING
    return sager.APPLIED if asked else sager.RECEIVED


def _area(about: Underretning) -> str:
    asked = about.henvendelse is Henvendelse.ANSOEGNING and is_about_disability(about.text)
    return sager.DISABILITY if asked else sager.VULNERABLE


def follow_case(work: Work, number: UUID) -> None:
    """Give the new underretninger of a case its protection and, where they have none, its owner.

    Nobody is given one about themselves or somebody they are related to.
    """
    sag = sager.by_id(work.connection, number)
    if sag is None:
        return
    who = sag.responsible
    if who is not None and personer.is_kept_from(work.connection, who, sag.child_id):
        who = None
    for about in underretninger.new_on(work.connection, sag.id):
        underretninger.change_quietly(
            work.connection,
            about.id,
            protected=about.protected or sag.protected,
            responsible=about.responsible or who,
        )
        if about.responsible is None and who is not None:
            deadlines.hand_over(
                work.connection, underretning=about.id, responsible=who, unit=about.unit
            )


# -- the original ----------------------------------------------------------------------------------


def _file_original(work: Work, means: Means, about: Underretning, sag: Sag) -> None:
    """Have the original filed as a document that came in, with a note that says so."""
    post = underretninger.post_by_id(work.connection, about.post_id)
    if post is None:
        return
    files, left_out = _files(work, means, about, post)
    title = TITLES[about.henvendelse]
    payload: dict[str, JSON] = {
        "sag": str(sag.id),
        "title": document_title(about),
        "direction": Direction.IN,
        "date": danish_day(about.received_at).isoformat(),
        "party": source(about),
        "files": files,
        "note": {
            "title": f"{title} modtaget",
            "body": _note(about, left_out, whole=_has_original(files, post)),
        },
    }
    key = op_key(about.id, f"file:{sag.id}")
    if outbox.is_told(work.connection, key):
        _it_counts_again(work, about, sag, title)
        return
    work.tell("file_document", lane=sag_lane(sag.id), key=key, payload=payload)


def _it_counts_again(work: Work, about: Underretning, sag: Sag, title: str) -> None:
    """Leave a note where it was filed, moved away from, and has come back to."""
    work.tell(
        "add_note",
        lane=sag_lane(sag.id),
        key=op_key(about.id, f"back:{sag.id}:{about.version}"),
        payload={
            "sag": str(sag.id),
            "title": f"{title} hører til her",
            "body": (
                f"Det, der blev modtaget {moment_text(about.received_at)}, blev flyttet til et "
                "andet barns sag, men hører til på denne. Originalen gælder, som den allerede "
                "ligger på sagen, og det samme gør breve, der er sendt til underretteren."
            ),
            "occurred_at": work.now.isoformat(),
        },
    )


def _files(
    work: Work, means: Means, about: Underretning, post: Post
) -> tuple[list[JSON], list[str]]:
    """Return the files to file, and the names of those that are left out and why."""
    largest = means.settings.intake.largest_attachment
    found = underretninger.files_of(work.connection, post.id)
    files: list[JSON] = []
    left_out = []
    too_large, harmful = post.size > largest, _is_harmful(found)
    whole = is_filed_whole(post, found, largest)
    if not whole:
        text = means.blobs.put(f"{about.text}\n".encode())
        files.append(_file(text, "Tekst.txt", "text/plain"))
    else:
        files.append(_file(post.sha256, post.filename, _media_type(post, found)))
    if harmful and not any(one.name == post.filename for one in found):
        left_out.append(f"{post.filename} (rummer noget, der kan være skadeligt)")
    elif too_large and not harmful:
        left_out.append(f"{post.filename} (for stor)")
    for one in found:
        if one.state == FileState.TOO_LARGE:
            left_out.append(f"{one.name} (for stor)")
        elif one.state == FileState.DANGEROUS:
            left_out.append(f"{one.name} (kan være skadelig)")
        elif one.sha256 is not None and not _DECORATION.match(one.name):
            files.append(_file(one.sha256, one.name, one.media_type))
    return files, left_out


def is_filed_whole(post: Post, found: Sequence[PostFile], largest: int) -> bool:
    """Tell whether the original itself is put on the case, and not its text in its place.

    :param largest: the most a file on a case may hold, in bytes.
    """
    return post.size <= largest and not _is_harmful(found)


def _is_harmful(found: Sequence[PostFile]) -> bool:
    """Tell whether the original is a program, whatever it is called, or has one inside."""
    return any(one.state == FileState.DANGEROUS for one in found)


def _file(sha256: str, name: str, media_type: str) -> JSON:
    return {"sha256": sha256, "name": name, "media_type": media_type}


def _media_type(post: Post, found: Sequence[PostFile]) -> str:
    """Return what the original is: the reading said so where it is one file, else it is a mail."""
    alone = [one.media_type for one in found if one.sha256 is None and one.name == post.filename]
    return alone[0] if alone else "message/rfc822"


def document_title(about: Underretning) -> str:
    """Return what tells it apart on a case: ``Underretning fra skolen, 12. maj 2026``.

    By kind, sort of notifier and the day it came. It names nobody: lists show titles to many.
    """
    title = TITLES[about.henvendelse]
    by = SOURCES.get(ANONYM if about.anonymous else about.underretter or "")
    # What another municipality sends says so already, and who asks for help is the family.
    if by and about.underretter != NOT_SAID and about.henvendelse in FROM_SOMEBODY:
        title = f"{title} fra {by}"
    return f"{title}, {long_date(danish_day(about.received_at))}"


def source(about: Underretning) -> str:
    """Return who it is from, by kind and organisation; never a private person's name."""
    if about.anonymous:
        return "Anonym"
    unknown = "Ansøger" if about.henvendelse is Henvendelse.ANSOEGNING else "Ikke oplyst"
    kind = _SOURCES.get(about.underretter or "", unknown)
    return f"{kind}, {about.notifier_organisation}" if about.notifier_organisation else kind


def _has_original(files: list[JSON], post: Post) -> bool:
    return any(isinstance(one, dict) and one["sha256"] == post.sha256 for one in files)


def _note(about: Underretning, left_out: list[str], *, whole: bool) -> str:
    """:param whole: whether the original itself is on the case."""
    said = [f"Modtaget {moment_text(about.received_at)} {HOW[Channel(about.channel)]}."]
    if about.henvendelse is not Henvendelse.ANSOEGNING:
        said.append(f"Kilde: {source(about)}.")
    said.append(
        "Originalen ligger på sagen som dokument."
        if whole
        else "Teksten ligger på sagen som dokument. Originalen er gemt uændret og kan hentes fra "
        "underretningens side."
    )
    if left_out:
        said.append(f"Ikke lagt på sagen: {', '.join(left_out)}.")
    return " ".join(said)
