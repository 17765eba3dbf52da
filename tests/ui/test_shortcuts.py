"""No action has two names for one stroke: Qt calls that ambiguous and does nothing."""

from PySide6.QtGui import QAction

UNSHIFTED = {">": ".", "<": ",", "+": "=", "_": "-", "?": "/", ":": ";"}


def stroke(key):
    """Return the keys that are pressed on the usual keyboard, without Shift."""
    *modifiers, last = key.toString().replace("++", "+plus").split("+")
    last = UNSHIFTED.get({"plus": "+"}.get(last, last), last)
    return (*sorted(one for one in modifiers if one != "Shift"), last)


def test_no_stroke_has_two_names_in_one_action(window):
    actions = [one for one in window.findChildren(QAction) if one.shortcuts()]
    assert actions
    for action in actions:
        strokes = [stroke(key) for key in action.shortcuts()]
        assert len(set(strokes)) == len(strokes), action.text()


def test_the_text_size_has_one_key_each_way(window):
    keys = [k.toString() for one in window.findChildren(QAction) for k in one.shortcuts()]
    assert keys.count("Ctrl+>") == 1
    assert keys.count("Ctrl+<") == 1
