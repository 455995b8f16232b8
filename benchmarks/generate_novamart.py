"""Times the generation of the NovaMart sample in a fresh process, against the limit it must keep.

    python benchmarks/generate_novamart.py [--scale 0.01] [--seed 7] [--folder /tmp] [--keep]

The limits are for two cores with nothing else to do; between two scales the limit is drawn as a straight line.
"""

import argparse
import itertools
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

LIMIT_S_AT_SCALE = ((0.001, 15.0), (0.01, 15.0), (0.1, 50.0), (1.0, 360.0))
MEMORY_LIMIT_GB = 12.0
ROOT = Path(__file__).parents[1]
RUN = """
import pathlib, sys
from catalog.samples.novamart import generate
report = generate(pathlib.Path(sys.argv[1]), scale=float(sys.argv[2]), seed=int(sys.argv[3]), memory_limit="8GB")
print(report.seconds, report.file_bytes, report.rows["orders"], report.rows["order_items"], report.rows["clickstream"])
"""


def limit_s(scale: float) -> float:
    """The seconds that a scale may take on two idle cores."""
    if scale <= LIMIT_S_AT_SCALE[0][0]:
        return LIMIT_S_AT_SCALE[0][1]
    for (low_scale, low_s), (high_scale, high_s) in itertools.pairwise(LIMIT_S_AT_SCALE):
        if scale <= high_scale:
            return low_s + (high_s - low_s) * (scale - low_scale) / (high_scale - low_scale)
    return LIMIT_S_AT_SCALE[-1][1] * scale


def main() -> int:
    """Generates once, prints what it took beside its limits, and fails where one is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--keep", action="store_true", help="leave the sample in the folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        target = (arguments.folder if arguments.keep else Path(folder)) / "novamart-benchmark.duckdb"
        command = [sys.executable, "-c", RUN, str(target), str(arguments.scale), str(arguments.seed)]
        run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    seconds, file_bytes, orders, lines, clicks = (float(part) for part in run.stdout.split())
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor_s = usage.ru_utime + usage.ru_stime
    memory_gb = usage.ru_maxrss * 1024 / 1e9
    limit = limit_s(arguments.scale)
    print(f"NovaMart at scale {arguments.scale:g}, seed {arguments.seed}:")
    print(f"  {orders:,.0f} orders, {lines:,.0f} lines, {clicks:,.0f} clicks, file {file_bytes / 1e6:,.0f} MB")
    print(f"  time    {seconds:8.1f} s   limit {limit:8.1f} s   ratio {seconds / limit:.2f}")
    print(f"  cores   {processor_s:8.1f} s   of processor time, {processor_s / seconds:.2f} cores at work")
    print(f"  memory  {memory_gb:8.2f} GB  limit {MEMORY_LIMIT_GB:8.2f} GB  ratio {memory_gb / MEMORY_LIMIT_GB:.2f}")
    return 0 if seconds <= limit and memory_gb <= MEMORY_LIMIT_GB else 1


if __name__ == "__main__":
    sys.exit(main())
