"""Which licences let others carry on."""

import pytest

from scanner.assess.licences import _opened, is_open


@pytest.mark.parametrize(
    ("licence", "opened"),
    [
        ("MIT", True),
        ("GPL-3.0-or-later", True),
        ("GPL-2.0+", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", True),
        ("CC0-1.0", True),
        ("PSF-2.0", True),
        ("MIT-CMU", True),
        ("LicenseRef-scancode-public-domain", True),
        ("BUSL-1.1", False),
        ("SSPL-1.0", False),
        ("Elastic-2.0", False),
        ("CC-BY-NC-SA-4.0", False),
        ("CC-BY-ND-4.0", False),
        ("FSL-1.1-MIT", False),
        ("PolyForm-Noncommercial-1.0.0", False),
        ("UNLICENSED", False),
        ("Other/Proprietary License", False),
        ("Free for non-commercial use", False),
        ("BSD", True),
        ("OSI Approved :: GNU General Public License (GPL)", True),
        ("SEE LICENSE IN LICENSE.md", None),
        ("My own licence", None),
        ("LicenseRef-Acme", None),
        ("", None),
    ],
)
def test_one_licence(licence, opened):
    assert is_open(licence) is opened


@pytest.mark.parametrize(
    ("expression", "opened"),
    [
        ("MIT OR BUSL-1.1", True),
        ("MIT AND BUSL-1.1", False),
        ("MIT OR My own", True),
        ("MIT AND My own", None),
        ("BUSL-1.1 OR My own", None),
        ("BUSL-1.1 AND My own", False),
        ("BUSL-1.1 OR MIT AND ISC", True),
        ("BUSL-1.1 OR MIT AND SSPL-1.0", False),
        ("(BUSL-1.1 OR MIT) AND ISC", True),
        ("(BUSL-1.1 OR MIT) AND SSPL-1.0", False),
        ("ISC AND (MIT AND (BUSL-1.1 OR Apache-2.0))", True),
        ("(MIT OR nonsense) AND ISC", None),
        ("(MIT", None),
    ],
)
def test_expressions(expression, opened):
    assert is_open(expression) is opened


def test_the_list_is_what_the_licence_database_says():
    """Every identifier is known to license-expression, and none is of a kind that forbids use, change or sale."""
    import json
    from pathlib import Path

    import license_expression

    index = json.loads((Path(license_expression.__file__).parent / "data/scancode-licensedb-index.json").read_text())
    kinds = {}
    for item in index:
        for name in (item.get("spdx_license_key"), *item.get("other_spdx_license_keys", ())):
            kinds[name] = item["category"]
    closed = {name: kinds[name] for name in _opened() if kinds.get(name) in ("Source-available", "Free Restricted")}
    assert not closed
    assert len([name for name in _opened() if name in kinds]) > 600
