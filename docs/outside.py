"""A hook of mkdocs: https://www.mkdocs.org/user-guide/configuration/#hooks

Links to files outside of docs/ lead to the repository; files beside the pages, which the plug-in same-dir leaves out,
are taken along.
"""

import re
from pathlib import Path
from typing import Any

OUTSIDE = re.compile(r"(\]\(|^\[[\w-]+\]: )\.\./", re.MULTILINE)
BESIDE = {".json", ".png"}


def on_files(files: Any, config: Any) -> Any:
    """Called with all files of the site."""
    from mkdocs.structure.files import File

    for path in sorted(Path(config.docs_dir).iterdir()):
        if path.suffix in BESIDE:
            files.append(File(path.name, config.docs_dir, config.site_dir, use_directory_urls=False))
    return files


def on_page_markdown(markdown: str, config: Any, **_: Any) -> str:
    """Called with each page before it is rendered."""
    return OUTSIDE.sub(rf"\g<1>{config.repo_url.rstrip('/')}/blob/main/", markdown)
