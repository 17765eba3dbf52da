"""The indexes of format 3: what is asked for by a value is found, however much stands beside it.

Part of ``schema.m003_what_use_brought_up``, and never edited after release.
"""

# By member, round or case: one's own work costs the same while a whole panel's is here. An index
# ends with the row's number, so those by round alone give the rows in the order they were stored.
_OF_THE_PANEL = """
CREATE INDEX mark_by_member ON mark (member);
CREATE INDEX review_by_round ON review (round);
CREATE INDEX review_by_case ON review (inquiry_case, round);
CREATE INDEX received_by_round ON received (round, member);
CREATE INDEX issued_pack_by_member ON issued_pack (member);
CREATE INDEX document_by_position ON document (position);
"""

# The journal grows with every key and page turned; what can be redone is a handful of it.
_OF_THE_JOURNAL = """
CREATE INDEX journal_by_action ON journal (action, subject);
CREATE INDEX journal_by_undone ON journal (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX undo_step_undone ON undo_step (seq) WHERE undone = 1;
CREATE INDEX reading_place_by_latest ON reading_place (latest);
"""

INDEXES = _OF_THE_PANEL + _OF_THE_JOURNAL
