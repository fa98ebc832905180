"""Tests of assistant/web/gradio."""
