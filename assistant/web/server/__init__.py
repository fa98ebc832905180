"""The web server: addresses, checks of requests, the process."""
