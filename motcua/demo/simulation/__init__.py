"""A plausible past, made by how people and offices behave: no rate is written anywhere, it follows."""
