"""Answers as text for people and programs: HTML, terminal, citations and exports."""
