"""Where quoted words come from: copies, corrections, earlier texts, and where they are now."""
