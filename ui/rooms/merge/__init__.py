"""Merge: returns come in, a verdict each; then the one release; then the ledger."""

from ui.rooms.merge.room import MergeRoom

__all__ = ["MergeRoom"]
