"""What a text mentions, each as a span of it and a value: days, figures, speakers."""
