"""What the commands share that put the municipality's own in and take it out."""

from pathlib import Path
from typing import Final

import typer

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.store.transaction import SYSTEM


def there(file: Path) -> Path:
    """Return a file that is there, or say that it is not."""
    if not file.is_file():
        raise typer.BadParameter(f"Der er ingen fil {file}.", param_hint="FIL")
    return file


AT_THE_SERVER: Final = Asker(SYSTEM, frozenset({Role.ADMINISTRATOR}))
"""Who runs a command: somebody who keeps the installation, by no name we know."""
