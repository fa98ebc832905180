"""The chat's page: what a reader sees and does in the browser."""
