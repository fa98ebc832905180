"""Files of an archive into bytes and text, and what an article states about itself."""
