"""Tests of what texts mention: days, figures, speakers."""
