// A check of one's own in Node: acme.duration. It fails a migration that took longer than LIMIT_SECONDS (60).
//
//     npm install && KAFKA=localhost:9092 node checker.js
//
// The contract: docs/events.md. What it must keep to: docs/custom-checks.md.
'use strict';
const { Kafka, logLevel, Partitioners } = require('kafkajs');

const CHECK = 'acme.duration';
const PREFIX = process.env.TOPIC_PREFIX ?? 'allclear.';
const LIMIT = Number(process.env.LIMIT_SECONDS ?? 60);

const kafka = new Kafka({ brokers: [process.env.KAFKA ?? 'localhost:9092'], clientId: CHECK, logLevel: logLevel.ERROR });
const consumer = kafka.consumer({ groupId: `${PREFIX}check-${CHECK}`, readUncommitted: false, sessionTimeout: 10000 });
const baselines = kafka.consumer({ groupId: `${PREFIX}check-${CHECK}-${process.pid}-${Date.now()}` });
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner }); // murmur2, as in Java
const started = new Map(); // "database/run" to when it began, as this check itself wrote it down

const publish = (topic, key, type, payload) =>
  producer.send({ topic: PREFIX + topic, acks: -1, messages: [{ key, value: JSON.stringify({ type, ...payload }) }] });

// The check itself: the outcome, a sentence, and a finding unless it passed.
function answer(event) {
  if (event.outcome === 'NOT_STARTED') {
    const message = `run ${event.runId} never began: there is nothing to measure`;
    return { outcome: 'INCONCLUSIVE', summary: message, findings: [{ code: 'acme.not-started', severity: 'UNPROVEN', message }] };
  }
  const begun = started.get(`${event.database}/${event.runId}`);
  if (!begun) {
    const message = `it is not known when run ${event.runId} began: only its end was published`;
    return { outcome: 'INCONCLUSIVE', summary: message, findings: [{ code: 'acme.no-start', severity: 'UNPROVEN', message }] };
  }
  const seconds = (Date.parse(event.completedAt) - Date.parse(begun)) / 1000;
  if (seconds <= LIMIT) return { outcome: 'PASSED', summary: `It took ${seconds} s.` };
  const message = `run ${event.runId} took ${seconds} s (limit ${LIMIT} s)`;
  return { outcome: 'FAILED', summary: message, findings: [{ code: 'acme.too-long', severity: 'ERROR', message }] };
}

function read(message) {
  try {
    const event = JSON.parse(message.value.toString());
    const type = (message.headers?.ce_type?.toString() ?? String(event.type)).replace(/^dev\.allclear\.|\.v1$/g, '');
    return typeof event.runId === 'string' && typeof event.database === 'string' ? { type, event } : {};
  } catch {
    return {}; // no event: the aggregator sets it aside, nobody stops for it
  }
}

async function handle({ message }) {
  const { type, event } = read(message);
  const same = event && { runId: event.runId, database: event.database, check: CHECK };
  if (type === 'migration.started') {
    started.set(`${event.database}/${event.runId}`, event.startedAt);
    await publish('baselines', `${event.database}/${event.runId}/${CHECK}`, 'baseline.captured',
      { ...same, status: 'CAPTURED', capturedAt: event.startedAt, content: { startedAt: event.startedAt } });
  } else if (type === 'migration.completed') {
    await publish('results', event.database, 'check.completed', { ...same, ...answer(event) });
  }
}

// After a restart "before" is read back from the topic on which it was made durable.
async function remember() {
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(`${PREFIX}baselines`);
  await admin.disconnect();
  const left = new Map(ends.filter((end) => Number(end.high) > Number(end.low)).map((end) => [end.partition, Number(end.high)]));
  if (left.size === 0) return;
  await baselines.connect();
  await baselines.subscribe({ topic: `${PREFIX}baselines`, fromBeginning: true });
  await new Promise((done) => baselines.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => {
      const { event } = read(message);
      if (event?.check === CHECK) started.set(`${event.database}/${event.runId}`, event.content?.startedAt);
      if (Number(message.offset) + 1 >= left.get(partition)) left.delete(partition);
      if (left.size === 0) done();
    },
  }));
  await baselines.disconnect();
}

async function main() {
  await producer.connect();
  await remember();
  await consumer.connect();
  await consumer.subscribe({ topic: `${PREFIX}migrations`, fromBeginning: true });
  console.log(`${CHECK} listens`);
  await consumer.run({ eachMessage: handle }); // commits what is handled, after it is handled
}

process.on('SIGTERM', () => consumer.disconnect().finally(() => process.exit(0))); // leaves the group
main().catch((failure) => { console.error(failure); process.exit(1); });
