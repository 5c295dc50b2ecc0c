"""Templates of Azure Resource Manager: the types of their resources, and the images of containers.

Format: https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax
"""

import re
from collections.abc import Iterator

from scanner.model import Component
from scanner.read.deploy import image
from scanner.read.source import Source

FILES = ("azuredeploy*.json", "mainTemplate.json", "*.arm.json", "*template*.json", "*.deploy.json")
CARRIES = frozenset({"direct", "lines"})
MARK = re.compile(rb"schema\.management\.azure\.com/schemas/[^\"/]+/\w*[dD]eploymentTemplate\.json")
LINE = r"\"(?:type|image|linuxFxVersion)\"\s*:\s*\"([^\"]+)\""
EXPRESSION = "["


def recognises(head: bytes) -> bool:
    """Every template names its schema."""
    return MARK.search(head) is not None


def read(source: Source) -> Iterator[Component]:
    """Images; the types of resources, such as Microsoft.DocumentDB/databaseAccounts, are keys of the file."""
    template = source.json(dict[str, object])
    if not isinstance(template.get("resources"), dict | list):
        source.error("has no resources")
    lines = source.lines(LINE)
    types: dict[str, str] = {}
    images: dict[str, None] = {}
    open_: list[tuple[object, str]] = [(template["resources"], "")]
    while open_:
        value, above = open_.pop()
        if isinstance(value, dict):
            type, inner = value.get("type"), above
            if isinstance(type, str) and "apiVersion" in value and not type.startswith(EXPRESSION):
                inner = type if "." in type.partition("/")[0] else f"{above}/{type}"
                types.setdefault(inner, type)
            if isinstance(value.get("image"), str) and not value["image"].startswith(EXPRESSION):
                images[value["image"]] = None
            open_ += [(item, inner) for item in reversed(value.values())]
        elif isinstance(value, list):
            open_ += [(item, above) for item in reversed(value)]
    for type, written in types.items():
        source.key(type, lines.get(written))
    for written in images:
        if found := image.component(source, written, {}, line=lines.get(written)):
            yield found
