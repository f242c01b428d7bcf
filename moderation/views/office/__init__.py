"""The coordinators' screens: figures, the record, and words that the team keeps."""
