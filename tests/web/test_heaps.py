"""A desk's process shares its heaps: memory that one thread is done with is used by the next."""

from __future__ import annotations

import subprocess
import sys

import pytest

THREADS = """
import ctypes, sys, threading
from pathlib import Path
from evengait.web import opening

if sys.argv[1] == "shared":
    opening._share_heaps()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.fopen.restype = ctypes.c_void_p
gate = threading.Barrier(12)


def work():
    gate.wait()
    for _ in range(200):
        libc.malloc(5000)


threads = [threading.Thread(target=work) for _ in range(12)]
for one in threads: one.start()
for one in threads: one.join()
told = ctypes.c_void_p(libc.fopen(sys.argv[2].encode(), b"w"))
libc.malloc_info(0, told)
libc.fclose(told)
print(Path(sys.argv[2]).read_text().count("<heap nr="))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc alone has arenas")
def test_threads_share_two_heaps(tmp_path: object) -> None:
    def heaps(how: str) -> int:
        words = [sys.executable, "-c", THREADS, how, f"{tmp_path}/told.xml"]
        return int(subprocess.run(words, capture_output=True, text=True, check=True).stdout)

    assert heaps("shared") <= 2 < heaps("each")
