"""Say which child an underretning is about: one we know, one not born, one nobody knows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.search import words as search_words
from dubu_plugin.store.search.words import Weight
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.underretning.child_choice import ChildChoice, Resolved, resolved
from dubu_plugin.usecases.underretning.follow_assessment import follow_assessment
from dubu_plugin.usecases.underretning.give_up import give_up_closed
from dubu_plugin.usecases.underretning.left_empty import see_to_left
from dubu_plugin.usecases.underretning.moved import bring_letters, leave
from dubu_plugin.usecases.underretning.outside import see_to_case
from dubu_plugin.usecases.underretning.perhaps_same import insist_on_one_case, offering
from dubu_plugin.usecases.underretning.place import place
from dubu_plugin.usecases.underretning.register import look_for_child
from dubu_plugin.usecases.underretning.saved_by_another import insist_on_version


@dataclass(frozen=True, slots=True)
class Chosen:
    """What came of it."""

    child: UUID
    sag: UUID
    version: int
    """Of the underretning as it now stands."""
    warnings: tuple[str, ...] = ()


def choose_child(
    underretning: UUID,
    choice: ChildChoice,
    *,
    version: int,
    product: Means,
    asker: Asker,
    now: datetime,
) -> Chosen:
    """Say which child it is, and put the underretning on that child's case.

    :param version: what the page was opened with.
    :raises SavedByAnother: somebody has saved it since.
    :raises NotYours: the policy says no, or there is no such underretning or person.
    :raises PerhapsTheSame: it may be one with a case here that has not been shown; now it is.
    :raises CaseworkError: the choice lacks something, see `resolved`.
    """
    with (
        offering(product.store, underretning, actor=asker.key, now=now),
        acting(product.store, asker, Act.REGISTER, "underretning", underretning, now=now) as work,
    ):
        about = existing(work, underretning)
        insist_on_version(work.connection, about, version)
        sag, found = set_child(work, product, about, choice, asker=asker.key)
        underretninger.change(work.connection, about.id)
        after = existing(work, underretning)
        vurdering = underretninger.vurdering_of(work.connection, underretning)
        if vurdering is not None:
            follow_assessment(work, after, vurdering)
        see_to_left(work, underretning, about.sag_id)
    return Chosen(found.child.id, sag.id, after.version, found.warnings)


def existing(work: Work, underretning: UUID) -> Underretning:
    """Return an underretning.

    :raises NotYours: there is none.
    """
    about = underretninger.by_id(work.connection, underretning)
    if about is None:
        raise NotYours
    return about


def set_child(
    work: Work, means: Means, about: Underretning, choice: ChildChoice, *, asker: str
) -> tuple[Sag, Resolved]:
    """Set the child in the caller's transaction, and return its case.

    :raises PerhapsTheSame: it may be one with a case here that nobody has been shown.
    """
    found = resolved(work, about, choice, asker=asker)
    if about.child_id != found.child.id:
        insist_on_one_case(work, about, found.child)
    moves = about.sag_id is not None and about.child_id != found.child.id
    if moves and about.sag_id is not None:
        leave(work, about, about.sag_id)
    underretninger.change_quietly(
        work.connection,
        about.id,
        child_id=found.child.id,
        child_state=found.state,
        **({"sag_id": None} if moves else {}),
    )
    sag = place(work, means, existing(work, about.id), found.child)
    bring_letters(work, about, sag.id)
    if about.child_id != found.child.id or about.sag_id != sag.id:
        work.happened(
            Haendelse.BARN_VALGT,
            sag=sag.id,
            underretning=about.id,
            person=found.child.id,
            data={"hvordan": found.state, "indsats": sag.has_indsats},
        )
        search_words.index(
            work.connection, "underretning", about.id, {Weight.NAME: found.child.name}
        )
        look_for_child(work, about.id, again=f":{found.child.id}")
        give_up_closed(work)
        see_to_case(work, about.id)
    return sag, found
