"""Two tables of format 3: what the returns of each round open to, and what each pack gave.

Part of ``schema.m003_what_use_brought_up``, and never edited after release.
"""

# The key that the returns of each round open to, whose sheet is the other half of it, and how much
# room a return has (bytes; 0 where an older Reviewer issued the casebook). The next number takes
# the place of a lost sheet.
ROUND_KEY = """
CREATE TABLE round_key (
    round INTEGER NOT NULL REFERENCES round(number), number INTEGER NOT NULL,
    recipient TEXT NOT NULL, custodian TEXT NOT NULL, since TEXT NOT NULL, mark TEXT NOT NULL,
    room INTEGER NOT NULL, PRIMARY KEY (round, number)
) STRICT, WITHOUT ROWID;
"""

# What a pack (number 0) and each update to it gave: a return speaks of nothing else.
GIVEN = """
CREATE TABLE given (
    pack TEXT NOT NULL REFERENCES issued_pack(pack), number INTEGER NOT NULL,
    cases TEXT NOT NULL, documents TEXT NOT NULL, PRIMARY KEY (pack, number)
) STRICT, WITHOUT ROWID;
"""

# Older casebooks knew one key for all their rounds.
FILL_KEYS = (
    """
INSERT INTO round_key (round, number, recipient, custodian, since, mark, room)
SELECT number, 1, value ->> '$.recipient', value ->> '$.name', value ->> '$.since',
       value ->> '$.mark', 0
FROM round, meta WHERE key = 'custodian'""",
    """
INSERT INTO round_key (round, number, recipient, custodian, since, mark, room)
SELECT number, 1, value ->> '$.release', '', '', '', 0
FROM round, meta WHERE key = 'pack' AND value <> 'null'""",
)
