"""A paragraph of the catalogues as a letter says it."""

import re
from typing import Final

from dubu_plugin.domain.danish import unbroken

ACTS: Final = {
    "BL": "barnets lov",
    "SEL": "lov om social service",
    "LUK": "lov om bekæmpelse af ungdomskriminalitet",
    "VAL": "lov om voksenansvar for anbragte børn og unge",
}


def within(law: str) -> str:
    """Return ``barnets lov § 95`` for ``Barnets lov § 95``: as it stands within a sentence."""
    return unbroken(f"{law[:1].lower()}{law[1:]}")


def law_words(law: str) -> str:
    """Return ``barnets lov § 32, stk. 1, nr. 5`` for ``BL § 32 stk. 1 nr. 5``."""
    words = re.sub(r"\b(BL|SEL|LUK|VAL)\b", lambda found: ACTS[found[1]], law)
    return unbroken(re.sub(r",? (stk\.|nr\.)", r", \1", words))
