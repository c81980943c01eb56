import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { CRASH_POINTS, type CrashPoint } from '@ticketing/common';

/** Loaded into a service before itself: writes a line for each sweep of the outbox, with its time and what it sent. */
interface Relay {
  sweep: (this: unknown, signal?: AbortSignal) => Promise<void>;
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the relay is nobody's business outside of common
const { OutboxRelay } = require(join(require.resolve('@ticketing/common'), '../messaging/outbox/outbox-relay.js')) as {
  OutboxRelay: { prototype: Relay };
};

let sent = 0;
subscribe(CRASH_POINTS, (reached) => {
  if ((reached as CrashPoint).name === 'sent, still in the outbox') sent += 1;
});

const { sweep } = OutboxRelay.prototype;
OutboxRelay.prototype.sweep = async function (signal) {
  const begin = performance.now();
  sent = 0;
  await sweep.call(this, signal);
  writeSync(1, `${JSON.stringify({ swept: { milliseconds: performance.now() - begin, sent } })}\n`);
};
