"""What the room's templates ask for by name."""
