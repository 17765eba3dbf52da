"""A table of format 6: the words of each list apart from what of it is ticked and named.

The journal keeps each changed row whole, so that a tick wrote all the words once more. Part of
``schema.m006_the_panel_decides``, and never edited after release.
"""

# A list of format 5 keeps its words in ``term_list.terms`` until it is next changed; that of a
# list whose words stand here is empty, which format 5 never wrote.
LIST_WORDS = """
CREATE TABLE term_list_words (
    term_list TEXT PRIMARY KEY REFERENCES term_list(id), terms TEXT NOT NULL
) STRICT;
"""
