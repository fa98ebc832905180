"""Imported before NumPy: its threads would spin beside one question's small sums, and cost more than they bring."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
