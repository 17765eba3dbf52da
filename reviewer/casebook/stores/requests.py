"""The register of records as stored: what should exist, its history, and whose words name it."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.writer import Transaction, Writer, now
from reviewer.errors import InputError, StateError
from reviewer.messages import say
from reviewer.records.ids import CaseId, RequestId
from reviewer.records.requests import RecordRequest, RequestStep, What
from reviewer.records.text import clean, clean_line

_REQUESTS = "SELECT id, number, inquiry_case, kind, agency, what FROM record_request"
_STEPS = """
SELECT request, what, date, due, words, letter, document, at FROM request_step
"""
_REQUESTS_OF = f"{_REQUESTS} WHERE inquiry_case = :case ORDER BY number"
_STEPS_OF = """
SELECT request, request_step.what, date, due, words, letter, document, at
FROM record_request CROSS JOIN request_step ON request_step.request = record_request.id
WHERE inquiry_case = :case ORDER BY request, date, position
"""
_REQUEST = f"{_REQUESTS} WHERE id = :request"
_STEPS_OF_ONE = f"{_STEPS} WHERE request = :request ORDER BY date, position"
_NUMBERED = "SELECT id FROM record_request WHERE number = :number"
_EVERY_REQUEST = f"{_REQUESTS} ORDER BY number"
_EVERY_STEP = f"{_STEPS} ORDER BY request, date, position"
_LAST_NUMBER = "SELECT coalesce(max(number), 0) FROM record_request"
_LAST_LETTER = "SELECT coalesce(max(letter), 0) FROM request_step"
_PLACES = "SELECT position FROM request_step WHERE request = :request"
_LAST_STEP = "SELECT coalesce(max(position), 0) FROM request_step WHERE request = :request"
_WORDS = "SELECT inquiry_case, words, request FROM request_words"
_NAMED = "SELECT 1 FROM request_words WHERE request = :request"
_ADDRESSES = "SELECT agency, address FROM request_address"


class Requests:
    """The records that should exist; of a panellist's casebook, those that its cases lack."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def all(self) -> list[RecordRequest]:
        """Return every record with its history, in the order of their numbers."""
        return self._read(_EVERY_REQUEST, _EVERY_STEP, {})

    def of(self, case: CaseId) -> list[RecordRequest]:
        """Return the records of one case, in the order of their numbers."""
        return self._read(_REQUESTS_OF, _STEPS_OF, {"case": case})

    def get(self, request: RequestId) -> RecordRequest | None:
        """Return one record, or None."""
        found = self._read(_REQUEST, _STEPS_OF_ONE, {"request": request})
        return found[0] if found else None

    def by_number(self, number: int) -> RecordRequest | None:
        """Return the record with this number, or None."""
        row = self._connection.execute(_NUMBERED, {"number": number}).fetchone()
        return None if row is None else self.get(RequestId(row[0]))

    def add(self, requests: Sequence[RecordRequest]) -> Change:
        """Add records. One that has no number yet (0) is numbered on from all others."""
        with self._writer.change("expect records", subject=str(len(requests))) as tx:
            given = (one.number for one in requests)
            last = max([self._connection.execute(_LAST_NUMBER).fetchone()[0], *given])
            numbers = itertools.count(last + 1)
            tx.add_all(
                "record_request",
                [
                    (
                        one.id,
                        one.number or next(numbers),
                        one.case,
                        clean_line(one.kind),
                        clean_line(one.agency),
                        clean_line(one.what),
                    )
                    for one in requests
                ],
            )
            at = now()
            tx.add_all(
                "request_step",
                [
                    tuple(_step_row(one.id, place, step, at).values())
                    for one in requests
                    for place, step in enumerate(one.steps, 1)
                ],
            )
            for case in {one.case for one in requests}:
                tx.touch(case=case)
        return tx.result

    def leave_out(self, request: RequestId) -> Change:
        """Take a record out of the register: one that was never asked for, named by nobody."""
        found = self._existing(request)
        if found.steps:
            raise StateError(
                say(
                    "{name} was asked for, so it stays in the register with its history. Enter"
                    " what became of it instead.",
                    name=found.name,
                )
            )
        if self._connection.execute(_NAMED, {"request": request}).fetchone():
            raise StateError(
                say(
                    "{name} is what panellists named as missing. Take their words off it first.",
                    name=found.name,
                )
            )
        with self._writer.change("leave out record", subject=request) as tx:
            tx.remove("record_request", {"id": request})
            tx.touch(case=found.case)
        return tx.result

    def enter(self, steps: Sequence[tuple[RequestId, RequestStep]]) -> Change:
        """Add a step to the history of each record, in one transaction."""
        subject = steps[0][0] if len(steps) == 1 else str(len(steps))
        with self._writer.change("enter record step", subject=subject) as tx:
            enter_steps(tx, steps)
        return tx.result

    def letters_went(self, steps: Sequence[tuple[RequestId, RequestStep]], told: str) -> Change:
        """Enter what letters asked for, in one transaction; ``told`` is which files they are."""
        with self._writer.change("write letters", subject=told) as tx:
            enter_steps(tx, steps)
        return tx.result

    def take_back(self, request: RequestId) -> Change:
        """Take the latest step of a record back; the journal keeps that it was there."""
        found = self._existing(request)
        place = self._connection.execute(_LAST_STEP, {"request": request}).fetchone()[0]
        if not place:
            raise StateError(say("Nothing was entered for {name} yet.", name=found.name))
        with self._writer.change("take back record step", subject=request) as tx:
            tx.remove("request_step", {"request": request, "position": place})
            tx.touch(case=found.case)
        return tx.result

    def next_letter(self) -> int:
        """Return the number that the next letter has."""
        last: int = self._connection.execute(_LAST_LETTER).fetchone()[0]
        return last + 1

    def words(self) -> Mapping[tuple[CaseId, str], RequestId]:
        """Return which record the chair found which words (compared ones) in which case to be."""
        rows = self._connection.execute(_WORDS).fetchall()
        return {(CaseId(case), words): RequestId(request) for case, words, request in rows}

    def match(self, case: CaseId, words: str, request: RequestId | None) -> Change:
        """Let ``words``, as they are compared, name a record of ``case``; None lets go of them."""
        with self._writer.change("match record", subject=request or case) as tx:
            if request is None:
                tx.remove("request_words", {"inquiry_case": case, "words": words})
            else:
                if self._existing(request).case != case:
                    raise InputError(say("That record is one of another case."))
                row = {"inquiry_case": case, "words": words, "request": request}
                tx.put("request_words", row)
            tx.touch(case=case)
        return tx.result

    def addresses(self) -> Mapping[str, str]:
        """Return the address of each agency that has one."""
        return dict(self._connection.execute(_ADDRESSES).fetchall())

    def address(self, agency: str, address: str) -> Change:
        """Keep where letters to an agency go; "" forgets it."""
        with self._writer.change("address agency", subject=agency) as tx:
            if address.strip():
                row = {"agency": clean_line(agency), "address": clean(address).strip()}
                tx.put("request_address", row)
            else:
                tx.remove("request_address", {"agency": clean_line(agency)})
        return tx.result

    def _existing(self, request: RequestId) -> RecordRequest:
        found = self.get(request)
        if found is None:
            raise StateError(say("That record is not in the register."))
        return found

    def _read(self, requests: str, steps: str, values: Mapping[str, str]) -> list[RecordRequest]:
        rows = self._connection.execute(steps, values).fetchall()
        told = {
            request: tuple(_step(row) for row in own)
            for request, own in groupby(rows, key=itemgetter(0))
        }
        return [
            RecordRequest(
                id=RequestId(row[0]),
                number=row[1],
                case=CaseId(row[2]),
                kind=row[3],
                agency=row[4],
                what=row[5],
                steps=told.get(row[0], ()),
            )
            for row in self._connection.execute(requests, values).fetchall()
        ]


def enter_steps(tx: Transaction, steps: Iterable[tuple[RequestId, RequestStep]]) -> None:
    """Add steps to the histories of records in an open transaction."""
    at = now()
    for request, step in steps:
        row = tx.get("record_request", {"id": request})
        if row is None:
            raise StateError(say("That record is not in the register."))
        place = tx.connection.execute(_LAST_STEP, {"request": request}).fetchone()[0] + 1
        tx.put("request_step", _step_row(request, place, step, at))
        tx.touch(case=CaseId(str(row["inquiry_case"])))


def put_gaps(tx: Transaction, gaps: Iterable[RecordRequest], closed: Iterable[RequestId]) -> None:
    """Let a panellist's casebook know of ``gaps`` as they are now, and no more of ``closed``."""
    gaps = list(gaps)
    for gone in (*closed, *(one.id for one in gaps)):
        row = tx.get("record_request", {"id": gone})
        if row is None:
            continue
        for (place,) in tx.connection.execute(_PLACES, {"request": gone}).fetchall():
            tx.remove("request_step", {"request": gone, "position": place})
        tx.remove("record_request", {"id": gone})
        tx.touch(case=CaseId(str(row["inquiry_case"])))
    at = now()
    for one in gaps:
        tx.put("record_request", _request_row(one))
        for place, step in enumerate(one.steps, 1):
            tx.put("request_step", _step_row(one.id, place, step, at))
        tx.touch(case=one.case)


def _request_row(one: RecordRequest) -> dict[str, str | int]:
    return {
        "id": one.id,
        "number": one.number,
        "inquiry_case": one.case,
        "kind": one.kind,
        "agency": one.agency,
        "what": one.what,
    }


def _step_row(request: str, place: int, step: RequestStep, at: str) -> dict[str, str | int]:
    return {
        "request": request,
        "position": place,
        "what": step.what.value,
        "date": step.date,
        "due": step.due,
        "words": clean(step.words).strip(),
        "letter": step.letter,
        "document": step.document,
        "at": at,
    }


def _step(row: Sequence[Any]) -> RequestStep:
    return RequestStep(
        what=What(row[1]),
        date=row[2],
        due=row[3],
        words=row[4],
        letter=row[5],
        document=row[6],
        at=row[7],
    )
