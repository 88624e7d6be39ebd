"""How large a file is, in words."""

from dubu_plugin.domain import danish


def size_words(size: int) -> str:
    """Return ``50 MB``, ``3 KB`` or ``12 byte``; the size is in bytes."""
    for unit, factor in (("MB", 1024 * 1024), ("KB", 1024)):
        if size >= factor:
            return f"{danish.whole_text(round(size / factor))} {unit}"
    return f"{size} byte"
