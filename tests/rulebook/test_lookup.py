"""Which technologies a package or a file binds to."""

import pytest

from scanner.errors import RuleError, UsageError
from scanner.model import Binding
from scanner.purl import canonical, key
from scanner.rulebook import Rulebook, open_rulebook
from scanner.rulebook.index import compile_index, encode, open_index


def bound(rules, *patterns, purl):
    """What `purl` binds to under technologies t0, t1, … that match one "relation pattern" each."""
    for number, pattern in enumerate(patterns):
        relation, _, where = pattern.partition(" ")
        field = "purl" if where.startswith("pkg:") else "file"
        rules.technology(f"t{number}", matches=f'{{{field}: "{where}", relation: {relation}}}')
    book = Rulebook(compile_index([rules.root]))
    found = book.bindings(key(canonical(purl))) if purl.startswith("pkg:") else book.file_bindings(purl)
    return [(binding.id, binding.relation) for binding in found]


def test_an_exact_name_binds_at_any_version(rules):
    assert bound(rules, "uses pkg:pypi/psycopg", purl="pkg:pypi/psycopg@3.2.1") == [("t0", "uses")]


def test_another_name_with_the_same_beginning_does_not_bind(rules):
    assert bound(rules, "uses pkg:pypi/psycopg", purl="pkg:pypi/psycopg-pool@3") == []


def test_the_exact_name_wins_over_its_scope(rules):
    patterns = ("uses pkg:npm/%40aws-sdk/*", "uses pkg:npm/%40aws-sdk/client-dynamodb")
    assert bound(rules, *patterns, purl="pkg:npm/%40aws-sdk/client-dynamodb@3") == [("t1", "uses")]


def test_the_longer_prefix_wins_over_the_shorter(rules):
    patterns = ("uses pkg:maven/com.acme/*", "uses pkg:maven/com.acme/data-*")
    assert bound(rules, *patterns, purl="pkg:maven/com.acme/data-core@1") == [("t1", "uses")]


def test_language_and_registry_bind_beside_the_most_specific(rules):
    patterns = ("runs-on pkg:npm/*", "comes-from pkg:npm/*", "uses pkg:npm/pg")
    expected = [("t0", "runs-on"), ("t1", "comes-from"), ("t2", "uses")]
    assert bound(rules, *patterns, purl="pkg:npm/pg@8.13.0") == expected


def test_two_technologies_may_share_a_package(rules):
    patterns = ("uses pkg:pypi/s3fs", "uses pkg:pypi/s3fs")
    assert bound(rules, *patterns, purl="pkg:pypi/s3fs@1") == [("t0", "uses"), ("t1", "uses")]


def test_a_go_module_is_matched_whatever_its_major_version(rules):
    assert bound(rules, "uses pkg:golang/example.org/kv", purl="pkg:golang/example.org/kv/v7@v7.1.0")


def test_a_nuget_package_is_matched_in_any_case(rules):
    assert bound(rules, "uses pkg:nuget/Npgsql", purl="pkg:nuget/npgsql@8.0.0")


def test_an_image_of_another_registry_is_not_docker_hubs(rules):
    patterns = ("comes-from pkg:docker/*", "comes-from pkg:oci/quay.io/*")
    assert bound(rules, *patterns, purl="pkg:docker/prometheus/prometheus@v3?repository_url=quay.io") == [
        ("t1", "comes-from")
    ]


@pytest.mark.parametrize(
    ("glob", "path", "hit"),
    [
        ("**/serverless.yml", "serverless.yml", True),
        ("**/serverless.yml", "a/b/serverless.yml", True),
        ("**/serverless.yml", "a/not-serverless.yml", False),
        (".github/workflows/*.yml", ".github/workflows/ci.yml", True),
        (".github/workflows/*.yml", "sub/.github/workflows/ci.yml", False),
        ("**/*.tf", "infra/main.tf", True),
    ],
)
def test_a_file_binds_by_its_place(rules, glob, path, hit):
    assert bool(bound(rules, f"uses {glob}", purl=path)) is hit


def test_an_overlay_wins_by_id(rules, tmp_path):
    rules.technology("kv", matches='{purl: "pkg:pypi/kv", relation: uses}')
    overlay = type(rules)(tmp_path / "overlay")
    overlay.technology("kv", licence="open", matches='{purl: "pkg:pypi/kv", relation: extends}')
    book = Rulebook(compile_index([rules.root, overlay.root]))
    assert book.technology("kv").record.governance.licence == "open"
    assert book.bindings("pypi/kv") == (Binding(id="kv", relation="extends"),)


def test_the_cached_index_is_rebuilt_when_a_record_changes(rules, tmp_path):
    path = rules.technology("kv")
    assert "t1" not in open_index([rules.root], tmp_path / "cache").technologies
    path.with_name("t1.yaml").write_text(path.read_text().replace("kv", "t1"), "utf-8")
    assert "t1" in open_index([rules.root], tmp_path / "cache").technologies


def test_a_damaged_index_is_compiled_again(rules, tmp_path):
    rules.technology("kv")
    open_index([rules.root], tmp_path)
    (stored,) = tmp_path.glob("rules-*.msgpack")
    stored.write_bytes(b"\x00damaged")
    assert "kv" in open_index([rules.root], tmp_path).technologies


def test_the_owner_is_the_end_of_the_parent_chain(rules):
    rules.actor("child", parent="middle")
    rules.actor("middle", parent="acme")
    book = Rulebook(compile_index([rules.root]))
    assert book.owner("child") == "acme"
    assert book.chain("child") == ("child", "middle", "acme")


def test_parents_in_a_circle_are_refused(rules):
    rules.actor("acme", parent="other")
    rules.actor("other", parent="acme")
    with pytest.raises(RuleError, match="circle"):
        compile_index([rules.root])


def test_a_missing_overlay_is_an_error(tmp_path):
    with pytest.raises(RuleError, match="no such directory"):
        open_rulebook([tmp_path / "none"])


def test_a_mistyped_technology_is_answered_with_what_comes_near(rules):
    rules.technology("postgresql")
    with pytest.raises(UsageError, match="postgresql"):
        Rulebook(compile_index([rules.root])).find("postgres")


def in_file(rules, *patterns, path="main.tf", key="aws_dynamodb_table"):
    """The technologies that `key` in the file at `path` binds to, under t0, t1, … with one match each."""
    for number, pattern in enumerate(patterns):
        rules.technology(f"t{number}", matches=f"{{{pattern}, relation: uses}}")
    return [binding.id for binding in Rulebook(compile_index([rules.root])).key_bindings(path, key)]


def test_a_word_in_a_file_binds_wherever_it_stands(rules):
    assert in_file(rules, "key: aws_dynamodb_table") == ["t0"]
    assert in_file(rules, "key: aws_dynamodb_tables") == []


def test_a_bill_of_ours_says_what_a_file_implies_where_the_rules_know_it(rules):
    assert in_file(rules, "key: word", key="outlast:file:uses:t0") == ["t0"]
    for word in ("outlast:file:uses:t9", "outlast:file:owns:t0", "outlast:file:uses", "outlast:file:"):
        assert in_file(rules, "key: word", key=word) == []


def test_of_the_words_in_a_file_the_longest_pattern_wins(rules):
    assert in_file(rules, 'key: "aws_*"', 'key: "aws_dynamodb_*"') == ["t1"]


def test_a_word_may_count_in_some_files_only(rules):
    patterns = ('file: "**/*.tf", key: "aws_*"', 'file: "**/*.yaml", key: "aws_*"')
    assert in_file(rules, *patterns) == ["t0"]


def test_a_word_of_some_files_binds_beside_that_of_any_file(rules):
    assert in_file(rules, 'file: "**/*.tf", key: "aws_*"', "key: aws_dynamodb_table") == ["t0", "t1"]


def test_a_match_of_a_word_in_a_file_is_none_of_the_file_alone(rules):
    rules.technology("t0", matches='{file: "**/*.tf", key: "aws_*", relation: uses}')
    assert Rulebook(compile_index([rules.root])).file_bindings("main.tf") == ()


def test_records_that_lie_on_top_of_an_index_are_as_if_all_were_read_anew(rules, tmp_path):
    """Those below come out of their own index then, and not out of thousands of files."""
    rules.technology("kv")
    rules.technology("queue", matches='{purl: "pkg:pypi/queue-*", relation: uses}')
    above = tmp_path / "above"
    above.mkdir()
    below = open_index([rules.root], tmp_path / "cache")
    assert encode(open_index([rules.root, above], tmp_path / "cache")) == encode(below)
    assert len(list((tmp_path / "cache").glob("*.msgpack"))) == 2
