"""Article files in, passages out: pure text work, no model and no database."""
