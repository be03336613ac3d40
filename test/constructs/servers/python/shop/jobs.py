"""Jobs for RQ."""

import time

from shop.notes import note


def slow(path):
    note(path, "begun\n")
    time.sleep(2)
    note(path, "done\n")
