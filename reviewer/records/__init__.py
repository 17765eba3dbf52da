"""The words of the field as values: cases, documents, members, marks, ratings.

Frozen, keyword-only dataclasses without behaviour of their own; nothing here reads or writes.
"""
