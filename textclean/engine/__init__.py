"""How edits come about: rules, the plan of a configuration, what overlaps, processes."""
