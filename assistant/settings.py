"""Settings of the command line and the chat: flags first, then ONRECORD_* variables, then these."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.embedder import BUNDLED


class Settings(BaseSettings):
    """What can be set; `ONRECORD_INDEX` sets `index`, and so on."""

    model_config = SettingsConfigDict(env_prefix="ONRECORD_", frozen=True)

    index: Path = Path(".onrecord/index")
    model: str = BUNDLED
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
