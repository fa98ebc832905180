"""What an index is after a kill or a power cut: see docs/reliability.md."""
