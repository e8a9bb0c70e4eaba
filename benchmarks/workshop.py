"""How long a pack takes, as whole commands: all formats, each alone, beside a start of Python.

python -m pip install '.[workshop]' && python benchmarks/workshop.py
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"
FORMATS = ("html,docx,pdf,pptx,csv", "html", "docx", "pdf", "pptx", "csv")


def seconds(command: list[str], runs: int) -> float:
    """Return the median time of a command after one run that warms the caches."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=7, help="how often each command runs")
    parser.add_argument("--example", default="diabetes-plan", help="the name of an example without .yaml")
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.system()}")
    for package in ("spectrum-cli", "jinja2", "typst", "python-docx", "python-pptx"):
        print(f"  {package} {version(package)}")
    spectrum = [str(Path(sys.executable).with_name("spectrum")), "workshop", str(EXAMPLES / f"{chosen.example}.yaml")]
    bare = seconds([sys.executable, "-c", "pass"], chosen.runs)
    print(f"\n{chosen.example}, median of {chosen.runs}\n{'formats':28} {'seconds':>8} {'x python -c pass':>17}")
    with tempfile.TemporaryDirectory() as folder:
        for formats in FORMATS:
            taken = seconds([*spectrum, "--force", "-o", folder, "--formats", formats], chosen.runs)
            print(f"{formats:28} {taken:8.2f} {taken / bare:17.1f}")


if __name__ == "__main__":
    main()
