"""Facts from the Python Package Index's two documents."""

import json

import msgspec
import pytest

from scanner.resolve.registries import pypi


def facts(project=None, index=None):
    return record(project, index).facts


def record(project=None, index=None):
    documents = [None if document is None else json.dumps(document).encode() for document in (project, index)]
    return pypi.facts(*documents)


def info(**fields):
    return {"info": {"version": "2.0", "license": None, "classifiers": []} | fields}


def roles(*names, organization=None):
    return {"ownership": {"organization": organization, "roles": [{"role": "Owner", "user": name} for name in names]}}


def test_both_documents_are_asked_for():
    assert [document.path for document in pypi.documents("zope-interface")] == [
        "pypi/zope-interface/json",
        "simple/zope-interface/",
    ]


def test_an_organisation_and_its_publishers():
    told = facts(info() | roles("ada", "grace", "ada", organization="acme"))
    assert (told.organisation, told.publishers) == ("acme", 2)


def test_one_person():
    told = facts(info() | roles("ada"))
    assert (told.organisation, told.publishers) == (None, 1)


@pytest.mark.parametrize("ownership", [{}, {"ownership": None}, {"ownership": {"organization": None, "roles": []}}])
def test_publishers_that_are_not_told_are_unknown_and_not_nobody(ownership):
    assert facts(info() | ownership).publishers is None


def test_nothing_told_is_nothing_known():
    told = facts(info(version=None))
    assert told == type(told)()


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ({"license_expression": "MIT OR Apache-2.0"}, "MIT OR Apache-2.0"),
        ({"license_expression": "MIT", "license": "GPL-3.0-only"}, "MIT"),
        ({"license": "Apache License, Version 2.0"}, "Apache-2.0"),
        ({"license": "BSD", "classifiers": ["License :: OSI Approved :: BSD License"]}, "BSD"),
        ({"license": "MIT License\n\nPermission is hereby granted…"}, "MIT"),
        ({"license": "Copyright (c) Ada\n…", "classifiers": ["License :: OSI Approved :: MIT License"]}, "MIT"),
        ({"classifiers": ["License :: OSI Approved", "License :: OSI Approved :: ISC License (ISCL)"]}, "ISC"),
        (
            {
                "license": "Dual License",
                "classifiers": [
                    "License :: OSI Approved :: BSD License",
                    "License :: OSI Approved :: Apache Software License",
                ],
            },
            "Apache-2.0 OR BSD",
        ),
        (
            {"classifiers": ["License :: OSI Approved :: MIT License", "License :: Other/Proprietary License"]},
            "MIT AND Other/Proprietary License",
        ),
        (
            {"classifiers": ["License :: OSI Approved :: GNU General Public License (GPL)"]},
            "OSI Approved :: GNU General Public License (GPL)",
        ),
        ({"license": "UNKNOWN"}, None),
        ({"license": ""}, None),
        ({"license": "My own licence"}, "My own licence"),
    ],
)
def test_the_licence(fields, licence):
    assert facts(info(**fields)).licence == licence


def test_the_last_release_is_the_newest_upload_of_any_version():
    releases = {
        "2.0": [{"upload_time": "2025-01-01T00:00:00"}],
        "1.9.1": [{"upload_time": "2025-06-01T00:00:00"}, {"upload_time": "2025-05-01T00:00:00"}],
        "0": [],
    }
    told = facts(info() | {"releases": releases})
    assert (told.latest, told.released) == ("2.0", "2025-06-01")


def test_a_yanked_release_is_withdrawn_where_all_its_files_are():
    releases = {
        "1": [{"yanked": True, "yanked_reason": "broken"}, {"yanked": True}],
        "2": [{"yanked": True}, {"yanked": False}],
        "3": [{"yanked": True, "yanked_reason": None}],
        "4": [],
    }
    told = record(info() | {"releases": releases})
    assert told.withdrawn == {"1": "yanked: broken", "3": "yanked"}
    assert told.facts.withdrawn is None


def test_inactive_by_its_own_word():
    assert facts(info(classifiers=["Development Status :: 7 - Inactive"])).withdrawn == "declared inactive"


@pytest.mark.parametrize(
    ("status", "withdrawn"),
    [
        ({"status": "active"}, None),
        ({"status": "archived"}, "archived"),
        ({"status": "deprecated", "reason": "use pad2"}, "deprecated: use pad2"),
        ({"status": "quarantined"}, "quarantined"),
    ],
)
def test_the_project_status(status, withdrawn):
    assert facts(info(), {"files": [], "project-status": status}).withdrawn == withdrawn


@pytest.mark.parametrize(
    ("files", "provenance"),
    [
        ([{"upload-time": "1", "provenance": None}, {"upload-time": "2", "provenance": "https://…"}], True),
        ([{"upload-time": "1", "provenance": "https://…"}, {"upload-time": "2", "provenance": None}], False),
        ([{"upload-time": "1"}], None),
        ([], None),
    ],
)
def test_provenance_of_the_newest_upload(files, provenance):
    assert facts(info(), {"files": files}).provenance is provenance


def test_an_index_without_the_other_document_tells_what_it_can():
    told = facts(None, {"files": [{"upload-time": "2024-05-06T00:00:00Z"}]})
    assert (told.released, told.publishers, told.licence) == ("2024-05-06", None, None)


def test_links_for_browsers_only():
    links = {"Source Code": "https://forge.example/pad", "Funding": "https://fund.example", "Sponsor": "javascript:x"}
    told = facts(info(project_urls=links | {"Donate": None}))
    assert (told.repository, told.funding) == ("https://forge.example/pad", ("https://fund.example",))


@pytest.mark.parametrize(
    "document", [{}, {"info": None}, {"info": {"classifiers": "MIT"}}, {"info": {}, "releases": []}]
)
def test_another_shape_is_an_error(document):
    with pytest.raises(msgspec.DecodeError):
        facts(document)


@pytest.mark.parametrize(
    ("label", "address", "repository"),
    [
        ("Source Code", "https://forge.example/pad", "https://forge.example/pad"),
        ("GitHub: issues", "https://github.com/acme/pad/issues", "https://github.com/acme/pad"),
        ("Code of Conduct", "https://acme.example/conduct", None),
        ("Bug Tracker", "https://github.com/acme/pad/issues", "https://github.com/acme/pad"),
        ("Bug Tracker", "https://bugs.acme.example", None),
    ],
)
def test_the_repository_by_the_labels_of_links(label, address, repository):
    assert facts(info(project_urls={label: address})).repository == repository
