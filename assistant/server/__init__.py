"""The server: who may ask, over which addresses, and how it stops."""
