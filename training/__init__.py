"""What is learnt from public question sets before the project is packaged; nothing here runs in use."""
