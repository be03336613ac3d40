"""A migration that reads its configuration, writes where a pod can and ends."""

import os
import tempfile

with tempfile.NamedTemporaryFile() as scratch:
    scratch.write(b"plan")
print(f"migrated {os.environ['SCHEMA']}")
