"""Every picture that a card promises can be drawn: cards hide a picture that fails."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from gradlab.exercises.lessons import known_lessons, load
from gradlab.exercises.values import make_live

LESSONS = [load(id) for id in known_lessons()]
QUESTIONS = [q for lesson in LESSONS for q in lesson.predictions if q.picture]
DRAWN = [e for lesson in LESSONS for e in lesson.exercises if e.picture]


def live(call):
    return replace(call, args=tuple(make_live(each) for each in call.args))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.id)
def test_every_question_draws_its_picture(question):
    drawn = question.picture()
    assert drawn.alt()
    for step in range(drawn.steps):
        ET.fromstring(drawn.svg(step))


@pytest.mark.parametrize("exercise", DRAWN, ids=lambda each: each.id)
def test_the_learners_own_code_is_drawn_on_every_visible_probe(exercise):
    rng = np.random.default_rng(7)
    for each in (*exercise.variants, *exercise.wrong):
        for probe in exercise.visible:
            drawn = exercise.picture(each.fn, live(probe.call(rng)))
            ET.fromstring(drawn.svg())


@pytest.mark.parametrize("exercise", DRAWN, ids=lambda each: each.id)
def test_the_picture_of_what_is_asked_does_not_say_yours(exercise):
    call = live(exercise.show or exercise.visible[-1].make)
    asked = exercise.picture(exercise.truth_fn, call)
    assert "our code" not in asked.title + asked.alt()
