"""An index on disk: immutable generations, each with a manifest."""
