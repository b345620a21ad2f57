"""Build the optional compiled kernel; without a C compiler the NumPy reader does the same work."""

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "evengait.ingest.fit._kernel",
            ["src/evengait/ingest/fit/_kernel.c"],
            # No contraction: a fused multiply-add would round differently from NumPy.
            extra_compile_args=["-O3", "-ffp-contract=off"],
            optional=True,
            py_limited_api=True,
        )
    ],
    # One build serves every Python from 3.11 on.
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
