"""Users of the chat: passwords, sessions, the login page, and whose an answer is."""
