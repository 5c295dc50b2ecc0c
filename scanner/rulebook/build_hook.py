"""Build the wheel with the rules compiled, so that an installed program never parses YAML to start."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the index of the records as scanner/rules/index.msgpack; beside the wheel it leaves nothing."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from scanner.rulebook.index import BUILT_IN, compile_index, encode

        self.folder = tempfile.mkdtemp(prefix="outlast-build-")
        target = Path(self.folder) / BUILT_IN
        target.write_bytes(encode(compile_index([Path(self.root) / "rules"])))
        build_data["force_include"][str(target)] = f"scanner/rules/{BUILT_IN}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        if version != "editable":
            shutil.rmtree(self.folder)
