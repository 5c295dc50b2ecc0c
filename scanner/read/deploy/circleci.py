""".circleci/config.yml: the images and orbs that CircleCI's pipelines run.

Format: https://circleci.com/docs/reference/configuration-reference/
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.deploy import image
from scanner.read.source import Source

FILES = (".circleci/config.yml", ".circleci/*.yml")
CARRIES = frozenset({"scope", "direct", "lines", "hashes"})
LINE = r"(?:^|[{,])[ \t]*(?:-[ \t]+)?[\w-]{1,60}:[ \t]+[\"']?([^\s\"'#,{}\[][^\s\"'#,}]*)"
EXPRESSION = "<<"


def read(source: Source) -> Iterator[Component]:
    """Every image and orb, once. There is no purl type for orbs: they are pkg:generic/circleci/namespace/name."""
    config = source.yaml_first()
    if not isinstance(config, dict):
        source.error("is no configuration of CircleCI")
    lines = source.lines(LINE)
    orbs = config.get("orbs")
    for written in orbs.values() if isinstance(orbs, dict) else ():
        if isinstance(written, str):
            name, _, version = written.partition("@")
            known = version if version[:1].isdigit() else None
            line = lines.get(written)
            yield source.component("generic", f"circleci/{name}", known, line=line, scope="build", direct=True)
    for written in dict.fromkeys(_images(config)):
        line = lines.get(written)
        if EXPRESSION in written:
            source.gap(f"image {written[:120]!r} depends on a parameter", f"line {line}" if line else "")
        elif found := image.component(source, written, {}, line=line, scope="build"):
            yield found


def _images(config: object) -> Iterator[str]:
    """Of the containers of executors and jobs, wherever they stand: also in orbs that are written here."""
    open_ = [config]
    while open_:
        value = open_.pop()
        if isinstance(value, dict):
            containers = value.get("docker")
            for container in containers if isinstance(containers, list) else ():
                if isinstance(container, dict) and isinstance(container.get("image"), str):
                    yield container["image"]
            open_ += reversed(value.values())
        elif isinstance(value, list):
            open_ += reversed(value)
