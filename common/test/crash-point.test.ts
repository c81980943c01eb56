import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { CRASH_POINTS, crashPoint, type CrashPoint } from '../src';

test('nobody listens: a crash point does nothing', () => {
  expect(() => crashPoint('saved, not yet sent', 'order:created')).not.toThrow();
});

test('somebody listens: a crash point tells its name and what was at work there, before it lets anything go on', () => {
  const reached: unknown[] = [];
  const listen = (point: unknown) => reached.push(point);
  subscribe(CRASH_POINTS, listen);
  crashPoint('saved, not yet sent', 'order:created');
  expect(reached).toEqual([{ name: 'saved, not yet sent', about: 'order:created' } satisfies CrashPoint]);
  crashPoint('account created, not yet answered');
  expect(reached).toHaveLength(2);
  expect(reached[1]).toEqual({ name: 'account created, not yet answered', about: undefined });

  unsubscribe(CRASH_POINTS, listen);
  crashPoint('saved, not yet sent', 'order:created');
  expect(reached).toHaveLength(2);
});
