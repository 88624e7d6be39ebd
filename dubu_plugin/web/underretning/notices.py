"""What the page of something that came in says first, and what nobody has looked at yet."""

from collections.abc import Sequence
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.intake import told_apart
from dubu_plugin.domain.suggestions import ANONYMOUS
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.ports.post import Channel
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.web.underretning import view
from dubu_plugin.web.underretning.assessment_form import Values
from dubu_plugin.web.underretning.read import Read
from dubu_plugin.web.underretning.receipt_view import After

UNREAD: Final = frozenset({Channel.EMAIL, Channel.DIGITAL_POST, Channel.FORM, Channel.FILE})
"""What no person has typed: who it is from was told from its words."""


def is_guessed(facts: Read, values: Values) -> bool:
    """Tell whether no person has looked at who it is from: a call is typed by one."""
    about = facts.about
    typed = about.channel not in UNREAD or facts.vurdering is not None
    same = values["underretter"] == (about.underretter or "")
    return not typed and same and bool(about.underretter)


def notices_of(facts: Read, after: After) -> Sequence[view.Notice]:
    """Return what the page says first of what came in."""
    about = facts.about
    notices = []
    if about.protected:
        notices.append(
            view.Notice(
                "info", "Beskyttet", "lock",
                "Kun dem, der arbejder på sagen, og deres leder kan se den.",
            )
        )  # fmt: skip
    if facts.numbers_heard and after is not After.REGISTERED:  # its receipt says the same
        said = danish.unbroken(" ".join(facts.numbers_heard))
        notices.append(view.Notice("warning", "Se på CPR-nummeret", "warning", said))
    if (
        about.state == underretninger.NEW
        and about.henvendelse is Henvendelse.UNDERRETNING
        and facts.answer is not None
    ):
        notices.append(view.Notice("info", "Den er også en ansøgning", "info", view.BOTH))
    if when := _when(facts):
        notices.append(view.Notice("info", "Hvornår kom den?", "time", when))
    undecided = about.state == underretninger.NEW and not about.anonymous
    if undecided and ANONYMOUS.search(about.text or ""):
        notices.append(view.Notice("warning", "Vil være anonym", "warning", view.WISHES))
    return notices


def _when(facts: Read) -> str:
    """Return which moment its clocks count from, where that can be doubted and nobody has said."""
    about, post = facts.about, facts.post
    if about.state != underretninger.NEW or post is None or about.received_at != post.received_at:
        return ""
    said = told_apart(post.received_at, post.said_at, post.stored_at)
    if not said:
        return ""
    if about.henvendelse is Henvendelse.ANSOEGNING:
        return danish.unbroken(said)
    return danish.unbroken(
        f"{said} Passer det ikke, så ret det under »{view.arrived(about)}: ret tidspunktet«."
    )
