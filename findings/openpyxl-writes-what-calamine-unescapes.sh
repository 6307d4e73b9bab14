#!/usr/bin/env bash
# openpyxl 3.1.5 with python-calamine 0.9.1 (and any reader of ST_Xstring): a model number changes.
#
# In a workbook's text `_x0041_` stands for the character with that code (ECMA-376 part 1, 22.9.2.19),
# and a text in which those seven characters are meant has to be written `_x005F_x0041_`. openpyxl's
# writer does not: cell.value = "型号_x0041_B" goes into the file as it is. Its own reader does not
# decode either, so openpyxl alone goes round without a loss and no test of that kind shows it. calamine
# decodes, as spreadsheets do: the cell says 型号AB. `_x000D_` becomes a line end inside a name.
# The other way round, what calamine reads as 型号_x0041_B from a file that is written as the standard
# asks, openpyxl reads as 型号_x005F_x0041_B.
#
# Office: a title, a model or a remark on the list that is sent and taken back differs from what was
# typed, and nothing says so. Ours: every text comes into a cell by one door, which spells it out
# (forms/ground/workbook_cells.py), and cells are read by calamine.
set -eu

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv env
env/bin/python -m pip --quiet --disable-pip-version-check install "openpyxl==3.1.5" "python-calamine==0.9.1" 2>/dev/null
cat > round.py <<'PY'
import io

from openpyxl import Workbook, load_workbook
from python_calamine import load_workbook as calamine

TYPED = ["型号_x0041_B", "备注_x000D_", "_x005F_x0041_", "型号A_B"]
book = Workbook()
for line, text in enumerate(TYPED, 1):
    book.active.cell(line, 1, text)
file = io.BytesIO()
book.save(file)
by_openpyxl = [row[0].value for row in load_workbook(file).active.iter_rows()]
file.seek(0)
by_calamine = [row[0] for row in calamine(file).get_sheet_by_index(0).to_python()]
print("typed      ", TYPED)
print("openpyxl   ", by_openpyxl)
print("calamine   ", by_calamine)
assert by_openpyxl == TYPED
assert by_calamine == ["型号AB", "备注\r", "_x0041_", "型号A_B"]
PY
env/bin/python round.py
