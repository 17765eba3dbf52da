"""Finds what a module says to a person without ``reviewer.messages``.

A string counts as said when it has two words, or begins as a sentence or a label does. What no
person reads is known by where it stands: a docstring, an argument that takes a name, a key.
"""

import ast
import builtins
import re

_SENTENCE = re.compile(r"[^\W\d_]{2,}.* .*[^\W\d_]{2,}|^[A-Z][a-z]+(\.{3})?$", re.DOTALL)
_WITH_FIELDS = re.compile(r"[^\W\d_]{2,}[^\w\s]* | [^\W\d_]{2,}")
_KEYS = re.compile(r"(Ctrl|Alt|Shift)\+\S+|Esc|Enter|Tab|Up|Down|PgUp|PgDown|Space|Home|End|F\d+")
_OURS = {"Reviewer", " at {}:{}"}  # a name, and a place in the code: the same in every language
_SAYS = {"say", "plural", "later"}
_NAMES = {  # calls whose arguments are names, patterns or keys, and no words for a person
    "setObjectName", "setProperty", "setStyle", "setStyleSheet", "findChild", "compile", "match",
    "search",
    "sub", "fullmatch", "split", "strftime", "encode", "decode", "startswith", "endswith",
    "removeprefix", "removesuffix", "replace", "getattr", "setattr", "TypeVar", "NewType",
    "ParamSpec", "import_module", "QShortcut", "QKeySequence", "KeyHint", "write", "connect",
    "SimpleNamespace", "setFamilies", "setFamily", "loadFromData", "tokens", "Signal",
    "_hear",
}  # fmt: skip
_KEYWORDS = {
    "size", "tone", "kind", "icon", "key", "ident", "name_of", "surface", "format", "change",
}  # fmt: skip


def unsaid(source):
    """Return (line, text) of each string that a person would read and no catalogue could say."""
    tree = ast.parse(source)
    owner = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        text = _text(node)
        if text is None or isinstance(owner[node], ast.JoinedStr | ast.FormattedValue):
            continue
        if is_said_text(node, text) and not _is_name(node, owner):
            found.append((node.lineno, text))
    return found


def is_said_text(node, text):
    """Return whether a string reads as something for a person."""
    if text in _OURS or text.startswith("<") or _KEYS.fullmatch(text):
        return False
    fields = isinstance(node, ast.JoinedStr)
    return looks(text) or (fields and _WITH_FIELDS.search(text) is not None)


def looks(text):
    """Return whether a plain text does: two words, or one that is written as a label."""
    return _SENTENCE.search(text) is not None


def _text(node):
    if isinstance(node, ast.JoinedStr):
        return "".join(p.value if isinstance(p, ast.Constant) else "{}" for p in node.values)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _is_name(node, owner):
    """Return whether the string is said already, or stands where no words for a person stand."""
    above = owner[node]
    if isinstance(above, ast.Expr | ast.Compare | ast.Subscript | ast.AnnAssign | ast.arg):
        return True
    if isinstance(above, ast.keyword):
        return above.arg in _KEYWORDS
    if isinstance(above, ast.List) and isinstance(owner[above], ast.Assign):
        return any(getattr(t, "id", "") == "__all__" for t in owner[above].targets)
    if isinstance(above, ast.Call):
        called = getattr(above.func, "attr", getattr(above.func, "id", ""))
        return called in _SAYS | _NAMES or called in vars(builtins)  # a fault of the program
    return _annotates(node, owner)


def _annotates(node, owner):
    """Return whether the string is a type that is named before it is there."""
    while isinstance(node, ast.expr):
        above = owner[node]
        if isinstance(above, ast.Subscript) and node is above.slice:
            return True
        if isinstance(above, ast.FunctionDef) and node is above.returns:
            return True
        if isinstance(above, ast.arg | ast.AnnAssign) and node is above.annotation:
            return True
        node = above
    return False
