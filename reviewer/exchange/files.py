"""How the files are called that go out: their names tell nothing of a person."""

_SHOWN = 8  # hexadecimal digits of a hash: files in one folder are told apart


def issued_name(pack: str) -> str:
    """Return the name of the casebook issued with the pack hash ``pack``."""
    return f"panellist-{pack[:_SHOWN]}.casebook"


def update_name(seq: int, digest: str) -> str:
    """Return the name of update ``seq`` with the ``digest`` of its header."""
    return f"update-{seq}-{digest[:_SHOWN]}.update"
