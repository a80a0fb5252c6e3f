from gradlab.workspace.verdicts import verdicts_in

CARD = """\
3 of 5 pass. First that fails:
  call      double(3)
  expected  6
Your code squares: 3 gave 9.
  - double(3): not right
Cell 4 checked Tue 14:02."""


def words(state, first_line, card):
    facts = {"exercise": "99.E1", "state": state, "first_line": first_line}
    output = {"metadata": {"gradlab": facts}, "data": {"text/plain": card}}
    (verdict,) = verdicts_in({"outputs": [{"output_type": "stream"}, output]})
    return verdict.words


def test_the_first_failure_and_the_diagnosis_in_one_line():
    assert words("wrong", "3 of 5 pass. First that fails:", CARD) == (
        "wrong: 3 of 5 pass. First that fails: double(3). Your code squares: 3 gave 9."
    )


def test_the_state_is_not_said_twice():
    card = "Too slow: double(3).\nChecked."
    assert words("too slow", "Too slow: double(3).", card) == "Too slow: double(3)."


def test_a_terminal_gets_no_control_characters():
    assert words("wrong", "\x1b[2Jno\x07\nnot", "") == "wrong: [2Jno not"
