"""Two runs beside each other: python -m tests.bench.compare OLD.json NEW.json

Only runs of one machine can be compared. It judges nothing: read the spread before the ratio.
"""

import sys
from pathlib import Path

from tests.bench.results import Results, load


def lines(old: Results, new: Results) -> list[str]:
    """Medians of the rows that both have, and the ratio of the processor's time."""
    head = f"{'':<48} {'CPU s':>9} {'CPU s':>9} {'ratio':>7} {'MiB':>7} {'MiB':>7}"
    found = [f"{old.commit} of {old.date}, then {new.commit} of {new.date}", head]
    if old.machine != new.machine:
        found.insert(0, f"not the same machine: {old.machine}; {new.machine}")
    before = {row.name: row.ours for row in old.rows}
    for row in new.rows:
        if was := before.get(row.name):
            cpu, peak = (was.cpu.median, row.ours.cpu.median), (was.peak.median, row.ours.peak.median)
            ratio = cpu[1] / max(cpu[0], 1e-9)
            found.append(f"{row.name:<48} {cpu[0]:>9.3f} {cpu[1]:>9.3f} {ratio:>7.2f} {peak[0]:>7.0f} {peak[1]:>7.0f}")
    return found


if __name__ == "__main__":
    print("\n".join(lines(load(Path(sys.argv[1])), load(Path(sys.argv[2])))))
