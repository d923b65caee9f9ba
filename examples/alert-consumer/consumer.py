#!/usr/bin/env python3
"""Follows allclear.alerts and keeps what is firing, one line a change.

    KAFKA=localhost:9092 python3 consumer.py

Needs a Kafka client: Debian's python3-confluent-kafka, or `pip install confluent-kafka`.
"""
import json
import os

from confluent_kafka import Consumer

PREFIX = os.environ.get("TOPIC_PREFIX", "allclear.")
consumer = Consumer({
    "bootstrap.servers": os.environ.get("KAFKA", "localhost:9092"),
    "group.id": os.environ.get("GROUP", "alert-consumer"),
    "auto.offset.reset": "earliest",
    "enable.auto.commit": False,
    "isolation.level": "read_committed",  # the aggregator writes in transactions: without this, aborted ones are seen
})
consumer.subscribe([PREFIX + "alerts"])
firing = {}  # an alert may come twice: its id is the same for the same run and cause
try:
    while True:
        message = consumer.poll(1.0)
        if message is None or message.error():
            continue
        kind = dict(message.headers() or []).get("ce_type", b"").decode()
        alert = json.loads(message.value())
        if kind == "dev.allclear.alert.firing.v1" and alert["alertId"] not in firing:
            firing[alert["alertId"]] = alert
            print(f"FIRING {alert['severity']} {alert['database']} {alert['runId']}: {alert['summary']}", flush=True)
        elif kind == "dev.allclear.alert.resolved.v1" and firing.pop(alert["alertId"], None):
            print(f"RESOLVED {alert['database']} {alert['change']}", flush=True)
        consumer.commit(message, asynchronous=False)  # when it is dealt with, not before
finally:
    consumer.close()
