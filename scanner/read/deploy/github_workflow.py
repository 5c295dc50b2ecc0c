"""Workflows and actions of GitHub Actions: the actions and images that they run.

Format: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
"""

import re
from collections.abc import Iterator

import msgspec

from scanner.model import Component
from scanner.read.deploy import image
from scanner.read.source import Source

FILES = (
    ".github/workflows/*.yml", ".github/workflows/*.yaml", ".gitea/workflows/*.yml", ".gitea/workflows/*.yaml",
    ".forgejo/workflows/*.yml", ".forgejo/workflows/*.yaml", "action.yml", "action.yaml",
)  # fmt: skip
CARRIES = frozenset({"scope", "direct", "lines", "hashes"})
LINE = r"^[^#\n]*?\b(?:uses|image|container):\s*[\"']?(?:docker://)?([^\s\"'#,{}][^\s\"'#,}]*)"
ACTION = re.compile(r"([\w.-]+/[\w.-]+)(?:/[^@]*)?@(\S+)$")


class Step(msgspec.Struct):
    uses: str | None = None


class Container(msgspec.Struct):
    image: str | None = None


class Job(msgspec.Struct):
    uses: str | None = None
    steps: list[Step] | None = None
    container: str | Container | None = None
    services: dict[str, Container | str] | str | None = None


class Runs(msgspec.Struct):
    steps: list[Step] | None = None
    image: str | None = None


class Workflow(msgspec.Struct):
    """`jobs` of a workflow, or `runs` of an action."""

    jobs: dict[str, Job] | None = None
    runs: Runs | None = None


def recognises(head: bytes) -> bool:
    """Whether there is a block that only they have."""
    return re.search(rb"^(?:jobs|runs):", head, re.MULTILINE) is not None


def read(source: Source) -> Iterator[Component]:
    """Every action and image, once. An expression in an image is a gap; an action at a path is the project's own."""
    workflow = source.yaml(Workflow)
    lines = source.lines(LINE)
    for written in dict.fromkeys(_written(workflow)):
        reference = written.removeprefix("docker://")
        line = lines.get(reference)
        action = ACTION.match(written)
        if written.startswith("docker://") or action is None:
            if reference.startswith((".", "Dockerfile")):
                continue
            found = image.component(source, reference, {}, line=line, scope="build")
            if found:
                yield found
        else:
            yield source.component("github", action[1], action[2], line=line, scope="build", direct=True)


def _written(workflow: Workflow) -> Iterator[str]:
    """What `uses` and `image` say; an image has no "@" with a name before it, so that they can be told apart."""
    for job in (workflow.jobs or {}).values():
        services = job.services if isinstance(job.services, dict) else {}
        for container in (job.container, *services.values()):
            name = container.image if isinstance(container, Container) else container
            if name:
                yield name if name.startswith("docker://") else f"docker://{name}"
        yield from (step.uses for step in job.steps or [] if step.uses)
        if job.uses:
            yield job.uses
    if workflow.runs:
        yield from (step.uses for step in workflow.runs.steps or [] if step.uses)
        if workflow.runs.image:
            yield workflow.runs.image
