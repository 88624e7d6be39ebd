"""A key that is none is the same as one that is somebody else's."""

from uuid import UUID

import pytest

from dubu_plugin.store.access import NotYours
from dubu_plugin.web.keys import NOBODY, key_in, key_of, keys_in, keys_or_nobody

KEY = "0a1b2c3d-0000-4000-8000-000000000001"


def test_what_is_no_key_is_none() -> None:
    assert key_of(KEY) == UUID(KEY)
    assert key_of("ny") is None


def test_what_is_no_key_is_not_there() -> None:
    assert keys_in([KEY]) == [UUID(KEY)]
    with pytest.raises(NotYours):
        key_in("ny")
    with pytest.raises(NotYours):
        keys_in([KEY, ""])


def test_what_is_no_key_among_several_is_nobodys() -> None:
    assert keys_or_nobody([KEY, "ny"]) == {UUID(KEY), NOBODY}
