"""Tables and pictures out of the results, into the README beside them.

What stands between the two marks is written anew; all else in the README is written by hand.
"""

from __future__ import annotations

import json
import math
from html import escape
from typing import TYPE_CHECKING, Any, Final

from peers.figures import ratio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEGIN: Final = "<!-- results -->"
END: Final = "<!-- end of results -->"
OURS: Final = "comity"
_WIDTH: Final = 760
_LEFT: Final = 150
_BAR: Final = 16
_TICKS: Final = (0.01, 0.1, 1.0, 10.0, 100.0)
_HEATS: Final = {"cold": "nobody asked it before", "warm": "asked before"}

Results = dict[str, Any]


def write_report(folder: Path) -> None:
    """Write README.md above a folder of results, and a picture beside each of them."""
    readme = folder.parent / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, behind = rest.partition(END)
    parts = []
    for path in sorted(folder.glob("*.json"), key=lambda each: each.stat().st_size):
        results = json.loads(path.read_text(encoding="utf-8"))
        path.with_suffix(".svg").write_text(picture(results), encoding="utf-8")
        parts.append("\n".join(section(results, f"{folder.name}/{path.stem}.svg")))
    body = "\n".join(parts)
    readme.write_text(f"{before}{BEGIN}\n\n{body}\n{END}{behind}", encoding="utf-8")


def section(results: Results, picture_path: str) -> Iterator[str]:
    """Yield the lines of the report of one run."""
    yield f"### {results['statements']:,} statements\n"
    yield (
        f"{results['machine']}; {results['date']}; {results['rounds']} rounds of "
        f"{results['seconds']:g} s for each figure; load of the machine at the end "
        f"{results['load']:.1f}, of which the run itself makes about 2.\n"
    )
    yield f"![Requests a second of each system, by those of Comity]({picture_path})\n"
    yield "| system | version | memory at the end, MB |\n| --- | --- | ---: |"
    for told in results["systems"].values():
        yield f"| {told['title']} | {told['version']} | {told['memory'] / 1e6:,.0f} |"
    for name, why in results["absent"].items():
        yield f"| {name} | absent: {why} | |"
    yield "\nAnswers compared with Comity's, all questions of all workloads:\n"
    yield from _agreement(results)
    for name, (title, number) in results["workloads"].items():
        yield f"\n#### {title[0].upper()}{title[1:]} ({number} questions)\n"
        yield from _table(results, name)
    yield ""


def _agreement(results: Results) -> Iterator[str]:
    hows = ("same", "same values", "same rows", "differs", "no answer", "not asked")
    yield f"| system | {' | '.join(hows)} |\n| --- |{' ---: |' * len(hows)}"
    for name, told in results["systems"].items():
        counts = [
            sum(found[name]["counts"].get(how, 0) for found in results["agreement"].values())
            for how in hows
        ]
        yield f"| {told['title']} | {' | '.join(map(str, counts))} |"


def _table(results: Results, workload: str) -> Iterator[str]:
    yield (
        "| | clients | system | requests/s | least–most | p50 ms | p95 ms | failed "
        "| Comity is faster, times |\n"
        "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    )
    ours: dict[tuple[str, int], float] = {}
    for case in results["measured"]:
        if case["workload"] != workload:
            continue
        key = case["heat"], case["clients"]
        if case["system"] == OURS:
            ours[key] = case["rate"]
        times = ratio(ours.get(key, 0.0), case["rate"])
        title = results["systems"][case["system"]]["title"]
        spread = f"{number(case['least'])}–{number(case['most'])}"
        cells = (
            *(case["heat"], str(case["clients"]), title, number(case["rate"]), spread),
            *(number(case["p50"]), number(case["p95"]), str(case["failures"])),
            "" if times is None else number(times),
        )
        yield f"| {' | '.join(cells)} |"


def number(value: float | None) -> str:
    """Return a number with three digits that count; a dash where nothing was measured."""
    if value is None:
        return "–"
    if value >= 100:  # noqa: PLR2004 - three digits
        return f"{value:,.0f}"
    return f"{value:.3g}"


def picture(results: Results) -> str:
    """Return an SVG with the requests a second of each system by those of Comity.

    The axis is logarithmic: right of the line in the middle a system is faster than Comity.
    """
    lines, height = [], 30
    for workload, (title, _) in results["workloads"].items():
        for heat, meaning in _HEATS.items():
            bars = _bars(results, workload, heat)
            if not bars:
                continue
            head = f"{title} — {meaning}"
            lines.append(f'<text x="8" y="{height}" font-weight="bold">{escape(head)}</text>')
            height += 8
            for name, value in bars:
                lines.append(_bar(name, value, height))
                height += _BAR + 4
            height += 24
    grid = "".join(
        f'<line x1="{_x(tick):.0f}" x2="{_x(tick):.0f}" y1="12" y2="{height - 24}" '
        f'stroke="{"#444" if tick == 1 else "#ccc"}"/>'
        f'<text x="{_x(tick):.0f}" y="{height - 8}" text-anchor="middle">{tick:g}×</text>'
        for tick in _TICKS
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        'font-family="sans-serif" font-size="12" role="img">'
        "<title>Requests a second of each system, by those of Comity, one client</title>"
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>{grid}{"".join(lines)}</svg>\n'
    )


def _bars(results: Results, workload: str, heat: str) -> list[tuple[str, float]]:
    rates = {
        case["system"]: case["rate"]
        for case in results["measured"]
        if (case["workload"], case["heat"], case["clients"]) == (workload, heat, 1)
    }
    ours = rates.pop(OURS, 0.0)
    titles = {name: told["title"] for name, told in results["systems"].items()}
    return [(titles[name], rate / ours) for name, rate in rates.items() if ours and rate]


def _bar(name: str, value: float, y: int) -> str:
    begin, end = sorted((_x(1.0), _x(value)))
    colour = "#b5483a" if value > 1 else "#2f6f8f"
    return (
        f'<text x="{_LEFT - 8}" y="{y + 12}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{begin:.1f}" y="{y}" width="{max(end - begin, 1):.1f}" height="{_BAR}" '
        f'fill="{colour}"><title>{number(value)}×</title></rect>'
    )


def _x(value: float) -> float:
    least, most = math.log10(_TICKS[0]), math.log10(_TICKS[-1])
    part = (math.log10(min(max(value, _TICKS[0]), _TICKS[-1])) - least) / (most - least)
    return _LEFT + part * (_WIDTH - _LEFT - 24)
