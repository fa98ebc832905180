"""Tests of assistant/selection/reader."""
