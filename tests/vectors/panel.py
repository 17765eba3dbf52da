"""The frozen panel that the vectors are for: rebuilt from ``panel.json``, secrets and all.

The casebook itself is not committed: it is made anew from these facts, so that the vectors also
hold for every later format of casebooks.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto.identity import SigningKey, signing_key
from reviewer.crypto.profiles import CHEAP
from reviewer.exchange import keyring
from reviewer.method.framework import from_data
from reviewer.records.cases import Case, Document, PageText, Reading
from reviewer.records.ids import CaseId, DocumentId, MemberId
from reviewer.records.panel import Member
from tests.books import PASSPHRASE
from tests.reviewer.exchange.forger import Forger, forger_of

HERE = Path(__file__).parent
RETURNS = HERE / "returns"
PANEL = HERE / "panel.json"
_SECRETS = ("age receiving", "age release")


@dataclass(frozen=True, kw_only=True)
class FrozenPanel:
    """What ``panel.json`` says: a chair, Bo whose keys are known, and Cy."""

    facts: dict[str, Any]

    @property
    def key(self) -> SigningKey:
        """Bo's signing key."""
        return signing_key(bytes.fromhex(self.facts["signing"]))

    def build(self, path: Path) -> Casebook:
        """Make the chair's casebook at ``path`` and return it, open."""
        facts = self.facts
        book = Casebook.create(
            path,
            PASSPHRASE,
            NewCasebook(
                title=facts["title"],
                framework=from_data(facts["framework"]),
                chair="Ada",
                id=facts["casebook"],
            ),
            profile=CHEAP,
        )
        book.secrets.put({name: facts["secrets"][name].encode() for name in _SECRETS})
        for row in facts["cases"]:
            book.cases.add([Case(id=CaseId(row["id"]), reference=row["reference"], title="Case")])
        book.documents.add_many([_document(row) for row in facts["documents"]])
        for row in facts["members"]:
            member = MemberId(row["id"])
            book.members.add(Member(id=member, name=row["name"]))
            keyring.keep_new_token(book, member, row["pack"], bytes.fromhex(row["token"]))
            book.members.set_issued(member, pack=row["pack"], cases=())
        keyring.release_recipient(book)  # kept on first use: a refusal must not be the first
        return book

    def forger(self, chair: Casebook, honest: bytes) -> Forger:
        """Return a forger who knows everything, over Bo's ``honest`` return."""
        return forger_of(chair, honest, self.key, bytes.fromhex(self.facts["members"][0]["token"]))


def load() -> FrozenPanel:
    """Return the panel that is committed."""
    return FrozenPanel(facts=json.loads(PANEL.read_text(encoding="utf-8")))


def freeze(forger: Forger) -> FrozenPanel:
    """Return the facts of a living panel (see ``make_forger``)."""
    chair, about = forger.chair, forger.chair.about
    members = [member for member in chair.members.all() if member.rates]
    return FrozenPanel(
        facts={
            "about": "Invented. Every secret here is for tests alone.",
            "title": about.title,
            "casebook": about.id,
            "framework": about.framework.as_data(),
            "secrets": {name: (chair.secrets.get(name) or b"").decode() for name in _SECRETS},
            "signing": forger.key.secret.hex(),
            "members": [
                {
                    "id": member.id,
                    "name": member.name,
                    "pack": chair.members.pack(member.id),
                    "token": (
                        keyring.token_of(chair, member.id, chair.members.pack(member.id)) or b""
                    ).hex(),
                }
                for member in members
            ],
            "cases": [{"id": case.id, "reference": case.reference} for case in chair.cases.all()],
            "documents": [
                {"id": document.id, "case": document.case, "pages": document.page_count}
                for document in chair.documents.all()
            ],
        }
    )


def _document(row: dict[str, Any]) -> tuple[Document, bytes, Reading]:
    document = Document(
        id=DocumentId(row["id"]),
        case=CaseId(row["case"]),
        title="Record",
        media="application/pdf",
        sha256=row["id"].replace("-", "") * 2,
        size=4,
        page_count=row["pages"],
    )
    pages = tuple(
        PageText(number=n, text=f"Page {n}", boxes=b"", width=595.0, height=842.0)
        for n in range(1, row["pages"] + 1)
    )
    return document, b"%PDF", Reading(media="application/pdf", pages=pages)
