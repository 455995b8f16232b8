"""Keeps the matrix library on one thread: with two, a short sentence under load takes several times as long."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_SETTERS = ("scipy_openblas_set_num_threads64_", "scipy_openblas_set_num_threads", "openblas_set_num_threads")


@cache
def limit_blas_threads() -> bool:
    """Sets this process's BLAS to one thread, however late; True where it is known to have worked.

    Before numpy is loaded the environment variables do it (they are only read then; one that is set already stays).
    After that the OpenBLAS that numpy's wheel carries is told so itself: loading a library again gives the loaded one.
    """
    if "numpy" not in sys.modules:
        for variable in _VARIABLES:
            os.environ.setdefault(variable, "1")
        return True
    spec = find_spec("numpy")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for library in sorted(Path(place).parent.glob("numpy.libs/*openblas*")):
            loaded = ctypes.CDLL(str(library))
            for name in _SETTERS:
                if hasattr(loaded, name):
                    getattr(loaded, name)(ctypes.c_int(1))
                    return True
    return False
