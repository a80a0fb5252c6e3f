"""Who influences whom, calls, walks, and what leaves add up."""
