from gradlab.workspace.quick import skip_slow_imports

skip_slow_imports()
