"""Identity is a UUID or a content hash, never a name."""

import uuid
from typing import NewType

CaseId = NewType("CaseId", str)
DocumentId = NewType("DocumentId", str)
MemberId = NewType("MemberId", str)
MarkId = NewType("MarkId", str)
RequestId = NewType("RequestId", str)
SavedSearchId = NewType("SavedSearchId", str)
TermListId = NewType("TermListId", str)
EventId = NewType("EventId", str)


def new_id() -> str:
    """Return a random UUID (version 4) as 36 lower-case characters."""
    return str(uuid.uuid4())
