"""The threat table, row by row: `pytest -k T08` runs the tests of row T08 and no others."""
