"""What the commands share that take a file in or out of the municipality's own folders."""

from pathlib import Path

import typer


def there(file: Path) -> Path:
    """Return a file that is there, or say that it is not."""
    if not file.is_file():
        raise typer.BadParameter(f"Der er ingen fil {file}.", param_hint="FIL")
    return file
