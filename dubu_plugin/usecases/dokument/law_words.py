"""A paragraph of the catalogues as a letter says it."""

import re
from typing import Final

from dubu_plugin.domain.danish import unbroken

ACTS: Final = {
    "BL": "barnets lov",
    "SEL": "lov om social service",
    "LUK": "lov om bekæmpelse af ungdomskriminalitet",
    "VAL": "lov om voksenansvar for anbragte børn og unge",
    "RSL": "retssikkerhedsloven",
    "FVL": "forvaltningsloven",
    "OL": "offentlighedsloven",
    "DBL": "databeskyttelsesloven",
    "GDPR": "databeskyttelsesforordningen",
}


def within(law: str) -> str:
    """Return ``barnets lov § 95`` for ``Barnets lov § 95``: as it stands within a sentence."""
    return unbroken(f"{law[:1].lower()}{law[1:]}")


def law_words(law: str) -> str:
    """Return ``barnets lov § 32, stk. 1, nr. 5`` for ``BL § 32 stk. 1 nr. 5``."""
    words = re.sub(rf"\b({'|'.join(ACTS)})\b", lambda found: ACTS[found[1]], law)
    words = re.sub(r"\bBEK (\d+)/(\d{4})", r"bekendtgørelse \1 af \2", words)
    words = re.sub(r"(?<= af \d{4}) (?=§)", ", ", words)
    return unbroken(re.sub(r"(?<!jf\.),? (stk\.|nr\.)", r", \1", words))


def law_line(law: str) -> str:
    """Return ``Barnets lov § 20, stk. 3`` for ``BL § 20 stk. 3``: as a line begins with it."""
    words = law_words(law)
    return f"{words[:1].upper()}{words[1:]}"
