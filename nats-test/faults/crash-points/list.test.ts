import { callsIn, nameOf, placesInCode, placesOf, type Place } from '../../harness/crashes/crash-points';
import { authCases, expiryCases, ordersCases, paymentsCases, ticketsCases } from './cases';

/** The list of crash points is the code's, and not ours: whoever adds one is told to say what comes of it. */

jest.setTimeout(60_000);

const cases = [...ticketsCases, ...authCases, ...ordersCases, ...paymentsCases, ...expiryCases];
let places: Place[];

beforeAll(async () => {
  places = await placesInCode();
});

const without = (some: readonly Place[], others: readonly Place[]) => {
  const names = new Set(others.map(nameOf));
  return [...new Set(some.map(nameOf))].filter((name) => !names.has(name));
};

test('every crash point of every service has a case, and every case names one that there is', () => {
  expect(places.length).toBeGreaterThan(0);
  expect(without(places, cases)).toEqual([]);
  expect(without(cases, places)).toEqual([]);
});

describe('the control', () => {
  test('a case is taken away: its point is missed', () => {
    const [gone, ...rest] = ordersCases;
    const others = cases.filter((one) => nameOf(one) !== nameOf(gone!));
    expect(rest.length).toBeGreaterThan(0);
    expect(without(places, others)).toEqual([nameOf(gone!)]);
  });

  test('a point is added to a service: it is missed', () => {
    const added = callsIn('orders/src/routes/create-order.ts', "crashPoint('order made, not yet answered');");
    const more = added.flatMap((call) =>
      placesOf(call, [{ name: 'orders', description: '', routes: [], hears: [], says: [], settings: [] }]),
    );
    expect(without([...places, ...more], cases)).toEqual(['orders dies at "order made, not yet answered"']);
  });

  test('a point is taken away: its case is left over', () => {
    const fewer = places.filter(({ point }) => point !== 'money captured, not yet recorded');
    expect(without(cases, fewer)).toEqual(['payments dies at "money captured, not yet recorded"']);
  });

  test('the name of a point, or what it is about, is known to a run alone: that is an error', () => {
    expect(() => callsIn('orders/src/a.ts', 'crashPoint(name);')).toThrow('a plain string');
    const [call] = callsIn('orders/src/a.ts', "crashPoint('a, not yet b', whatever);");
    expect(() => placesOf(call!, [])).toThrow('`whatever`');
  });
});
