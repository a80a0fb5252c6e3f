"""A notebook as one HTML page that loads nothing: for browsers and for paper."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from gradlab.exercises.card_style import STYLE
from gradlab.visualization.theme import Theme
from gradlab.workspace import notebooks
from gradlab.workspace.handout_math import with_mathml
from gradlab.workspace.notebooks import Notebook
from gradlab.workspace.quick import skip_slow_imports

# nbconvert's own page, without the scripts that it would fetch from elsewhere.
_TEMPLATE = """\
{%% extends 'lab/index.html.j2' %%}
{%% block html_head_js %%}{%% endblock %%}
{%% block html_head_js_mathjax %%}{%% endblock %%}
{%% block html_head_js_mermaidjs %%}{%% endblock %%}
{%% block html_head_css %%}<style>%s</style>{%% endblock %%}
"""
_HEADING = re.compile(r"^# +(.+)$", re.MULTILINE)


def page(notebook: Notebook, theme: Theme = "light") -> str:
    """Return a static notebook as a page of HTML."""
    skip_slow_imports()
    import nbformat
    from nbconvert.exporters import HTMLExporter

    exporter = HTMLExporter(
        raw_template=_TEMPLATE % _style(),
        theme=theme,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    ready = nbformat.reads(notebooks.text_of(notebook), 4)
    for cell in ready.cells:
        if cell.cell_type == "markdown":
            cell.source = with_mathml(cell.source)
    ready.metadata["title"] = title(notebook)
    html, _ = exporter.from_notebook_node(ready)
    return html


def title(notebook: Notebook) -> str:
    """Return a notebook's first heading; "Hand-out" where it has none."""
    for cell in notebook["cells"]:
        found = _HEADING.search(cell["source"])
        if cell["cell_type"] == "markdown" and found:
            return found.group(1).strip()
    return "Hand-out"


@cache
def _style() -> str:
    own = Path(__file__).with_name("handout.css").read_text(encoding="utf-8")
    return f"{STYLE}\n{own}"
