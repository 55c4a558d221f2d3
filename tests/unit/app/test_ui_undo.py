"""The stack of what can be undone."""

from __future__ import annotations

from app.ui.undo import Step, UndoStack


def test_the_newest_change_is_taken_back_first_and_each_once() -> None:
    done: list[str] = []
    stack = UndoStack()
    offered: list[Step] = []
    stack.pushed.connect(offered.append)
    first = Step("first", lambda: done.append("first"))
    stack.push(first)
    stack.push(Step("second", lambda: done.append("second"), is_offered=False))
    assert offered == [first]
    stack.undo_step(first)
    assert done == [], "a newer change lies on it"
    stack.undo()
    stack.undo_step(first)
    stack.undo()
    assert done == ["second", "first"]
    assert stack.is_empty


def test_many_changes_let_the_oldest_go_and_forgetting_lets_all_go() -> None:
    done: list[int] = []
    stack = UndoStack()
    for n in range(30):
        stack.push(Step(str(n), lambda n=n: done.append(n)))  # type: ignore[misc]
    for _ in range(25):
        stack.undo()
    assert done == list(range(29, 9, -1))
    stack.push(Step("x", lambda: done.append(99)))
    stack.forget()
    stack.undo()
    assert 99 not in done


def test_what_was_offered_is_withdrawn_as_soon_as_it_is_not_the_newest() -> None:
    told: list[str] = []
    stack = UndoStack()
    stack.pushed.connect(lambda step: told.append(f"offer {step.words}"))
    stack.passed.connect(lambda: told.append("withdraw"))
    stack.push(Step("first", lambda: None))
    assert told == ["withdraw", "offer first"]
    for change in (lambda: stack.push(Step("second", lambda: None, is_offered=False)), stack.undo, stack.forget):
        told.clear()
        change()
        assert told == ["withdraw"]
