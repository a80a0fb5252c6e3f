"""From SVG to PNG, with a font that is known, so that it looks the same anywhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

MISSING = (
    "Saving a picture as .png needs the package resvg-py: pip install resvg-py. "
    "Saving it as .svg or .html needs nothing."
)


def png(svg: str, *, scale: float = 2.0) -> bytes:
    """Return a picture in a fixed theme as PNG, `scale` pixels for each unit.

    Raises
    ------
    ImportError
        If the rasteriser is not installed; says how to get it.
    """
    try:
        import resvg_py
    except ImportError as missing:
        raise ImportError(MISSING) from missing
    fonts = _fonts()
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=scale,
            skip_system_fonts=bool(fonts),
            font_files=list(fonts),
            sans_serif_family="DejaVu Sans",
            monospace_family="DejaVu Sans Mono",
        )
    )


@cache
def _fonts() -> tuple[str, ...]:
    """Return the font files that come with Matplotlib; none where it is missing."""
    try:
        from matplotlib import get_data_path
    except ImportError:
        return ()
    folder = Path(get_data_path()) / "fonts" / "ttf"
    names = ("Sans", "Sans-Bold", "SansMono", "SansMono-Bold")
    files = (folder / f"DejaVu{name}.ttf" for name in names)
    return tuple(str(file) for file in files if file.exists())
