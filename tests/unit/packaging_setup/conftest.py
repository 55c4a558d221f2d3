import sys
from pathlib import Path

# The scripts of set-up are not a package: they run before anything is installed.
sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "packaging" / "setup"))
