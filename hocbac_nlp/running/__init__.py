"""From inputs to outputs: reading, working in processes, writing, resuming."""
