"""Pure rules of the figures: definitions, predicates, counting, scopes, targets."""
