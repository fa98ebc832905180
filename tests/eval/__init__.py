"""The quality gate: floors under what was measured."""
