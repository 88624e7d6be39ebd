"""What holds for every test: no network, a hostile time zone, the same random data every time."""

import os
import time

import hypothesis
import pytest

# Without it a failing contract says only `AssertionError`.
pytest.register_assert_rewrite("dubu_plugin.testing")

# Deadlines are judged in Europe/Copenhagen wherever the machine stands: a rule that asks the
# machine's own time zone is a day off here.
os.environ["TZ"] = "Pacific/Auckland"
time.tzset()

# A suite that is green once is green always; a time limit would measure the machine.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("house")
