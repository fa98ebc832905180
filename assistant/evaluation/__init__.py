"""`onrecord eval`: questions whose answers are known, asked of an archive, and what came of them measured."""
