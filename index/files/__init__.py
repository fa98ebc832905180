"""Files written so that a power cut or a full disk leaves nothing half done."""
