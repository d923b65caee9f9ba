#!/usr/bin/env node
// Runs a migration between its two announcements, over Kafka.
//
//   npm install && KAFKA=localhost:9092 node publisher.js shop knex -- npx knex migrate:latest
//
// Ends with the command's exit code; the verdict is awaited with `allclear wait RUN_ID`, whose name is the last line on standard
// error. The contract: docs/events.md.
'use strict';
const { randomUUID } = require('node:crypto');
const { spawn } = require('node:child_process');
const { Kafka, Partitioners, logLevel } = require('kafkajs');

const PREFIX = process.env.TOPIC_PREFIX ?? 'allclear.';
const WAIT = 1000 * Number(process.env.BASELINE_WAIT_SECONDS ?? '30');
const CHECKS = ['status', 'latency', 'locks', 'rows', 'logs'];

const [database, tool, separator, command, ...args] = process.argv.slice(2);
if (separator !== '--' || !command) {
  console.error('usage: node publisher.js DATABASE TOOL -- COMMAND [ARG]...');
  process.exit(2);
}
const run = process.env.RUN_ID ?? randomUUID();
const kafka = new Kafka({ brokers: (process.env.KAFKA ?? 'localhost:9092').split(','), logLevel: logLevel.ERROR });
// KafkaJS's default partitioner is Java's murmur2: all events of one database meet in one partition.
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent: true, maxInFlightRequests: 1 });

const publish = (type, more) => producer.send({
  topic: `${PREFIX}migrations`,
  acks: -1,
  messages: [{ key: database, value: JSON.stringify({ type, runId: run, database, tool, ...more }) }],
});

/** Listens to the baselines, and only then announces; the checks that captured "before" when all have answered or time is up. */
async function before() {
  // A group of its own that nobody uses again: KafkaJS reads in groups only.
  const consumer = kafka.consumer({ groupId: `${PREFIX}publisher-${run}` });
  const topic = `${PREFIX}baselines`;
  const captured = new Set();
  const answered = new Set();
  let done;
  const all = new Promise((resolve) => { done = resolve; });
  await consumer.connect();
  // From the beginning of what is kept: no answer can come too early to be seen, and other runs' are passed over.
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ message }) => {
      const event = message.value ? JSON.parse(message.value.toString()) : {};
      if (event.runId !== run || event.database !== database) return;
      answered.add(event.check);
      if (event.status !== 'FAILED') captured.add(event.check);
      if (CHECKS.every((check) => answered.has(check))) done();
    },
  });
  await publish('migration.started', { startedAt: new Date().toISOString() });
  const timer = setTimeout(done, WAIT);
  await all;
  clearTimeout(timer);
  await consumer.disconnect();
  return CHECKS.filter((check) => captured.has(check));
}

const execute = () => new Promise((resolve, reject) => {
  const child = spawn(command, args, { stdio: 'inherit' });
  child.on('error', reject);
  child.on('exit', (code, signal) => resolve(code ?? 128 + require('node:os').constants.signals[signal]));
});

(async () => {
  await producer.connect();
  const captured = await before();
  const missing = CHECKS.filter((check) => !captured.includes(check));
  if (missing.length) console.error(`no "before" of ${missing}: what needs it will be unproven`);
  const exitCode = await execute().catch((failure) => { console.error(failure.message); return 127; });
  await publish('migration.completed', { completedAt: new Date().toISOString(), exitCode, awaitedBaselines: captured });
  await producer.disconnect();
  console.error(run);
  process.exitCode = exitCode;
})().catch((failure) => { console.error(failure); process.exitCode = 1; });
