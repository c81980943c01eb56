import { createEvent, type EventData, type EventOf, type EventType } from '../events';
import { newId } from './sign-in';

type Defaults = { [T in EventType]: () => EventData<T> };

const MINUTES = 60_000;
const fromNow = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

const ticket = () => ({
  id: newId(),
  title: 'A seat in the stalls',
  price: 40,
  category: 'concert' as const,
  userId: newId(),
  status: 'available' as const,
  version: 0,
  createdAt: fromNow(0),
});

const order = () => ({
  id: newId(),
  status: 'created' as const,
  userId: newId(),
  expiresAt: fromNow(15 * MINUTES),
  ticket: { id: newId(), title: 'A seat in the stalls', price: 40 },
  version: 0,
  createdAt: fromNow(0),
});

const defaults: Defaults = {
  'ticket:created': ticket,
  'ticket:updated': () => ({ ...ticket(), version: 1 }),
  'ticket:deleted': () => ({ id: newId(), version: 1 }),
  'order:created': order,
  'order:cancelled': () => ({ ...order(), status: 'cancelled', reason: 'user', version: 1 }),
  'order:completed': () => ({ ...order(), status: 'complete', paymentId: newId(), version: 1 }),
  'expiration:complete': () => ({ orderId: newId() }),
  'payment:created': () => ({ id: newId(), orderId: newId(), stripeId: 'pi_test', amount: 4000, currency: 'usd' }),
  'payment:failed': () => ({ orderId: newId(), reason: 'capture_refused' }),
};

/** A valid event as another service would send it; `data` replaces what the test cares about. */
export function buildEvent<T extends EventType>(type: T, data: Partial<EventData<T>> = {}): EventOf<T> {
  const whole = { ...defaults[type](), ...data } as EventData<T>;
  const about = whole as { id?: string; orderId?: string };
  const subject = about.orderId ?? about.id ?? newId();
  return createEvent({ type, source: `/${type.split(':')[0]}s`, subject, data: whole });
}
