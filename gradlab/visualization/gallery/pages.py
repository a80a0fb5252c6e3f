"""The gallery as files: PNGs by theme, a page for each film, and a contact sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gradlab.files import write_whole
from gradlab.visualization.gallery.catalogue import CATALOGUE
from gradlab.visualization.gallery.entry import Entry, Make
from gradlab.visualization.picture import Picture
from gradlab.visualization.text import escape
from gradlab.visualization.theme import Theme

THEMES: tuple[Theme, ...] = ("light", "dark")
_STYLE = """
body{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;
margin:0;padding:1.2em 2em;color:#1b1f24;background:#fff}
h1{font-size:1.5em}h2{font-size:1.05em;margin:1.4em 0 .2em}p{margin:.2em 0 .5em}
nav{columns:14em;font-size:.95em;margin:1em 0}nav a{display:block}
.row{display:grid;grid-auto-flow:column;gap:.6em;
grid-template:auto auto/5fr 2fr 2fr 5fr}
figure{margin:0;min-width:0;display:flex;flex-direction:column}
figure.medium{grid-row:span 2}
figure a{display:flex;align-items:center;justify-content:center;height:9em;
flex:auto;border:1px solid #8792a0;border-radius:6px;overflow:hidden;background:#fff}
@media (max-width:60em){.row{grid-auto-flow:row;grid-template:none/1fr 1fr}
figure.medium{grid-row:auto;grid-column:span 2}figure.medium a{height:20em}}
figure.dark a{background:#111418}
img{max-width:100%;max-height:100%;object-fit:contain}
figcaption{font-size:.85em;color:#57606a}a{color:#005a8f}
a:focus-visible{outline:3px solid #0072b2;outline-offset:2px}
@media print{section{break-inside:avoid}}
"""


@dataclass(frozen=True)
class Job:
    """One file to write."""

    path: Path
    content: Callable[[], bytes]

    def write(self) -> None:
        """Write the file, whole or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.path, self.content())


def chosen(names: Sequence[str]) -> list[Entry]:
    """Return the entries with these numbers or names; all for none.

    Raises
    ------
    ValueError
        If there is no such entry.

    Examples
    --------
    >>> [entry.name for entry in chosen(["p12", "rule_table"])]
    ['zip_flow', 'rule_table']
    """
    if not names:
        return list(CATALOGUE)
    wanted = {name.lower() for name in names}
    found = [e for e in CATALOGUE if wanted & {e.number.lower(), e.name}]
    missing = wanted - {word for e in found for word in (e.number.lower(), e.name)}
    if missing:
        known = ", ".join(f"{e.number} {e.name}" for e in CATALOGUE)
        raise ValueError(
            f"There is no picture {' or '.join(sorted(missing))}. There are: {known}."
        )
    return found


def jobs(entries: Sequence[Entry], folder: Path) -> Iterator[Job]:
    """Yield the files of the gallery, but for the index."""
    for entry in entries:
        for size, make in entry.examples().items():
            for theme in THEMES:
                yield Job(
                    folder / _image(entry, size, theme),
                    partial(_png, entry, make, theme),
                )
        yield Job(
            folder / _film(entry),
            partial(_page, entry),
        )


def _best(entry: Entry, picture: Picture) -> int:
    return max(-picture.steps, min(entry.best, picture.steps - 1))


def _png(entry: Entry, make: Make, theme: Theme) -> bytes:
    from gradlab.visualization.png import png

    picture = make()
    return png(picture.svg(_best(entry, picture), theme=theme))


def _page(entry: Entry) -> bytes:
    return entry.medium().play().page("auto").encode()


def _image(entry: Entry, size: str, theme: Theme) -> str:
    return f"{theme}/{entry.key}-{size}.png"


def _film(entry: Entry) -> str:
    return f"films/{entry.key}.html"


# --------------------------------- contact sheet ---------------------------------


def write_index(entries: Sequence[Entry], folder: Path) -> Path:
    """Write the page that shows them all; return where it is."""
    page = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>gradlab: the pictures</title><style>{_STYLE}</style></head><body>"
        f"<main><h1>The pictures of gradlab</h1><p>{_LEGEND}</p>"
        f"<nav aria-label='Pictures'>{''.join(map(_link, entries))}</nav>"
        f"{''.join(map(_section, entries))}</main></body></html>\n"
    )
    path = folder / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, page.encode())
    return path


_LEGEND = (
    "One frame of each, small, medium and large, light and dark. Blue and solid "
    "is forward, orange and dashed is the gradient, green is a local derivative, "
    "dotted is a number that is only read again."
)


# The medium example is large, light on the left and dark on the right.
_ORDER: tuple[tuple[str, Theme], ...] = (
    ("medium", "light"),
    ("small", "light"),
    ("large", "light"),
    ("small", "dark"),
    ("large", "dark"),
    ("medium", "dark"),
)


def _link(entry: Entry) -> str:
    return f'<a href="#{entry.key}">{entry.number} {escape(entry.name)}</a>'


def _section(entry: Entry) -> str:
    figures = "".join(_figure(entry, size, theme) for size, theme in _ORDER)
    return (
        f'<section id="{entry.key}"><h2>{entry.number} {escape(entry.name)}: '
        f'{escape(entry.says)} · <a href="{_film(entry)}">step through it'
        f'<span style="font-size:0"> {escape(entry.name)}</span></a></h2>'
        f'<div class="row">{figures}</div></section>'
    )


def _figure(entry: Entry, size: str, theme: Theme) -> str:
    source = _image(entry, size, theme)
    picture = entry.examples()[size]()
    said = escape(picture.alt(_best(entry, picture)))
    return (
        f'<figure class="{size} {theme}"><a href="{source}">'
        f'<img loading="lazy" src="{source}" alt="{said}"></a>'
        f"<figcaption>{size}, {theme}</figcaption></figure>"
    )
