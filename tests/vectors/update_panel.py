"""The frozen panellist that the updates are for: rebuilt from ``updates.json``."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reviewer.casebook.book import Casebook, NewCasebook, PackInfo
from reviewer.crypto.identity import SigningKey, signing_key
from reviewer.crypto.profiles import CHEAP
from reviewer.exchange import keyring
from reviewer.method.framework import from_data
from reviewer.records.cases import Case, Document, PageText, Reading
from reviewer.records.ids import CaseId, DocumentId, MemberId
from reviewer.records.panel import Member
from tests.books import PASSPHRASE
from tests.reviewer.exchange.update_forger import UpdateForger, forger_of

HERE = Path(__file__).parent
UPDATES = HERE / "updates"
FACTS = HERE / "updates.json"
_SIGNING = "ed25519 signing"
_DOCUMENT = ("id", "case", "title", "media", "sha256", "size", "page_count")


@dataclass(frozen=True, kw_only=True)
class FrozenPanellist:
    """What ``updates.json`` says: one issued casebook, and the chair's signing key."""

    facts: dict[str, Any]

    @property
    def chair_key(self) -> SigningKey:
        """The key that updates are signed with."""
        return signing_key(bytes.fromhex(self.facts["chair"]))

    def build(self, path: Path) -> Casebook:
        """Make the panellist's casebook at ``path`` and return it, open."""
        facts = self.facts
        secrets = {name: bytes.fromhex(value) for name, value in facts["secrets"].items()}
        new = NewCasebook(
            title="Test inquiry",
            framework=from_data(facts["framework"]),
            kind="panellist",
            chair="Ada",
            id=facts["casebook"],
            member=Member(id=MemberId(facts["member"]), name="Bo"),
            pack=PackInfo(**facts["pack"]),
            secrets=secrets,
        )
        book = Casebook.create(path, PASSPHRASE, new, profile=CHEAP)
        book.cases.add(
            [
                Case(id=CaseId(row["id"]), reference=row["reference"], title=row["title"])
                for row in facts["cases"]
            ]
        )
        book.documents.add_many([_document(row) for row in facts["documents"]])
        return book

    def forger(self, own: Casebook, honest: bytes) -> UpdateForger:
        """Return a forger who knows everything, over the chair's ``honest`` update."""
        return forger_of(own, honest, self.chair_key)


def load() -> FrozenPanellist:
    """Return the panellist that is committed."""
    return FrozenPanellist(facts=json.loads(FACTS.read_text(encoding="utf-8")))


def freeze(own: Casebook, chair_key: SigningKey) -> FrozenPanellist:
    """Return the facts of a living panellist's casebook."""
    about = own.about
    assert about.pack is not None
    keyring.own_key(own)
    names = (keyring.TOKEN, keyring.UPDATES, _SIGNING)
    return FrozenPanellist(
        facts={
            "about": "Invented. Every secret here is for tests alone.",
            "casebook": about.id,
            "framework": about.framework.as_data(),
            "member": about.member,
            "pack": asdict(about.pack),
            "chair": chair_key.secret.hex(),
            "secrets": {name: (own.secrets.get(name) or b"").hex() for name in names},
            "cases": [
                {"id": case.id, "reference": case.reference, "title": case.title}
                for case in own.cases.all()
            ],
            "documents": [
                {
                    **{name: getattr(document, name) for name in _DOCUMENT},
                    "original": own.documents.original(document.id).decode(),
                }
                for document in own.documents.all()
            ],
        }
    )


def _document(row: dict[str, Any]) -> tuple[Document, bytes, Reading]:
    facts = {name: row[name] for name in _DOCUMENT}
    document = Document(**{**facts, "id": DocumentId(row["id"]), "case": CaseId(row["case"])})
    pages = tuple(
        PageText(number=n, text=f"Page {n}", boxes=b"", width=595.0, height=842.0)
        for n in range(1, row["page_count"] + 1)
    )
    return document, row["original"].encode(), Reading(media=document.media, pages=pages)
