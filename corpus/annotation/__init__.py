"""What a sentence mentions: days, figures, speakers and their words."""
