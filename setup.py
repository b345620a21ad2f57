"""Build the optional compiled kernels; without a C compiler the readers in Python do the same work."""

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            f"evengait.ingest.{room}._kernel",
            [f"src/evengait/ingest/{room}/_kernel.c"],
            # No contraction: a fused multiply-add would round differently from NumPy.
            extra_compile_args=["-O3", "-ffp-contract=off"],
            optional=True,
            py_limited_api=True,
        )
        for room in ("fit", "xml")
    ],
    # One build serves every Python from 3.11 on.
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
