"""Settings of the command line and the chat: flags first, then ONRECORD_* variables, then these."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from index.models.embedder import BUNDLED

_PREFIX = "onrecord_"


class Settings(BaseModel):
    """What can be set; `ONRECORD_INDEX` sets `index`, and so on. Several names are parted by commas."""

    model_config = ConfigDict(frozen=True)

    index: Path = Path(".onrecord/index")
    model: str = BUNDLED
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    names: tuple[str, ...] = ()
    auth_file: Path | None = None
    no_auth: bool = False
    mcp: bool = False
    access_log: Path | None = None
    log_questions: bool = False
    behind_proxy: tuple[str, ...] = ()

    @field_validator("names", "behind_proxy", mode="before")
    @classmethod
    def _parted(cls, value: object) -> object:
        return (
            [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value
        )

    @classmethod
    def read(cls) -> Settings:
        """Take what the environment sets, upper or lower case; raises pydantic's ValidationError."""
        found = {name.lower(): value for name, value in os.environ.items()}
        set_ = {name: found[_PREFIX + name] for name in cls.model_fields if _PREFIX + name in found}
        return cls.model_validate(set_)
