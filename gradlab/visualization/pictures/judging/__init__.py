"""A learner's code beside what is right; work and time on the machine."""
