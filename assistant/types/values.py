"""What every part of an answer is made of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """An immutable part of an answer; an unknown key is an error, so that none is lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")
