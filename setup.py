"""Build the optional compiled kernel; without a C compiler the NumPy reader does the same work."""

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "evengait.ingest.fit._kernel",
            ["src/evengait/ingest/fit/_kernel.c"],
            extra_compile_args=["-O3"],
            optional=True,
        )
    ]
)
