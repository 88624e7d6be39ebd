"""What the tests of ``dubu check`` share."""

import json
from typing import Any


def findings(answer: Any) -> dict[str, dict[str, Any]]:
    """Return what the check said with ``--json``, by part."""
    return {finding["part"]: finding for finding in json.loads(answer.out)}
