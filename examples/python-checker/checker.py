#!/usr/bin/env python3
"""A check of one's own in Python: acme.warnings. It fails a migration whose tool printed a warning.

    KAFKA=localhost:9092 python3 checker.py

Needs a Kafka client: Debian's python3-confluent-kafka, or `pip install confluent-kafka`.
The contract: docs/events.md. What it must keep to: docs/custom-checks.md.
"""
import json
import os
import re
import signal
import sys

from confluent_kafka import Consumer, Producer

CHECK = "acme.warnings"
PREFIX = os.environ.get("TOPIC_PREFIX", "allclear.")
KAFKA = os.environ.get("KAFKA", "localhost:9092")

consumer = Consumer({
    "bootstrap.servers": KAFKA,
    "group.id": PREFIX + "check-" + CHECK,   # a group of this check's own
    "auto.offset.reset": "earliest",         # what came before the first start is answered too
    "enable.auto.commit": False,             # committed when the answer is durable, not before
    "isolation.level": "read_committed",
    "session.timeout.ms": 10000,             # after a crash the next one waits so long for its partitions
})
producer = Producer({"bootstrap.servers": KAFKA, "acks": "all", "partitioner": "murmur2_random"})


def publish(topic, key, kind, payload):
    """Sends an event and returns when the broker has it; raises when it has not."""
    failures = []
    producer.produce(PREFIX + topic, key=key, value=json.dumps({"type": kind, **payload}),
                     on_delivery=lambda error, message: failures.append(error) if error else None)
    if producer.flush(30) or failures:
        raise RuntimeError(f"Kafka did not take the answer: {failures}")


def answer(event):
    """The check itself: the outcome, a sentence, and a finding unless it passed."""
    if "output" not in event:
        finding = {"code": "acme.no-output", "severity": "UNPROVEN",
                   "message": f"run {event['runId']} was published without the tool's output"}
        return {"outcome": "INCONCLUSIVE", "summary": "Nobody said what the tool printed.", "findings": [finding]}
    warnings = [line for line in event["output"].splitlines() if re.search(r"\bWARN(ING)?\b", line)]
    if not warnings:
        return {"outcome": "PASSED", "summary": "The tool printed no warning."}
    finding = {"code": "acme.tool-warned", "severity": "ERROR",
               "message": f"the tool printed {len(warnings)} warnings (limit 0), first: {warnings[0][:200]}"}
    return {"outcome": "FAILED", "summary": "The tool printed warnings.", "findings": [finding]}


def handle(message):
    headers = dict(message.headers() or [])
    try:
        event = json.loads(message.value() or b"")
        kind = (headers.get("ce_type") or event.get("type", "").encode()).decode()
        same = {"runId": event["runId"], "database": event["database"], "check": CHECK}
    except (ValueError, KeyError, AttributeError, TypeError):
        return  # no event: the aggregator sets it aside, nobody stops for it
    if kind.endswith("migration.started.v1") or kind == "migration.started":
        publish("baselines", "/".join([event["database"], event["runId"], CHECK]), "baseline.captured",
                {**same, "status": "NONE", "capturedAt": event["startedAt"]})
    elif kind.endswith("migration.completed.v1") or kind == "migration.completed":
        publish("results", event["database"], "check.completed", {**same, **answer(event)})


signal.signal(signal.SIGTERM, lambda *ignored: sys.exit(0))
consumer.subscribe([PREFIX + "migrations"])
print(f"{CHECK} listens to {KAFKA}", flush=True)
try:
    while True:
        message = consumer.poll(1.0)
        if message is not None and not message.error():
            handle(message)
            consumer.commit(message, asynchronous=False)
finally:
    consumer.close()  # leaves the group, so that the next one need not wait
