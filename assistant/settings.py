"""Settings of the command line and the chat: flags first, then ONRECORD_* variables, then these."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from index.embedder import BUNDLED


class Settings(BaseSettings):
    """What can be set; `ONRECORD_INDEX` sets `index`, and so on. Several names are parted by commas."""

    model_config = SettingsConfigDict(env_prefix="ONRECORD_", frozen=True)

    index: Path = Path(".onrecord/index")
    model: str = BUNDLED
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    names: Annotated[tuple[str, ...], NoDecode] = ()
    auth_file: Path | None = None
    no_auth: bool = False
    mcp: bool = False
    access_log: Path | None = None
    log_questions: bool = False

    @field_validator("names", mode="before")
    @classmethod
    def _parted(cls, value: object) -> object:
        return (
            [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value
        )
