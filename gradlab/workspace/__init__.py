"""A learner's workspace: lessons put in and kept fresh, JupyterLab, runs, checks."""
