"""The stages joined: an inquiry into an answer, and a timeline of the whole archive."""
