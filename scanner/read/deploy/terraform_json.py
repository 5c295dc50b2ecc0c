"""*.tf.json: Terraform and OpenTofu in JSON, as the CDK for Terraform writes it.

Format: https://developer.hashicorp.com/terraform/language/syntax/json
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.deploy import hcl, terraform
from scanner.read.source import MAX_NESTING, Source

FILES = ("*.tf.json", "*.tofu.json")
CARRIES = frozenset({"direct", "lines"})
LINE = r"\"([^\"\n]+)\"[ \t]*:"
LABELS = {"resource": 2, "data": 2, "module": 1, "provider": 1}
"""How many labels of a block stand as keys around it."""


def read(source: Source) -> Iterator[Component]:
    """What the same blocks in Terraform's own syntax would say."""
    document = source.json(object)
    if not isinstance(document, dict):
        source.error("holds no blocks")
    lines = source.lines(LINE)
    return terraform.declared(source, [item._replace(line=lines.get(_named(item), 1)) for item in _blocks(document)])


def _named(item: hcl.Assignment) -> str:
    """The word by which an assignment's line is found."""
    if len(item.path) > 1 and item.path[0] in LABELS:
        return item.path[1]
    return item.path[-1] if len(item.path) > 2 else item.name


def _blocks(value: object, path: tuple[str, ...] = ()) -> Iterator[hcl.Assignment]:
    """Blocks, which may be one or a list, with their labels; then what is assigned in them."""
    if len(path) > MAX_NESTING:
        return
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield from _blocks(item, path)
    elif isinstance(value, dict):
        if path and len(path) == 1 + LABELS.get(path[0], 0):
            yield hcl.Assignment(path, "", "", 1)
        for name, item in value.items():
            if isinstance(item, str):
                yield hcl.Assignment(path, name, item, 1)
            else:
                yield from _blocks(item, (*path, name))
