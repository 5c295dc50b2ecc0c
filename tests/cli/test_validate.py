"""outlast scan --validate."""

import json

BOM = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "library", "name": "a"}]}


def test_a_valid_bill_of_materials_is_scanned_as_ever(outlast):
    run = outlast("scan", "-", "--offline", "--validate", "--format", "json", stdin=json.dumps(BOM).encode())
    assert run.code == 0
    assert json.loads(run.out)["summary"]["components"] == 1
    assert run.err == ""


def test_breaches_are_said_one_a_line_and_end_with_2(outlast):
    bom = {**BOM, "components": [{"type": "library", "name": "a", "scope": "some\x1b[31mtimes"}], "version": 0}
    run = outlast("scan", "-", "--offline", "--validate", stdin=json.dumps(bom).encode())
    assert run.code == 2
    assert [line.partition(": value")[0] for line in run.err.splitlines()] == [
        "stdin: $.components[0].scope",
        "stdin: $.version",
    ]


def test_breaches_are_said_even_where_reading_stops(outlast, tmp_path):
    (tmp_path / "a.spdx.json").write_text('{"spdxVersion": "SPDX-1.0", "SPDXID": "SPDXRef-DOCUMENT"}')
    run = outlast("scan", "a.spdx.json", "--offline", "--validate")
    assert run.code == 2
    assert 'a.spdx.json: $: "name" is a required property' in run.err
    assert run.err.splitlines()[-1].startswith("outlast: a.spdx.json: $.spdxVersion")
