"""Merging what several files say of one package."""

from hypothesis import given
from hypothesis import strategies as st

from scanner.identify import identify, merge
from scanner.model import SCOPES, Binding, Component, FileKey, Inventory, Location


def component(purl="pkg:npm/a@1", **fields):
    return Component(purl=purl, name="a", **fields)


def test_equal_purls_become_one_component_with_all_places_and_edges():
    (merged,) = merge(
        [
            component(locations=(Location(path="b", line=2),), requires=("pkg:npm/y@1",)),
            component(locations=(Location(path="a"),), requires=("pkg:npm/x@1",)),
        ]
    )
    assert merged.locations == (Location(path="a"), Location(path="b", line=2))
    assert merged.requires == ("pkg:npm/x@1", "pkg:npm/y@1")


def test_the_strongest_scope_wins():
    (merged,) = merge([component(scope="development"), component(scope="runtime"), component(scope="test")])
    assert merged.scope == "runtime"


def test_direct_where_any_file_says_so_and_unknown_before_no():
    assert merge([component(direct=False), component(direct=True), component()])[0].direct is True
    assert merge([component(direct=False), component()])[0].direct is None
    assert merge([component(direct=False), component(direct=False)])[0].direct is False


def test_versions_stay_apart_and_come_sorted():
    assert [item.purl for item in merge([component("pkg:npm/a@2"), component("pkg:npm/a@1")])] == [
        "pkg:npm/a@1",
        "pkg:npm/a@2",
    ]


@given(
    st.lists(
        st.builds(
            component,
            purl=st.sampled_from(["pkg:npm/a@1", "pkg:npm/b@1"]),
            scope=st.sampled_from(SCOPES),
            direct=st.sampled_from([True, False, None]),
            locations=st.sampled_from([(), (Location(path="x", line=1),), (Location(path="x"),)]),
        ),
        max_size=6,
    ),
    st.randoms(),
)
def test_the_order_of_the_inputs_does_not_matter(components, random):
    shuffled = list(components)
    random.shuffle(shuffled)
    assert merge(components) == merge(shuffled)


def test_a_word_in_a_file_binds_at_its_line_and_an_unknown_one_nowhere():
    class Book:
        def file_bindings(self, path):
            return (Binding(id="terraform", relation="uses"),)

        def key_bindings(self, path, key):
            return (Binding(id=key, relation="uses"),) if key != "null_resource" else ()

    keys = tuple(
        FileKey(path="main.tf", key=key, line=line)
        for key, line in (("dynamodb", 3), ("sqs", 3), ("null_resource", 9), ("s3", None))
    )
    found = identify(Inventory(project="p", files=("main.tf",), keys=keys), Book()).files
    ids = {place.line: [binding.id for binding in bindings] for place, bindings in found.items()}
    assert ids == {None: ["s3", "terraform"], 3: ["dynamodb", "sqs"]}
