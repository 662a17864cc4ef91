"""Generator of docs/problems.md, the codes of problems: `python -m tests.docs.problems_page`."""

from hub.problem_codes import FAMILIES
from tests.docs.examples import PAGES

PAGE = PAGES / "problems.md"
HEAD = """# Problem codes

A refused request is answered with problem details (RFC 9457); those of doors, under `/scan/`, with the
[scan API's own shape](scan-api.md). The `type` of a problem is `/problems/` and its `code`, and leads to a page
of the hub that says what to do. Codes stay what they are; new ones may come.
Made from the table in `hub/problem_codes.py`.
"""


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for name, codes in FAMILIES.items():
        rows = [
            f"| `{each.code}` | {', '.join(map(str, each.statuses))} | {each.meaning} | {each.remedy} |"
            for each in codes
        ]
        parts.append(
            "\n".join([f"\n## {name}\n", "| code | HTTP | meaning | what to do |", "|---|---|---|---|", *rows, ""])
        )
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page())
