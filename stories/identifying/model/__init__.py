"""The name model: a small network that reads names in their context, run with numpy alone, and only if it is there."""
