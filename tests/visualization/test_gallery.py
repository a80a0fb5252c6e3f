"""The gallery: the whole catalogue as files that a person can look through."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import gradlab.visualization as viz
from gradlab.cli import app
from gradlab.visualization.gallery.catalogue import CATALOGUE

RUN = CliRunner()


def test_the_catalogue_has_every_number_and_only_public_names() -> None:
    assert {entry.number for entry in CATALOGUE} == {f"P{k}" for k in range(1, 28)}
    assert {entry.name for entry in CATALOGUE} <= set(viz.__all__)
    assert len({entry.key for entry in CATALOGUE}) == len(CATALOGUE)


def test_the_best_frame_is_there_at_every_size() -> None:
    for entry in CATALOGUE:
        assert entry.medium().at(entry.best) >= 0


def test_files_and_a_contact_sheet_are_written(tmp_path: Path) -> None:
    done = RUN.invoke(app, ["gallery", "--out", str(tmp_path), "P15", "zip_flow"])
    assert done.exit_code == 0, done.output
    made = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()}
    assert "index.html" in made
    assert "films/p15-rule-table.html" in made
    images = {
        f"{theme}/{key}-{size}.png"
        for theme in ("light", "dark")
        for key in ("p15-rule-table", "p12-zip-flow")
        for size in ("small", "medium", "large")
    }
    assert images < made
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert set(re.findall(r'src="([^"]+)"', page)) == images
    assert all(len(alt) > 20 for alt in re.findall(r'alt="([^"]+)"', page))
    assert "2 entries, 14 files." in done.output


def test_a_second_run_writes_the_same_bytes(tmp_path: Path) -> None:
    def run() -> list[bytes]:
        RUN.invoke(app, ["gallery", "--out", str(tmp_path), "p15"])
        files = sorted(p for p in tmp_path.rglob("*") if p.is_file())
        return [path.read_bytes() for path in files]

    first = run()
    assert len(first) == 8
    assert run() == first


def test_an_unknown_picture_is_told() -> None:
    done = RUN.invoke(app, ["gallery", "--out", "nowhere", "P99"])
    assert done.exit_code == 2
    assert "There is no picture p99" in " ".join(done.output.split())
    assert not Path("nowhere").exists()


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kept")
    done = RUN.invoke(app, ["gallery", "--out", str(tmp_path / "mine"), "P15"])
    assert done.exit_code == 2
    assert "is a file" in done.output
    assert (tmp_path / "mine").read_text() == "kept"


@pytest.mark.parametrize("words", [["gallery", "--help"], ["gallery"]])
def test_the_command_says_what_it_needs(words: list[str]) -> None:
    assert "--out" in RUN.invoke(app, words).output
