"""Letting the demo's post in, the way all post comes in."""

from dubu_plugin import app
from dubu_plugin.settings import Settings


def receive(settings: Settings) -> int:
    """Register everything that lies in the host's inbox, and return how many items there were."""
    product = app.build(settings)
    return 0
