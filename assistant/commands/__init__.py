"""What stands behind the `onrecord` commands."""
