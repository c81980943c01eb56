import { isDuplicateKey, type AnyEvent } from '@ticketing/common';
import {
  buildEvent,
  counterExample,
  disorders,
  holds,
  newId,
  testService,
  type Disorder,
  type History,
} from '@ticketing/common/testing';
import fc from 'fast-check';
import { Order } from '../../src/models/order';
import { storeTicket, Ticket } from '../../src/models/ticket';
import { orders } from '../../src/service';
import { keepSweepAway } from '../shop';

jest.setTimeout(120_000);

const service = testService(orders);
beforeAll(keepSweepAway);
afterEach(() => jest.restoreAllMocks());

/** What becomes of a ticket, told by tickets; of the money for its order, told by payments; and of the order's time. */
type TicketStep = 'listed' | 'edited' | 'withdrawn' | 'said again';
type MoneyStep = 'authorised' | 'capture refused' | 'refunded' | 'authorisation lost';
type Step = TicketStep | MoneyStep | 'prompted';

const RESERVED = 'reserved';
const OVERDUE = 'reserved, its time is up';
const PRICE = 40;

const ticketLife = fc
  .tuple(
    fc.array(fc.constantFrom<TicketStep>('edited', 'said again'), { maxLength: 3 }),
    fc.constantFrom<TicketStep[]>([], ['withdrawn'], ['withdrawn', 'said again']),
  )
  .map(([edits, end]): TicketStep[] => ['listed', ...edits, ...end]);
const moneyLife = fc.constantFrom<MoneyStep[]>(
  [],
  ['authorised'],
  ['authorised', 'capture refused'],
  ['authorised', 'refunded'],
  ['authorised', 'authorisation lost'],
  ['authorisation lost'],
);
const unordered = ticketLife.map((steps) => ({ steps }));
const ordered = fc
  .tuple(fc.constantFrom(RESERVED, OVERDUE), ticketLife, moneyLife, fc.constantFrom<Step[]>([], ['prompted']))
  .map(([given, ...lives]) => ({ given, steps: lives.flat() }));

interface TicketState {
  readonly version: number;
  readonly price: number;
  readonly withdrawn: boolean;
}

/** What the ticket is after each of its steps: each version has its own price. */
function ticketStates(steps: readonly Step[]): TicketState[] {
  const states: TicketState[] = [];
  for (const step of steps) {
    const { version, price, withdrawn } = states.at(-1) ?? { version: -1, price: PRICE, withdrawn: false };
    if (step === 'said again') states.push({ version, price, withdrawn });
    else states.push({ version: version + 1, price: PRICE + version + 1, withdrawn: step === 'withdrawn' });
  }
  return states;
}

const isOfTicket = (step: Step): step is TicketStep =>
  step === 'listed' || step === 'edited' || step === 'withdrawn' || step === 'said again';

/**
 * How the order may end. Its seller, its clock and its buyer's money are three aggregates, and the first of them may
 * decide; where no two of them disagree there is one end.
 */
function endsOf({ given, steps }: History<Step>): string[] {
  const has = (...wanted: Step[]) => steps.some((step) => wanted.includes(step));
  const obstacles = [
    ...(has('withdrawn') ? ['cancelled withdrawn'] : []),
    ...(has('prompted') && given === OVERDUE ? ['cancelled expired'] : []),
    ...(has('capture refused', 'authorisation lost') ? ['cancelled unpaid'] : []),
    ...(has('refunded') ? ['cancelled refunded'] : []),
  ];
  const isLost = has('capture refused', 'authorisation lost', 'refunded');
  if (has('authorised') && !isLost) return ['complete', ...obstacles];
  return obstacles.length > 0 ? obstacles : ['created'];
}

interface Sale extends History<Step> {
  readonly ticketId: string;
  readonly orderId: string;
}

/** The same history as the other services tell it. */
function eventsOf({ ticketId, orderId, steps }: Sale): AnyEvent[] {
  const states = ticketStates(steps.filter(isOfTicket));
  const payment = buildEvent('payment:created', { orderId, amount: PRICE * 100 });
  const failed = (reason: 'capture_refused' | 'refunded' | 'authorisation_lost') =>
    buildEvent('payment:failed', { orderId, reason });
  let told = 0;
  const nextState = () => stateEvent(ticketId, states[told++]!);
  return steps.map((step) => {
    switch (step) {
      case 'listed':
      case 'edited':
      case 'withdrawn':
      case 'said again':
        return nextState();
      case 'authorised':
        return payment;
      case 'capture refused':
        return failed('capture_refused');
      case 'refunded':
        return failed('refunded');
      case 'authorisation lost':
        return failed('authorisation_lost');
      case 'prompted':
        return buildEvent('expiration:complete', { orderId });
    }
  });
}

function stateEvent(id: string, { version, price, withdrawn }: TicketState): AnyEvent {
  if (withdrawn) return buildEvent('ticket:deleted', { id, version });
  return buildEvent(version === 0 ? 'ticket:created' : 'ticket:updated', { id, version, price });
}

const endsAsTold = (history: fc.Arbitrary<History<Step>>, crowd?: 'crowded') =>
  fc.asyncProperty(disorders(fc.array(history, { minLength: 1, maxLength: 3 }), crowd), async (play) => {
    const sales = play.histories.map((own): Sale => ({ ...own, ticketId: newId(), orderId: newId() }));
    await tell(play, sales);
    for (const sale of sales) {
      expect(await ticketOf(sale)).toEqual(replicaOf(sale));
      if (sale.given) expect(endsOf(sale)).toContain(await endOf(sale));
    }
  });

async function tell(play: Disorder<Step>, sales: readonly Sale[]): Promise<void> {
  for (const sale of sales) if (sale.given) await reserve(sale);
  for (const together of play.arrange(sales.map(eventsOf))) await service.deliver(...together);
  for (let round = 0; round < 10 && (await service.parked()).length > 0; round += 1) await service.retryParked();
}

async function reserve({ ticketId, orderId, given }: Sale): Promise<void> {
  await storeTicket(buildEvent('ticket:created', { id: ticketId, price: PRICE }).data);
  const order = new Order({
    _id: orderId,
    status: 'created',
    userId: newId(),
    expiresAt: new Date(Date.now() + (given === OVERDUE ? -1 : 900_000)),
    ticket: { id: ticketId, title: 'A seat in the stalls', price: PRICE },
  });
  order.announce('order:created');
  await order.save();
}

/** What orders knows of the ticket when all is told. Of one that is withdrawn nothing else matters. */
function replicaOf({ steps }: Sale) {
  const { version, price, withdrawn } = ticketStates(steps.filter(isOfTicket)).at(-1)!;
  return withdrawn ? { version, withdrawn } : { version, withdrawn, price };
}

async function ticketOf({ ticketId }: Sale): Promise<ReturnType<typeof replicaOf>> {
  const { version, price, withdrawn = false } = await Ticket.findById(ticketId).orFail();
  return withdrawn ? { version, withdrawn } : { version, withdrawn, price };
}

async function endOf({ orderId }: Sale): Promise<string> {
  const { status, reason } = await Order.findById(orderId).orFail();
  return reason ? `${status} ${reason}` : status;
}

/** A write of a replica, as `applyIfNewer` does it. */
type Write = (
  filter: { _id: string },
  change: { $set: object },
  options?: { upsert: boolean },
) => Promise<{ matchedCount: number }>;

function patchWrites(patch: (write: Write) => Write): void {
  const write = Ticket.updateOne.bind(Ticket) as unknown as Write;
  jest.spyOn(Ticket, 'updateOne').mockImplementation(patch(write) as unknown as typeof Ticket.updateOne);
}

/** The two steps of the server's upsert, with time between them for another handler. */
const slowly =
  (write: Write): Write =>
  async (filter, change, options) => {
    const updated = await write(filter, change);
    if (!options?.upsert || updated.matchedCount > 0) return updated;
    for (let glance = 0; glance < 5; glance += 1) await Ticket.countDocuments();
    await Ticket.create({ _id: filter._id, ...change.$set });
    return updated;
  };

const withoutVersion =
  (write: Write): Write =>
  ({ _id }, ...rest) =>
    write({ _id }, ...rest);

const takingSecondForOld =
  (write: Write): Write =>
  (...about) =>
    write(...about).catch((error: unknown) => {
      if (isDuplicateKey(error, '_id')) return { matchedCount: 0 };
      throw error;
    });

const anything = fc.oneof(unordered, ordered);

test('whatever the order of arrival, with whatever repetitions: tickets are known and orders end as told', () =>
  holds(endsAsTold(anything), { numRuns: 40 }));

test('the same on a slow database, where handlers of one ticket meet at its first insert', async () => {
  patchWrites(slowly);
  await holds(endsAsTold(unordered, 'crowded'), { numRuns: 30 });
});

test('with a second insert taken for an old event, a newer state is lost there (negative control)', async () => {
  patchWrites((write) => takingSecondForOld(slowly(write)));
  expect(await counterExample(endsAsTold(unordered, 'crowded'), { endOnFailure: true })).toMatch(/ \+ /);
});

test('with the version check taken out, an older state wins (negative control)', async () => {
  patchWrites(withoutVersion);
  expect((await counterExample(endsAsTold(unordered)))?.split('\n').length).toBeLessThan(15);
});
