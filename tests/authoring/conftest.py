import json

import pytest

from gradlab.authoring.draft import lessons_in, read_draft
from gradlab.authoring.new_lesson import write_lesson


class Lesson:
    """A new lesson in a folder of its own, to spoil in one place and look at."""

    def __init__(self, folder):
        self.path, *_ = write_lesson("11_matmul", folder)
        self.checks = folder / "checks" / "lesson_11"

    def change(self, id, source=None, **metadata):
        """Give a cell another source or other metadata."""
        notebook = json.loads(self.path.read_text())
        (cell,) = (c for c in notebook["cells"] if c["id"] == f"11-{id}")
        cell["source"] = cell["source"] if source is None else source
        for name, value in metadata.items():
            cell["metadata"][name] = value
        self.write(notebook)

    def write(self, notebook):
        dumped = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
        self.path.write_text(dumped + "\n")

    def source(self, id):
        return read_draft(self.path).by_id[f"11-{id}"]["source"]

    def replace(self, old, new, file="e1_steps"):
        """Put other words into a file of the checks."""
        path = self.checks / f"{file}.py"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def draft(self):
        return read_draft(self.path)


@pytest.fixture
def lesson(tmp_path):
    with lessons_in(tmp_path):
        yield Lesson(tmp_path)
