"""Build hooks of the documentation's site (mkdocs.yml): pages out of the files beside docs/, and links to files.

README, CONTRIBUTING, SECURITY and CHANGELOG become pages. A link to any other file of the repository, which a site
cannot show, becomes its text with the file's path. Headings have the anchors that GitHub gives them.
"""

import os.path
import re
import unicodedata
from pathlib import Path, PurePosixPath
from typing import Any

ROOT = Path(__file__).parent
PAGES_BESIDE = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security-policy.md",
    "CHANGELOG.md": "changelog.md",
}
"""Files beside docs/ that are pages of the site, by their path in the repository."""

FENCED = re.compile(r"(^ *```.*?^ *```$)", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(!?)\[((?:[^\]\[]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
PICTURE = re.compile(r'(<img src=")([^"]+)(")')
FROM_ELSEWHERE = re.compile(r'<(?:script|img|iframe|link)\b[^>]*\b(?:src|href)="?(?:https?:)?//[^>]*>')


class LoadsFromElsewhere(Exception):
    """A page of the site would load a file from another host."""


def on_config(config: Any) -> Any:
    """Give headings GitHub's anchors, which the links use."""
    config.mdx_configs.setdefault("toc", {})["slugify"] = anchor
    return config


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that are made from files beside docs/."""
    from mkdocs.structure.files import File

    for name, page in PAGES_BESIDE.items():
        files.append(File.generated(config, page, content=(ROOT / name).read_text()))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Turn a page's links into links of the site."""
    return links_of_site(markdown, source_of(page.file.src_uri))


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """Return the page as it is. Raises `LoadsFromElsewhere`."""
    found = FROM_ELSEWHERE.search(output)
    if found is not None and 'rel="canonical"' not in found[0]:
        raise LoadsFromElsewhere(f"{page.file.src_uri}: {found[0]}")
    return output


def anchor(heading: str, separator: str) -> str:
    """Return a heading's anchor, as GitHub makes it."""
    kept = (one for one in heading.strip().lower() if one in " -_" or unicodedata.category(one)[0] in "LN")
    return "".join(kept).replace(" ", separator)


def source_of(page: str) -> str:
    """Return the path in the repository of a page of the site."""
    beside = {made: name for name, made in PAGES_BESIDE.items()}
    return beside.get(page, f"docs/{page}")


def page_of(source: str) -> str | None:
    """Return the path in the site of a file of the repository; None where the site does not hold it."""
    if source in PAGES_BESIDE:
        return PAGES_BESIDE[source]
    path = PurePosixPath(source)
    return str(path.relative_to("docs")) if path.is_relative_to("docs") else None


def links_of_site(markdown: str, source: str) -> str:
    """Return the text of the repository's file `source` with links of the site, its code blocks as they are."""
    parts = FENCED.split(markdown)
    parts[::2] = (
        PICTURE.sub(
            lambda found: found[1] + (_target(found[2], source) or found[2]) + found[3],
            LINK.sub(lambda found: _link(found, source), part),
        )
        for part in parts[::2]
    )
    return "".join(parts)


def _link(found: re.Match[str], source: str) -> str:
    mark, text, target = found.groups()
    if re.match(r"[a-z]+:|#", target):
        return found[0]
    inside = _target(target, source)
    if inside is not None:
        return f"{mark}[{text}]({inside})"
    path = _in_repository(target, source)
    if not (ROOT / path).exists():
        return found[0]  # for the build to fail at
    return text if path in text else f"{text} (`{path}`)"


def _target(target: str, source: str) -> str | None:
    path, mark, heading = target.partition("#")
    inside = page_of(_in_repository(path, source))
    own = page_of(source)
    if inside is None or own is None:
        return None
    return os.path.relpath(inside, PurePosixPath(own).parent) + mark + heading


def _in_repository(path: str, source: str) -> str:
    """Return the path in the repository that a link of the file `source` leads to."""
    return os.path.normpath(PurePosixPath(source).parent / path)
