"""What a child is told of a decision about it: in its own words, never an adult's reasons."""

from dubu_plugin.documents.letter import Value
from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.danish import long_date, unbroken
from dubu_plugin.domain.help_taken import about, told
from dubu_plugin.usecases.afgoerelse.guidance import guidance_to_child
from dubu_plugin.usecases.afgoerelse.whole import Whole
from dubu_plugin.usecases.dokument.child_words import first_name
from dubu_plugin.usecases.dokument.law_words import law_words


def to_child(it: Whole, *, young: bool) -> dict[str, Value]:
    """Return the fields of a letter to a child of ten or more.

    :param young: it is fifteen or more, and reads what the law calls it.
    """
    said = it.said
    its_help = told(it.helps) if young else ""
    own: dict[str, Value] = (
        {} if young else {"afgoerelse.handler_om": about(it.matter.told_to_child, it.helps)}
    )
    return {
        **own,
        "afgoerelse.om": it.matter.title,
        "afgoerelse.lov": law_words(it.matter.law),
        "afgoerelse.hvornaar": _when(it),
        "barn.fornavn": first_name(it.child.name),
        "afgoerelse.til_barnet": "\n\n".join(filter(None, (said["til_barnet"], its_help))),
        # The adviser's own words of the child are not the child's: it reads what is said to it.
        "afgoerelse.barnets_syn": said.get("barnet_sagt", ""),
        "afgoerelse.opfoelgning": said.get("opfoelgning", ""),
        "afgoerelse.klage": guidance_to_child(
            it.matter,
            young=young,
            at_once=it.afgoerelse.at_once,
            gives=it.afgoerelse.outcome is not Outcome.AFSLAG,
        ),
    }


def _when(it: Whole) -> str:
    """Return the days it is about. While a child is on its way home it is placed as before (§ 100,
    stk. 4)."""
    first, last = it.afgoerelse.starts_on, it.afgoerelse.ends_on
    if it.matter.examined or it.afgoerelse.outcome is Outcome.AFSLAG:
        return ""
    days = " ".join(
        f"{word} den {long_date(day)}"
        for word, day in (("fra", first), ("til og med", last))
        if day is not None
    )
    if not days:
        return ""
    if it.matter.period and last is not None:
        prepared = f"{days[:1].upper()}{days[1:]} gør vi klar sammen."
        return unbroken(f"{prepared} Så længe bor du stadig, hvor du bor nu.")
    return unbroken(f"Det gælder {days}.")
