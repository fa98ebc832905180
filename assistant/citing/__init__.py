"""The formats a quote can be cited in."""
