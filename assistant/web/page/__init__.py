"""What the page shows, and what each thing that a reader does makes of it."""
