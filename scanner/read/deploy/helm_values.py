"""values.yaml of Helm charts: the images that a chart runs unless told otherwise.

Format: https://helm.sh/docs/chart_template_guide/values_files/ (what the values mean, each chart decides; that an
image is {registry, repository, tag, digest} or "name:tag" is a convention, https://helm.sh/docs/chart_best_practices/pods/#images)
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from scanner.errors import ReadError
from scanner.model import Component
from scanner.read.deploy import image
from scanner.read.source import Source

FILES = ("values.yaml", "values.yml", "values-*.yaml", "values.*.yaml", "*-values.yaml", "*.values.yaml")
CARRIES = frozenset({"direct", "lines", "hashes"})
LINE = r"^[ \t]*(?:repository|image|\w*Image):[ \t]*[\"']?([^\s\"'#]+)"


class Chart(msgspec.Struct, rename="camel"):
    app_version: str | None = None


class Found(NamedTuple):
    place: str
    """What stands in the file."""
    written: str
    tagged: bool


def recognises(head: bytes) -> bool:
    """Whether it says something of images; other programs have values too."""
    return re.search(rb"^[ \t]*(?:repository|image|\w*Image):", head, re.MULTILINE) is not None


def read(source: Source) -> Iterator[Component]:
    """Every image, once. One without a tag has the chart's appVersion, as in the templates that `helm create` makes."""
    lines = source.lines(LINE)
    documents = source.yaml_all()
    version = _app_version(source)
    for found in dict.fromkeys(item for document in documents for item in _images(document)):
        written = found.written if found.tagged or not version else f"{found.written}:{version}"
        component = image.component(source, written, {}, line=lines.get(found.place))
        if component:
            yield component


def _app_version(source: Source) -> str | None:
    chart = source.neighbour("Chart.yaml")
    if chart is None:
        return None
    try:
        return chart.yaml(Chart).app_version
    except ReadError as error:
        source.gap(f"Chart.yaml beside it cannot be read: {error.message}")
        return None


def _images(document: object) -> Iterator[Found]:
    open_: list[tuple[str, object]] = [("", document)]
    while open_:
        name, value = open_.pop()
        if isinstance(value, dict):
            found = _image(name, value)
            if found:
                yield found
            open_ += reversed([(str(key), item) for key, item in value.items()])
        elif isinstance(value, list):
            open_ += reversed([(name, item) for item in value])
        elif isinstance(value, str) and name.lower().endswith("image") and value and "{{" not in value:
            yield Found(value, value, ":" in value.rpartition("/")[2] or "@" in value)


def _image(name: str, value: Mapping[str, object]) -> Found | None:
    """{registry, repository, tag, digest} below a key called image, or with a tag."""
    host, path, tag, digest = (str(value.get(key) or "") for key in ("registry", "repository", "tag", "digest"))
    if not path or "://" in path or not (name.lower().endswith("image") or "tag" in value):
        return None
    written = f"{host}/{path}" if host else path
    ending = (f":{tag}" if tag else "") + (f"@{digest}" if digest else "")
    return Found(path, written + ending, bool(ending) or ":" in path.rpartition("/")[2])
