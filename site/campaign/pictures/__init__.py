"""Pictures: made plain as they come in, and given out at the sizes that pages use."""
