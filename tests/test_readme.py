"""What the README shows is what the code gives."""

import doctest
import re
from pathlib import Path

import gradlab.visualization as viz
from gradlab import tensor

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_engine_in_twenty_lines_gives_what_it_says():
    (session,) = re.findall(r"```pycon\n(.*?)```", README, re.DOTALL)
    test = doctest.DocTestParser().get_doctest(session, {}, "README.md", None, 0)
    assert len(test.examples) > 8
    assert len(session.splitlines()) <= 20
    told = []
    doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert not told, "".join(told)


def test_the_picture_is_the_one_its_code_draws(tmp_path):
    picture = viz.broadcast_ghosts(tensor([[1], [2], [3]]), tensor([[10, 20]]))
    picture.save(tmp_path / "broadcasting.svg")
    shown = ROOT / ".github" / "broadcasting.svg"
    assert shown.read_bytes() == (tmp_path / "broadcasting.svg").read_bytes()
