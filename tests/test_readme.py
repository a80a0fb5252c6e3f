"""What the README shows is what the code gives."""

from pathlib import Path

import gradlab.visualization as viz
from gradlab import tensor

ROOT = Path(__file__).parents[1]


def test_the_picture_is_the_one_its_code_draws(tmp_path):
    picture = viz.broadcast_ghosts(tensor([[1], [2], [3]]), tensor([[10, 20]]))
    picture.save(tmp_path / "broadcasting.svg")
    shown = ROOT / ".github" / "broadcasting.svg"
    assert shown.read_bytes() == (tmp_path / "broadcasting.svg").read_bytes()
