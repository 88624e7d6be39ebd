"""What the texts of a plan say of themselves: where each is from, and since when it stands."""

from collections import defaultdict
from collections.abc import Mapping

from dubu_plugin.domain import danish
from dubu_plugin.web.plan.form import name_of
from dubu_plugin.web.plan.view import Plan
from dubu_plugin.web.skrift.words import comes_from, stands_since


def unchanged(plan: Plan) -> Mapping[str, str]:
    """Return that of each text, by the names of the form; empty for what is of this version."""
    it = plan.opened
    return defaultdict(
        str,
        {
            name_of(at): danish.unbroken(
                " · ".join(filter(None, (comes_from(it, text), stands_since(it, text))))
            )
            for at, text in it.said.items()
            if text.text
        },
    )
