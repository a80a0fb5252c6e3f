import re

from gradlab.authoring.coverage import coverage_map, coverage_of
from gradlab.authoring.draft import find_drafts
from gradlab.authoring.seeds import seeds, unknown_tags
from gradlab.exercises.lessons import lessons_dir


def row(text, section):
    return next(each for each in text.splitlines() if each.startswith(f"| {section} |"))


def test_a_tagged_cell_stands_in_the_row_of_its_section(lesson):
    lesson.change("recap", tags=["seed:S0/zip"])
    lesson.change("page", tags=["other", "seed:S0/zip", "seed:S1/zip"])
    text = coverage_map(coverage_of([lesson.path]))
    assert row(text, "S0/zip").endswith(" 11-recap, 11-page |")
    assert row(text, "S1/zip").endswith(" 11-page |")
    assert row(text, "S0/rules").endswith(" **open** |")


def test_what_is_open_is_counted(lesson):
    lesson.change("recap", tags=["seed:S4/map", "seed:S4/zip"])
    text = coverage_map(coverage_of([lesson.path]))
    assert "MiniTorch page, older: Tensor Variables: 2 of 6\n" in text
    total = sum(len(seed.sections) for seed in seeds())
    assert text.endswith(f"\n2 of {total} sections are taught.\n")


def test_every_section_has_a_short_title_and_a_plain_key():
    for seed in seeds():
        for key, title in seed.sections.items():
            assert re.fullmatch(r"[a-z0-9-]+", key)
            assert 3 < len(title) < 70
            assert not title.endswith(".")


def test_the_tags_of_the_lessons_name_sections_there_are():
    found = coverage_of(find_drafts([lessons_dir()]))
    assert list(unknown_tags(found.cells)) == []


def test_lesson_07_teaches_broadcasting():
    found = coverage_of(each for each in lessons_dir().glob("07_*.ipynb"))
    for section in ("S0/rules", "S0/zip-broadcasting", "S3/exercises", "S3/functions"):
        assert found.of(f"seed:{section}"), section
