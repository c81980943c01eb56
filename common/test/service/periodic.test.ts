import { getEventListeners } from 'node:events';
import { log } from '../../src';
import { Periodic } from '../../src/service/periodic';
import { waitFor } from '../../src/testing';

log.level = 'silent';

test('whoever listens to the signal of a run and never stops is gone with the run', async () => {
  const listening: number[] = [];
  const run = (signal: AbortSignal) => {
    signal.addEventListener('abort', () => undefined);
    listening.push(getEventListeners(signal, 'abort').length);
    return Promise.resolve();
  };
  const periodic = new Periodic({ name: 'forgetful', every: 1, run }, log);
  periodic.start();
  await waitFor(() => listening.length >= 3, 'three runs');
  await periodic.stop();
  expect(new Set(listening)).toEqual(new Set([1]));
});

test('a run under way is told when the service stops, and no other one follows', async () => {
  let runs = 0;
  const untilTold = (signal: AbortSignal) => {
    runs += 1;
    return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  };
  const periodic = new Periodic({ name: 'long', every: 1, run: untilTold }, log);
  periodic.start();
  await waitFor(() => runs === 1, 'the run to begin');
  await periodic.stop();
  expect(runs).toBe(1);
});
