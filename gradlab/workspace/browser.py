"""The browser, shown an address that holds a token."""

from __future__ import annotations

import html
import platform
import webbrowser
from contextlib import suppress
from pathlib import Path

from gradlab.workspace.files import PRIVATE, write_whole

TEXT_ONLY = {"elinks", "links", "lynx", "w3m", "www-browser"}


def name_of_browser() -> str:
    """Return the name of the browser here, "" if there is none for JupyterLab."""
    try:
        name = str(getattr(webbrowser.get(), "name", "the system's"))
    except webbrowser.Error:
        return ""
    return "" if Path(name).name in TEXT_ONLY else name


def show(url: str, page: Path) -> None:
    """Open `url` in the browser, by way of a file `page` that only the user can read.

    Everyone on a machine can read the arguments of a process, so the token is not
    among the browser's. Where there is no browser, nothing happens.
    """
    if not name_of_browser():
        return
    if "microsoft" not in platform.release().lower():  # WSL's browser sees no file here
        write_whole(page, _forwarding(html.escape(url)).encode(), PRIVATE)
        url = page.as_uri()
    with suppress(webbrowser.Error):
        webbrowser.open(url)


def _forwarding(url: str) -> str:
    return (
        '<!doctype html><meta charset="utf-8"><title>gradlab</title>'
        f'<meta http-equiv="refresh" content="0;url={url}">'
        f'<p><a href="{url}">Go on to JupyterLab</a></p>\n'
    )
