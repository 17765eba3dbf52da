"""Keys, envelopes, signatures and words: pure, values in and values out.

Nothing here knows a casebook or a file. Refusals are ``ReturnError`` and name their layer.
"""
