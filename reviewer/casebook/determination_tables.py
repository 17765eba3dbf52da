"""A table of format 6: what the panel decided of each case and factor, a decision a row.

Part of ``schema.m006_the_panel_decides``, and never edited after release.
"""

# ``position`` counts the decisions on one cell from 1: the last one stands, and all of them stay.
# ``halves`` is twice the value, so that a median of 2.5 is whole; ``dissent`` is a list of
# ``member``, ``name``, ``words`` and ``instead``, ``ground`` what its ratings (``said``) and its
# records (``came``) were.
DETERMINATIONS = """
CREATE TABLE determination (
    inquiry_case TEXT NOT NULL REFERENCES inquiry_case(id), factor TEXT NOT NULL,
    position INTEGER NOT NULL, round INTEGER NOT NULL REFERENCES round(number),
    what TEXT NOT NULL, halves INTEGER, reason TEXT NOT NULL, dissent TEXT NOT NULL,
    ground TEXT NOT NULL, at TEXT NOT NULL, entered_by TEXT NOT NULL,
    PRIMARY KEY (inquiry_case, factor, position)
) STRICT, WITHOUT ROWID;
"""

# Decisions come one after another, each on a released round and none while the cell is asked for,
# with a reason; what is reopened was decided. Nothing of it is changed or taken away.
DETERMINATIONS_STAY = """
CREATE TRIGGER determination_stays_update BEFORE UPDATE ON determination
BEGIN SELECT RAISE(ABORT, 'a determination stays'); END;
CREATE TRIGGER determination_stays_delete BEFORE DELETE ON determination
BEGIN SELECT RAISE(ABORT, 'a determination stays'); END;
CREATE TRIGGER determination_goes_on BEFORE INSERT ON determination
WHEN NEW.position <> 1 + (SELECT count(*) FROM determination
      WHERE inquiry_case = NEW.inquiry_case AND factor = NEW.factor)
BEGIN SELECT RAISE(ABORT, 'determinations go on one by one'); END;
CREATE TRIGGER determination_has_its_reason BEFORE INSERT ON determination
WHEN trim(NEW.reason) = '' OR (NEW.halves IS NULL) = (NEW.what IN ('point', 'median'))
BEGIN SELECT RAISE(ABORT, 'a determination has a reason, and a value where it is one'); END;
CREATE TRIGGER determination_is_one BEFORE INSERT ON determination
WHEN NEW.what NOT IN ('point', 'median', 'not-assessable', 'not-relevant', 'reopened')
  OR (NEW.what = 'point' AND NEW.halves % 2 <> 0)
BEGIN SELECT RAISE(ABORT, 'that is no determination'); END;
CREATE TRIGGER determination_after_release BEFORE INSERT ON determination
WHEN coalesce((SELECT released FROM round WHERE number = NEW.round), '') = ''
  OR EXISTS (SELECT 1 FROM agenda_cell JOIN round ON round.number = agenda_cell.round
             WHERE agenda_cell.inquiry_case = NEW.inquiry_case
               AND agenda_cell.factor = NEW.factor AND round.released = '')
BEGIN SELECT RAISE(ABORT, 'the round is not released'); END;
CREATE TRIGGER determination_is_there_to_reopen BEFORE INSERT ON determination
WHEN NEW.what = 'reopened' AND coalesce((SELECT what FROM determination
      WHERE inquiry_case = NEW.inquiry_case AND factor = NEW.factor
      ORDER BY position DESC LIMIT 1), 'reopened') = 'reopened'
BEGIN SELECT RAISE(ABORT, 'nothing is determined'); END;
"""
