"""How much each user or address may ask at once, and delays for those who guess."""
