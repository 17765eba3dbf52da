"""A later round over cells that the chair picked from the agenda."""

import io

import pytest
import xlsxwriter

from reviewer.errors import InputError, SheetError
from reviewer.exchange.picking import read_cells
from reviewer.rounds.agenda import agenda, next_cells, offer, open_round
from tests.reviewer.exchange.test_rounds import NAMES, released, released_once

__all__ = ["released", "released_once"]


def test_a_round_asks_only_for_what_was_picked(released):
    chair, _ = released
    cells = agenda(chair)
    assert len(cells) > 1
    picked = {(cells[0].case, cells[0].factor)}
    opened = open_round(chair, cells=next_cells(chair, picked))
    assert {(cell.case, cell.factor) for cell in opened.cells} == picked
    assert {(c.case, c.factor) for c in chair.agenda.of(2)} == picked


def test_what_is_not_on_the_agenda_cannot_be_picked(released):
    chair, _ = released
    case = chair.cases.all()[0]
    off = next(
        code
        for code in chair.about.framework.codes
        if (case.id, code) not in {(c.case, c.factor) for c in agenda(chair)}
    )
    with pytest.raises(InputError, match=f"{case.reference}, {off} is not on the agenda"):
        next_cells(chair, {(case.id, off)})
    with pytest.raises(InputError, match="Pick at least one"):
        next_cells(chair, frozenset())


def test_it_is_said_how_many_each_member_gets(released):
    chair, _ = released
    found = offer(chair)
    assert found.number == 2
    assert dict(found.each()) == dict.fromkeys(NAMES, len(found.cells))
    first = found.cells[0]
    assert dict(found.each({(first.case, first.factor)})) == dict.fromkeys(NAMES, 1)


def test_cells_are_named_in_a_file(released, tmp_path):
    chair, _ = released
    cell = agenda(chair)[0]
    reference = next(c.reference for c in chair.cases.all() if c.id == cell.case)
    path = tmp_path / "cells.csv"
    path.write_text(f"case;factor;why\n{reference};{cell.factor};worst\n\n")
    assert read_cells(chair, path) == {(cell.case, cell.factor)}
    path.write_text(f"case,factor\n{reference},NONE\n")
    with pytest.raises(SheetError, match=r"Row 2.*factor 'NONE'"):
        read_cells(chair, path)
    path.write_text("reference,factor\n")
    with pytest.raises(SheetError, match="columns case and factor"):
        read_cells(chair, path)


def _empty_xlsx():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.add_worksheet()
    return out.getvalue()


@pytest.mark.parametrize(
    "body", [b"", b"\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf,,\n", _empty_xlsx()]
)
def test_a_file_that_names_nothing_is_called_empty(released, tmp_path, body):
    chair, _ = released
    path = tmp_path / "cells.file"
    path.write_bytes(body)
    with pytest.raises(SheetError, match=r"^cells\.file is empty\.$"):
        read_cells(chair, path)
