"""What the commands do where somebody, or the machine, is against them; see docs/reliability.md."""
