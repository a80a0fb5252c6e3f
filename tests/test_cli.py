import os
import subprocess
import sys

import pytest

from gradlab import __version__
from gradlab.exercises.lessons import lessons_dir, notebook_path

VERBS = ("lab", "check", "reset", "run", "doctor", "bench", "handout", "gallery")
VERBS += ("new-lesson", "check-lesson", "coverage-map")


def gradlab(*words, seconds=120, **variables):
    """Run the command in a process; return its exit code and all that it said."""
    done = subprocess.run(
        [sys.executable, "-m", "gradlab", *map(str, words)],
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100", **variables},
        capture_output=True,
        text=True,
        timeout=seconds,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_the_version():
    assert gradlab("--version") == (0, f"gradlab {__version__}\n")


def test_help_names_every_verb():
    code, said = gradlab("--help")
    assert code == 0
    for verb in VERBS:
        assert f"\n  {verb} " in said


def test_no_words_are_answered_with_help():
    assert gradlab()[1] == gradlab("--help")[1]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_in_whole_sentences(verb):
    code, said = gradlab(verb, "-h")
    assert code == 0
    first = said.split("\n\n")[1].strip()
    assert first[0].isupper()
    assert first.endswith(".")
    assert "..." not in first


@pytest.mark.parametrize("verb", VERBS)
def test_help_says_what_to_type_not_python_types(verb):
    _, said = gradlab(verb, "-h")
    for symbol in "<>{}":
        assert symbol not in said
    assert "list[" not in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("lab", "--port", "99999"), "99999 is no port; they go from 1 to 65535."),
        (("run", "--timeout", "0"), "0 is too short; give at least 1 second."),
        (("check",), "Missing argument 'LESSON'."),
    ],
)
def test_what_was_typed_wrongly_is_said(words, sentence):
    code, said = gradlab(*words)
    assert code == 2
    assert said.endswith(f"{sentence}\n")


def test_an_unknown_verb_is_named():
    code, said = gradlab("labs")
    assert code == 2
    assert "No such command 'labs'" in said


def test_an_unknown_lesson_is_answered_with_the_known_ones(tmp_path):
    code, said = gradlab("check", "42", "-w", tmp_path)
    assert code == 1
    stems = sorted(path.stem for path in lessons_dir().glob("*.ipynb"))
    known = ", ".join(stem.replace("_", " ", 1) for stem in stems)
    assert said == f"gradlab: There is no lesson '42'. Lessons: {known}.\n"


def test_a_workspace_that_cannot_be_written_asks_for_another(tmp_path):
    (tmp_path / "gradlab").write_text("a file in the way")
    code, said = gradlab("lab", HOME=str(tmp_path), GRADLAB_WORKSPACE="")
    assert code == 1
    assert said.startswith("gradlab: Cannot write to ~")
    assert said.endswith("Name a folder that you can write to: gradlab lab DIR\n")


def test_an_error_of_the_system_is_no_traceback(tmp_path):
    (tmp_path / "07_broadcasting.ipynb").write_text("{")
    (tmp_path / ".gradlab").mkdir()
    (tmp_path / ".gradlab" / "backups").write_text("a file in the way")
    code, said = gradlab("reset", "07", "-w", tmp_path)
    assert code == 1
    assert said.startswith("gradlab: Cannot copy ")


def test_reset_puts_a_lesson_into_a_workspace(tmp_path):
    code, said = gradlab("reset", "7", "-w", tmp_path / "work")
    assert code == 0
    assert said.startswith("07_broadcasting.ipynb: new, in ")
    assert (tmp_path / "work" / "07_broadcasting.ipynb").is_file()


def test_doctor_says_what_is_there(tmp_path):
    code, said = gradlab("doctor", "-w", tmp_path)
    assert code == 0
    assert f"gradlab       {__version__}" in said


@pytest.mark.skipif(os.name == "nt", reason="/dev/null is a folder's name there")
def test_doctor_notices_a_cache_that_cannot_be_written(tmp_path):
    code, said = gradlab("doctor", "-w", tmp_path, GRADLAB_CACHE="/dev/null/cache")
    assert code == 0
    assert "cannot be written: slow starts" in said
    assert "Name a folder that lasts in the variable GRADLAB_CACHE." in said


@pytest.mark.slow
def test_expect_warm_fails_on_a_compilation(tmp_path):
    cache = {"GRADLAB_CACHE": str(tmp_path)}
    _, said = gradlab("doctor", "--kernels", seconds=280, **cache)
    assert " 0 from the cache." in said
    code, said = gradlab("doctor", "--kernels", "--expect-warm", **cache)
    assert code == 0
    assert " 0 compiled, " in said
    next(tmp_path.rglob("*.nbi")).unlink()
    code, said = gradlab("doctor", "--kernels", "--expect-warm", **cache)
    assert code == 1
    assert said.endswith("the cache of an earlier run was not used.\n")


def test_run_and_check_say_passed_or_not_done_yet(tmp_path):
    ids = [f"07.E{number}" for number in range(1, 7)]
    for options, words in (((), "passed"), (("--student",), "not done yet")):
        code, said = gradlab("run", *options, notebook_path("07"))
        assert said.splitlines() == [f"{id}  {words}" for id in ids]
        assert code == 0
    gradlab("reset", "07", "-w", tmp_path)
    code, said = gradlab("check", "07", "-w", tmp_path)
    assert code == 1
    assert said.count("not done yet") == 6
    assert "0 of 6 exercises passed." in said
