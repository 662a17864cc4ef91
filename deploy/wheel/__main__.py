"""Entry point of an installed hub: `scan-hub`, or `python -m scan_hub`.

The wheel holds the repository's folders as they are, inside this one package, so that none of their plain names (`hub`,
`store`, `web`) meets another package's in an environment. They find each other as in a checkout: by the path.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from run import main

if __name__ == "__main__":
    main(prog_name="scan-hub")
