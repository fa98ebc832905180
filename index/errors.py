"""The errors of the index; each message says what to do.

IndexFault
├── IndexMissing      there is no index at this path
├── IndexDamaged      a file differs from what the manifest says
├── IndexForeign      built by another model, format or version
├── IndexBusy         another indexing run holds the lock
└── IndexUnwritten    the disk does not take what is written
"""

from __future__ import annotations


class IndexFault(Exception):
    """Something is wrong with the index; the message says what to do about it.

    >>> try:
    ...     onrecord.open("no-index")
    ... except onrecord.IndexFault as fault:
    ...     print(type(fault).__name__)
    IndexMissing
    """


class IndexMissing(IndexFault):
    """There is no index at this path."""


class IndexDamaged(IndexFault):
    """A file of the index differs from what its manifest says."""


class IndexForeign(IndexFault):
    """The index was built by another model, format or version."""


class IndexBusy(IndexFault):
    """Another indexing run is in progress."""


class IndexUnwritten(IndexFault, OSError):
    """The disk is full or fails; the index is as it was."""
