"""Invented news stories and the questions people type about them: what the reader is trained on.

Each `.txt` beside this file is an archive of its own world, by one writer. Format: `stories.py`.
"""
