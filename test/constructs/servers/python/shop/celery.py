"""The shop's Celery app where Celery's own layout has it, with a heartbeat file that it touches while it works."""

import os
import time
from pathlib import Path

from celery import Celery, bootsteps

from shop.notes import note

app = Celery("shop", broker=os.environ["CELERY_BROKER_URL"])
app.conf.beat_schedule = {"tick": {"task": "shop.celery.tick", "schedule": 1.0, "options": {"queue": "ticks"}}}


@app.task
def slow(path):
    note(path, "begun\n")
    time.sleep(2)
    note(path, "done\n")


@app.task
def tick():
    pass


class Heartbeat(bootsteps.StartStopStep):
    requires = {"celery.worker.components:Timer"}

    def start(self, worker):
        path = os.environ.get("HEARTBEAT_FILE")
        if path:
            Path(path).touch()
            self.timer = worker.timer.call_repeatedly(1.0, Path(path).touch)


app.steps["worker"].add(Heartbeat)
