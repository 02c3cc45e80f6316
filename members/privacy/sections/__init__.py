"""What this room knows of a person, section by section (`common.registries.PersonalData`)."""
