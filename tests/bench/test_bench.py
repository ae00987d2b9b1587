import json

from tests.bench import drills, table
from tests.bench.bench import COLUMNS


def a_row(**fields):
    return {"name": "a page", "value": 1.25, "unit": "times", "goal": "3 or less", "holds": True, **fields}


def test_a_report_is_a_table_and_a_file(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(table, "VAR", tmp_path / "var")
    assert table.report("bench", COLUMNS, [a_row()]) == 0
    assert json.loads((tmp_path / "var" / "bench.json").read_text()) == [a_row()]
    assert "a page  1.25   times  3 or less  yes" in capsys.readouterr().out


def test_a_figure_that_does_not_hold_fails_the_run(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(table, "VAR", tmp_path)
    assert table.report("bench", COLUMNS, [a_row(), a_row(holds=False)]) == 1
    assert "1 do not hold" in capsys.readouterr().out


def test_a_run_that_measured_nothing_fails(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "VAR", tmp_path)
    assert table.report("bench", COLUMNS, []) == 1


def test_the_attacker_is_among_the_drills():
    assert "tests.attacker.drill" in drills.found([])
    assert "tests.bench.drills" not in drills.found([])
