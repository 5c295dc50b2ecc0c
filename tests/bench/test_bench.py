"""The benchmarks' own arithmetic; what they measure is for `make bench`."""

import sys
from pathlib import Path

import pytest

from tests.bench import compare, table
from tests.bench.measure import Figures, Spread, in_turn, once
from tests.bench.peers import PEERS, Peers
from tests.bench.results import Measured, Results, load, save
from tests.bench.rows import OURS, rows


def figures(cpu: float, peak: float = 10.0) -> Figures:
    return Figures(Spread(cpu, cpu, cpu), Spread(cpu / 2, cpu, cpu * 2), Spread(peak, peak, peak))


def results(*rows: Measured) -> Results:
    versions = {"syft": "not installed"}
    return Results(machine="one", versions=versions, date="2026-11-24", commit="abc", runs=5, rows=list(rows))


LARGE = [Measured(name, {OURS: figures(cpu)}) for name, cpu in zip(table.GROWTH, (0.3, 0.6, 5.1), strict=True)]
BESIDE = Measured("yarn.lock", {OURS: figures(0.3), "syft": figures(2.0)})


def test_all_programs_of_a_row_run_in_turn(tmp_path):
    log = tmp_path / "log"
    programs = {name: [sys.executable, "-c", f"open({str(log)!r}, 'a').write({name!r})"] for name in "ab"}
    assert set(in_turn(programs, runs=2)) == {"a", "b"}
    assert log.read_text() == "ababab"


def test_a_process_that_tells_its_own_time_is_believed():
    cost = once([sys.executable, "-c", "print('words'); print(1.5, 0.25)"], inside=True)
    assert (cost.wall, cost.cpu) == (1.5, 0.25)
    assert cost.peak > 1


def test_a_program_that_fails_is_no_measurement():
    from subprocess import CalledProcessError

    with pytest.raises(CalledProcessError):
        once([sys.executable, "-c", "raise SystemExit(3)"])


def test_a_run_is_kept_and_read_back(tmp_path):
    save(results(BESIDE), tmp_path / "new" / "bench.json")
    assert load(tmp_path / "new" / "bench.json") == results(BESIDE)


def test_the_ratio_is_ours_to_theirs():
    assert BESIDE.ratio("syft") == pytest.approx(0.15)
    assert [cell[-1] for cell in table.cells(BESIDE)] == ["", "0.15"]


def test_growth_is_told_of_each_ten_times_as_many():
    assert ["2.0 times" in table.growth(results(*LARGE))[0], "8.5 times" in table.growth(results(*LARGE))[1]] == [
        True
    ] * 2


def test_the_table_goes_between_the_marks_of_the_page_and_nowhere_else(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n")
    for _ in range(2):
        table.put(results(BESIDE, *LARGE), page)
    text = page.read_text()
    assert text.startswith(f"before\n{table.BEGIN}\n2026-11-24, commit abc, one; syft not installed.\n")
    assert text.endswith(f"{table.END}\nafter\n")
    assert "old" not in text
    assert "|  | syft | 2.000 / **2.000** / 2.000 |" in text


def test_two_runs_are_compared_by_row():
    (_, _, line) = compare.lines(results(BESIDE), results(Measured("yarn.lock", {OURS: figures(0.15)}), LARGE[0]))
    assert line.split() == ["yarn.lock", "0.300", "0.150", "0.50", "10", "10"]


def test_peers_that_are_not_installed_are_said_to_be_so(tmp_path):
    assert set(Peers(tmp_path).versions().values()) == {"not installed"}
    assert Peers(tmp_path).commands(Path("yarn.lock")) == {}


def test_peers_that_are_installed_run_on_the_same_input(tmp_path):
    program = tmp_path / PEERS[0].program
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho 'syft 1.2.3'\n")
    program.chmod(0o755)
    peers = Peers(tmp_path)
    assert peers.versions()["syft"] == "1.2.3"
    found = {row.name: row for row in rows(tmp_path / "in", peers, None)}
    assert found["yarn.lock, 2,000 packages"].programs["syft"][2] == f"file:{tmp_path}/in/yarn-lock/yarn.lock"
    assert found["monorepo of 50 lockfiles"].programs["syft"][2] == f"dir:{tmp_path}/in/monorepo"


def test_every_row_has_its_own_name(tmp_path):
    names = [row.name for row in rows(tmp_path, Peers(tmp_path), None)]
    assert len(set(names)) == len(names) > 20
    assert set(table.GROWTH) <= set(names)
