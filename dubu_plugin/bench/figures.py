"""What measurements add up to, and the machine they were made on."""

import os
import platform
import sqlite3
import statistics
from collections.abc import Sequence
from pathlib import Path

Figures = dict[str, float | int | str | None]

KILO = 1024


def spread(milliseconds: Sequence[float], prefix: str = "") -> Figures:
    """Return the median, the 95th and 99th percentile and the largest of some times, in ms."""
    ordered = sorted(milliseconds)
    return {
        f"{prefix}p50_ms": round(statistics.median(ordered), 2),
        f"{prefix}p95_ms": round(percentile(ordered, 0.95), 2),
        f"{prefix}p99_ms": round(percentile(ordered, 0.99), 2),
        f"{prefix}max_ms": round(ordered[-1], 2),
    }


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of all is not above (nearest rank)."""
    rank = max(1, -(-len(ordered) * share // 1))
    return ordered[int(rank) - 1]


def rss_mb(pid: int, *, peak: bool = False) -> float:
    """Return how much memory a process holds, or ever held, in MiB. Linux only."""
    name = "VmHWM:" if peak else "VmRSS:"
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(name))
    return round(int(line.split()[1]) / KILO, 1)


def machine() -> Figures:
    """Return what the figures were measured on."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "ram_gb": _ram_gb(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _ram_gb() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / KILO**3, 1)
    except (ValueError, OSError):
        return None
