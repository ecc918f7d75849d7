"""Programs that make the tables and weights of the package; none of them is in the wheel."""
