"""What came in, in words: who it is from, its files, and where the original lies."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.intake import HOURS_APART, REMARKS, FileState, read_back
from dubu_plugin.domain.underretning import Orienteret
from dubu_plugin.store.underretning.copies import First
from dubu_plugin.store.underretning.underretninger import Post, PostFile, Underretning
from dubu_plugin.web.indgang.sizes import size_words
from dubu_plugin.web.naming import KINDS, source_words
from dubu_plugin.web.underretning.view import INFORMED

FILE_STATES: Final = {
    FileState.READ: "",
    FileState.NO_TEXT: "Kan ikke læses som tekst. Åbn den.",
    FileState.TOO_LARGE: "For stor til at blive taget ud. Ligger i originalen.",
    FileState.ENCRYPTED: "Låst med adgangskode.",
    FileState.DAMAGED: "Kan ikke åbnes.",
    FileState.DANGEROUS: "Kan skade computeren og kan ikke hentes her.",
}


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file that came along."""

    name: str = field(repr=False)
    size: str
    symbol: str
    state: str
    url: str | None


def facts(about: Underretning, post: Post | None) -> Sequence[tuple[str, str]]:
    """Return who wrote it, and what they say of having told the family."""
    sender = ", ".join(part for part in (about.notifier_name, about.notifier_organisation) if part)
    rows = [("Fra", "Anonym" if about.anonymous else sender or (post and post.sender) or "")]
    if about.notifier_relation:
        rows.append(("Kender barnet", about.notifier_relation))
    if post is not None and post.subject and post.subject not in KINDS.values():
        rows.append(("Emne", post.subject))
    if post is not None and post.said_at and abs(post.said_at - about.received_at) >= HOURS_APART:
        rows.append(("Mailens egen tid", danish.unbroken(danish.moment_text(post.said_at))))
    if about.orienteret and about.orienteret != Orienteret.UOPLYST:
        rows.append(("Familien orienteret", dict(INFORMED)[Orienteret(about.orienteret)]))
    return [(label, value) for label, value in rows if value]


def files(about: Underretning, found: Sequence[PostFile]) -> Sequence[FileLine]:
    """Return the files that came along, with what cannot be done with each."""
    symbols = {"application/pdf": "file-pdf", "message/rfc822": "email"}
    lines = []
    for one in found:
        state = FileState(one.state)
        fetched = one.sha256 is not None and state is not FileState.DANGEROUS
        lines.append(
            FileLine(
                one.name,
                size_words(one.size),
                symbols.get(one.media_type, "document"),
                FILE_STATES[state],
                f"/dubu/indgang/{about.id}/fil/{one.position}" if fetched else None,
            )
        )
    return lines


def remarks(post: Post | None) -> Sequence[str]:
    """Return what a person must see to, in sentences."""
    if post is None or post.state != "afventer_menneske":
        return ()
    return [REMARKS[one].danish for one in read_back(post.needs)]


def first(one: First | None, now: datetime) -> tuple[str, str] | None:
    """Return the way to the one that came first under the same Message-ID."""
    if one is None:
        return None
    words = f"{source_words(one.underretter)}, {danish.list_moment(one.received_at, now)}"
    return words, f"/dubu/indgang/{one.underretning}"


def kept(about: Underretning, post: Post | None, files: Sequence[PostFile], now: datetime) -> str:
    """Return where the original is, and since when: it may have come long before it was put in."""
    when = danish.list_moment(post.stored_at if post else about.received_at, now)
    filed = f"Originalen kan ikke ændres. Den blev gemt her {when}"
    if about.sag_id is None:
        return f"{filed}. Den lægges på sagen, når barnet er valgt."
    if any(one.state == FileState.DANGEROUS for one in files):
        return f"{filed}. På sagen ligger teksten og ikke originalen."
    return f"{filed} og lagt på sagen som dokument."
