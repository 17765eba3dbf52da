"""In the frozen program, run before anything of ours: there is one SQLite, and it is SQLCipher.

sqlite-utils names ``sqlite3`` for a type annotation. The standard library's own is left out of
the folder (see reviewer.spec), because it takes ``PRAGMA key`` and then writes plain text; whoever
asks for it gets SQLCipher.
"""

import sys

import sqlcipher3
import sqlcipher3.dbapi2

for name in ("sqlite3", "pysqlite3"):
    sys.modules[name] = sqlcipher3
    sys.modules[f"{name}.dbapi2"] = sqlcipher3.dbapi2
