"""Pure rules of processes: what is defined, what follows, and the clock."""
