"""Bills of materials inside something else, and what pretends to be one."""

import base64
import gzip
import json

import pytest

from scanner.errors import ReadError
from scanner.read import read
from scanner.read.sbom import attestation
from scanner.read.sbom import gzip as gzip_reader
from scanner.read.source import Source

BOM = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"name": "a", "purl": "pkg:npm/a@1"}]}
STATEMENT = {"_type": "https://in-toto.io/Statement/v1", "predicateType": "https://cyclonedx.org/bom", "predicate": BOM}


def envelope(statement, alphabet=base64.b64encode):
    return {"payloadType": "application/vnd.in-toto+json", "payload": alphabet(json.dumps(statement).encode()).decode()}


def purls(reader, data):
    return [item.purl for item in reader.read(Source("x", data))]


@pytest.mark.parametrize("alphabet", [base64.b64encode, base64.urlsafe_b64encode])
def test_both_alphabets_of_base64_are_read(alphabet):
    statement = {**STATEMENT, "subject": "~~~???>>>"}
    assert purls(attestation, json.dumps(envelope(statement, alphabet)).encode()) == ["pkg:npm/a@1"]


def test_an_envelope_in_an_envelope_is_not_followed():
    inner = envelope(envelope(STATEMENT))
    assert purls(attestation, json.dumps(inner).encode()) == []


def test_an_attestation_of_something_else_is_not_taken_for_an_input():
    provenance = {**STATEMENT, "predicateType": "https://slsa.dev/provenance/v1", "predicate": {}}
    assert not attestation.recognises(json.dumps(envelope(provenance)).encode())
    assert attestation.recognises(json.dumps(envelope(STATEMENT)).encode())


def test_standard_input_may_be_compressed():
    inventory = read(["-"], stdin=gzip.compress(json.dumps(BOM).encode()))
    assert [item.purl for item in inventory.components] == ["pkg:npm/a@1"]


def test_what_writes_out_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(gzip_reader, "MAX_SIZE", 10_000)
    data = gzip.compress(json.dumps(BOM).encode() + b" " * 20_000)
    with pytest.raises(ReadError, match="holds more than"):
        purls(gzip_reader, data)


def test_gzip_in_gzip_is_not_followed():
    once = gzip.compress(json.dumps(BOM).encode())
    assert not gzip_reader.recognises(gzip.compress(once))
    with pytest.raises(ReadError, match="holds no bill of materials"):
        purls(gzip_reader, gzip.compress(once))


def test_other_compressed_files_are_no_input(tmp_path):
    (tmp_path / "data.json.gz").write_bytes(gzip.compress(b'{"a": 1}'))
    with pytest.raises(ReadError, match="no SBOM"):
        read([str(tmp_path)])
