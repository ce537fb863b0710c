"""How fast the portal is, and how much memory it takes: `make bench`.

Every figure comes from the real parts (granian, Celery workers, PostgreSQL, the broker), started as `make run` starts
them, in a folder and a database of their own. What depends on the machine is given as a ratio to something measured
in the same run. `docs/benchmarks.md` says what each part does and what was found.
"""
