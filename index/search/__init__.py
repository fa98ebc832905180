"""Rankings joined to one."""
