"""Measure everything on a quiet machine, and write benchmarks/RESULTS.md.

    make bench                                    # everything, both sizes
    make bench ARGS="copenhagen --only intake"    # a part, again
    make bench ARGS="national --only frister-recompute"
    make bench ARGS=--page                        # write the page from what is kept

The figures of each workload are kept in benchmarks/results/ as `dubu bench` prints them, so that a
part can be measured again. The page is written from what is kept.
"""

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
KEPT = HERE / "results"
PAGE = HERE / "RESULTS.md"
SIZES = ("small", "copenhagen")
WORKLOADS = ("generate", "start", "front-page", "front-page-activities", "case-panel",
             "leader-page", "search", "intake", "memory", "section-save", "many-editors",
             "frister-recompute", "frister-reaction")  # fmt: skip
WITH_MORE = {"front-page-activities": ("front-page", "--activities", "2000000")}
"""Workloads on a municipality that holds more; they are not measured unless they are asked for."""

Kept = dict[tuple[str, str], dict[str, Any]]


@dataclass(frozen=True)
class Target:
    """What a figure should be, for Copenhagen unless another size is said."""

    workload: str
    figure: str
    says: str
    limit: float
    at_least: bool = False
    size: str = "copenhagen"

    def met(self, value: float) -> bool:
        """Tell whether a figure is good enough."""
        return value >= self.limit if self.at_least else value <= self.limit


TARGETS = (
    Target("front-page", "p95_ms", "front page, server time p95, ms", 50),
    Target("front-page", "own_queries_max", "front page, queries of our database", 12),
    Target("front-page", "queries_max", "front page, queries, the host's too", 12),
    Target("front-page", "alone_p95_ms", "Min dag as a page of its own, p95, ms", 50),
    Target(
        "front-page-activities", "p95_ms", "the same with 2,000,000 activities stored, p95, ms", 50
    ),
    Target("front-page-activities", "own_queries_max", "and queries of our database", 12),
    Target("case-panel", "p95_ms", "case panel in the host's tab, server time p95, ms", 50),
    Target("case-panel", "own_queries_max", "case panel in the tab, queries of our database", 12),
    Target("case-panel", "queries_max", "case panel in the tab, queries, the host's too", 12),
    Target("case-panel", "alone_p95_ms", "case panel as a page of its own, p95, ms", 50),
    Target("leader-page", "p95_ms", "Overblik for a team leader, server time p95, ms", 50),
    Target("leader-page", "director_p95_ms", "Overblik for a director, server time p95, ms", 50),
    Target("search", "p95_ms", "search, both requests, server time p95, ms", 150),
    Target(
        "intake", "per_second", "intake, 4 writers, a third with a file, items a second", 50, True
    ),
    Target("intake", "p99_ms", "intake, p99, ms", 300),
    Target("memory", "rss_mb", "serving process after 1,000 pages, MiB", 250),
    Target("start", "p50_ms", "start to first page, median of five, ms", 3_000),
    Target("frister-recompute", "seconds", "every open deadline counted again, seconds", 20),
    Target("frister-recompute", "peak_rss_mb", "and what that took, MiB", 300),
    Target("frister-recompute", "seconds", "the country's 530,000, seconds", 120, size="national"),
    Target(
        "frister-recompute",
        "peak_rss_mb",
        "and what that took, MiB (country)",
        300,
        size="national",
    ),
    Target("frister-reaction", "p95_ms", "what the rules add to one hændelse, p95, ms", 2),
    Target("section-save", "p95_ms", "saving a dimension, server time p95, ms", 40),
    Target("section-save", "open_p95_ms", "opening a dimension, server time p95, ms", 50),
    Target("section-save", "big_p95_ms", "opening a BFU of 60 pages and 12 versions, p95, ms", 100),
    Target("section-save", "diff_p95_ms", "the difference of two versions, p95, ms", 100),
    Target("many-editors", "lost", "100 people in 20 cases for a minute, texts lost", 0),
    Target("many-editors", "failed", "and saves that failed", 0),
    Target("generate", "seconds", "making the municipality, seconds", 600),
)
RATIOS = (("front-page", "p50_ms"), ("front-page", "alone_p50_ms"), ("case-panel", "p50_ms"),
          ("case-panel", "alone_p50_ms"))  # fmt: skip
LARGEST_RATIO = 1.5


def measure(workload: str, size: str, folder: str | None) -> None:
    """Run a workload and keep its figures.

    :param folder: where the municipalities are; None for where `dubu bench` keeps them.
    """
    print(f"{workload} {size} …", file=sys.stderr)
    asked = WITH_MORE.get(workload, (workload,))
    command = [sys.executable, "-m", "dubu_plugin", "bench", *asked, "--size", size, "--json"]
    command += ["--dir", folder] if folder else []
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    today = datetime.now(UTC).date().isoformat()
    figures = json.loads(said) | {"name": workload, "measured": today}
    KEPT.mkdir(exist_ok=True)
    text = json.dumps(figures, indent=1, ensure_ascii=False) + "\n"
    (KEPT / f"{workload}-{size}.json").write_text(text, encoding="utf-8")


def kept() -> Kept:
    """Return every figure that was ever measured and kept."""
    found = (json.loads(file.read_text(encoding="utf-8")) for file in KEPT.glob("*.json"))
    return {(one["name"], one["size"]): one for one in found}


def page(figures: Kept) -> str:
    """Return the page."""
    machine = next(iter(figures.values()))["machine"]
    parts = [
        "# What was measured",
        "Written by `benchmarks/measure.py` from the JSON in `results/`; the workloads are "
        "`dubu_plugin/bench/`. Anybody can repeat one: `dubu bench front-page --size copenhagen`.",
        f"**Machine:** {machine['cpu']}, {machine['cores']} cores, {machine['ram_gb']} GB; "
        f"{machine['system']}, Python {machine['python']}, SQLite {machine['sqlite']} (WAL, "
        "synchronous=FULL).",
        (HERE / "HOW.md").read_text(encoding="utf-8").strip(),
        "## Against what was asked (Copenhagen, SQLite)",
        _targets(figures),
        "## Does the cost follow what is shown, or what is stored?",
        _ratios(figures),
        "## Every figure",
        *(_all(name, figures) for name in WORKLOADS),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _targets(figures: Kept) -> str:
    rows = ["| What | Asked | Small | Copenhagen | |", "|---|---|---|---|---|"]
    for target in TARGETS:
        values = [_value(figures, target.workload, size, target.figure)
                  for size in ("small", target.size)]  # fmt: skip
        if values[1] is None:
            verdict = "not measured"
        else:
            measured = [value for value in values if value is not None]
            verdict = "kept" if all(map(target.met, measured)) else "**falls short**"
        asked = f"{'≥' if target.at_least else '≤'} {target.limit:g}"
        shown = " | ".join("–" if value is None else f"{value:g}" for value in values)
        rows.append(f"| {target.says} | {asked} | {shown} | {verdict} |")
    return "\n".join(rows)


def _ratios(figures: Kept) -> str:
    rows = ["| Median server time, ms | Small | Copenhagen | Ratio | |", "|---|---|---|---|---|"]
    for workload, figure in RATIOS:
        small, large = (_value(figures, workload, size, figure) for size in SIZES)
        if small and large:
            ratio = large / small
            verdict = "kept" if ratio <= LARGEST_RATIO else "**falls short**"
            where = "as a page of its own" if figure.startswith("alone") else "in the host"
            rows.append(
                f"| {workload}, {where} | {small:g} | {large:g} | {ratio:.2f} (≤ {LARGEST_RATIO})"
                f" | {verdict} |"
            )
    return "\n".join(rows)


def _all(name: str, figures: Kept) -> str:
    sizes = [size for size in (*SIZES, "national") if (name, size) in figures]
    if not sizes:
        return ""
    known = dict.fromkeys(key for size in sizes for key in figures[name, size]["figures"])
    dates = ", ".join(
        f"{size} {one['measured']} (load average {one.get('load', '?')})"
        for size in sizes
        for one in (figures[name, size],)
    )
    rows = [f"### {name}", f"Measured: {dates}.", ""]
    rows += [f"| | {' | '.join(sizes)} |", f"|---|{'---|' * len(sizes)}"]
    for key in known:
        values = (str(figures[name, size]["figures"].get(key, "–")) for size in sizes)
        rows.append(f"| {key} | {' | '.join(values)} |")
    return "\n".join(rows).replace(f"### {name}\n", f"### {name}\n\n")


def _value(figures: Kept, workload: str, size: str, figure: str) -> float | None:
    one = figures.get((workload, size))
    return None if one is None else one["figures"].get(figure)


def main() -> None:
    """Measure what is asked for, and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", default=SIZES)
    asked.add_argument("--page", action="store_true", help="measure nothing")
    asked.add_argument("--dir", help="where the municipalities are")
    plain = [name for name in WORKLOADS if name not in WITH_MORE]
    asked.add_argument("--only", nargs="*", choices=WORKLOADS, default=plain)
    given = asked.parse_args()
    for size in () if given.page else given.sizes:
        for workload in given.only:
            measure(workload, size, given.dir)
    PAGE.write_text(page(kept()), encoding="utf-8")


if __name__ == "__main__":
    main()
