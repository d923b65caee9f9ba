#!/usr/bin/env python3
"""Runs a migration between its two announcements, over Kafka.

    KAFKA=localhost:9092 python3 publisher.py shop alembic -- alembic upgrade head

Needs a Kafka client: Debian's python3-confluent-kafka, or `pip install confluent-kafka`. Ends with the command's exit code; the
verdict is awaited with `allclear wait RUN_ID`, whose name is the last line on standard error. The contract: docs/events.md.
"""
import json
import os
import subprocess
import sys
import time
import uuid
from datetime import datetime, timezone

from confluent_kafka import Consumer, Producer, TopicPartition

KAFKA = os.environ.get("KAFKA", "localhost:9092")
PREFIX = os.environ.get("TOPIC_PREFIX", "allclear.")
WAIT = float(os.environ.get("BASELINE_WAIT_SECONDS", "30"))
CHECKS = {"status", "latency", "locks", "rows", "logs"}

# The partitioner must be Java's: all events of one database meet in one partition.
producer = Producer({"bootstrap.servers": KAFKA, "acks": "all", "enable.idempotence": True, "partitioner": "murmur2_random"})


def now():
    return datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")


def publish(event):
    """Returns when the broker has it; raises when it has not."""
    failures = []
    producer.produce(PREFIX + "migrations", key=event["database"], value=json.dumps(event),
                     on_delivery=lambda error, message: failures.append(error) if error else None)
    if producer.flush(30) or failures:
        raise RuntimeError(f"Kafka did not take {event['type']}: {failures}")


def listen():
    """A reader of the baselines from now on, without a group. It must listen before anything is announced."""
    consumer = Consumer({"bootstrap.servers": KAFKA, "group.id": "none", "enable.auto.commit": False,
                         "isolation.level": "read_committed"})
    topic = PREFIX + "baselines"
    partitions = consumer.list_topics(topic, timeout=30).topics[topic].partitions
    ends = [TopicPartition(topic, p, consumer.get_watermark_offsets(TopicPartition(topic, p), timeout=30)[1])
            for p in partitions]
    consumer.assign(ends)
    return consumer


def baselines(consumer, run, database):
    """The checks that captured "before", when all have answered or the wait is over."""
    captured, answered, end = set(), set(), time.monotonic() + WAIT
    while not CHECKS <= answered and time.monotonic() < end:
        message = consumer.poll(0.2)
        if message is None or message.error() or message.value() is None:
            continue
        event = json.loads(message.value())
        if event.get("runId") == run and event.get("database") == database:
            answered.add(event["check"])
            if event["status"] != "FAILED":
                captured.add(event["check"])
    return captured


def main():
    database, tool, separator, *command = sys.argv[1:]
    if separator != "--" or not command:
        sys.exit(f"usage: {sys.argv[0]} DATABASE TOOL -- COMMAND [ARG]...")
    run = os.environ.get("RUN_ID", str(uuid.uuid4()))
    about = {"runId": run, "database": database, "tool": tool}
    consumer = listen()
    publish({"type": "migration.started", "startedAt": now(), **about})
    captured = baselines(consumer, run, database)
    consumer.close()
    if captured < CHECKS:
        print(f"no \"before\" of {sorted(CHECKS - captured)}: what needs it will be unproven", file=sys.stderr)
    code = subprocess.run(command, check=False).returncode
    publish({"type": "migration.completed", "completedAt": now(), "exitCode": code,
             "awaitedBaselines": sorted(captured), **about})
    print(run, file=sys.stderr)
    sys.exit(code if code >= 0 else 128 - code)


main()
