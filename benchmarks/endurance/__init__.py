"""Parts of ``benchmarks/endure.py``: the processes that are killed, the people who go on working, the last look."""
