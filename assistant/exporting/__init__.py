"""The forms a conversation can be kept in."""
