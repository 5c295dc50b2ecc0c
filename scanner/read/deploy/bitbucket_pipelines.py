"""bitbucket-pipelines.yml: the images and pipes that Bitbucket's pipelines run.

Format: https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.deploy import image
from scanner.read.source import Source

FILES = ("bitbucket-pipelines.yml",)
CARRIES = frozenset({"scope", "direct", "lines", "hashes"})
LINE = r"^[^#\n]*?\b(?:image|name|pipe):[ \t]*[\"']?(?:docker://)?([^\s\"'#,{}\[][^\s\"'#,}]*)"
DOCKER = "docker://"


def read(source: Source) -> Iterator[Component]:
    """Every image and pipe, once. A pipe is a repository of Bitbucket, or an image."""
    config = source.yaml_first()
    if not isinstance(config, dict):
        source.error("is no configuration of Bitbucket Pipelines")
    lines = source.lines(LINE)
    for kind, written in dict.fromkeys(_walk(config)):
        bare = written.removeprefix(DOCKER)
        line = lines.get(bare)
        if kind == "pipe" and not written.startswith(DOCKER):
            name, _, version = written.partition(":")
            yield source.component("bitbucket", name, version or None, line=line, scope="build", direct=True)
        elif found := image.component(source, bare, {}, line=line, scope="build"):
            yield found


def _walk(config: object) -> Iterator[tuple[str, str]]:
    open_ = [config]
    while open_:
        value = open_.pop()
        if isinstance(value, dict):
            found = value.get("image")
            name = found.get("name") if isinstance(found, dict) else found
            if isinstance(name, str):
                yield "image", name
            if isinstance(value.get("pipe"), str):
                yield "pipe", value["pipe"]
            open_ += reversed([item for key, item in value.items() if key != "variables"])
        elif isinstance(value, list):
            open_ += reversed(value)
