"""What `heard` does on a machine: sets it up, looks after it, backs it up, restores, upgrades."""
