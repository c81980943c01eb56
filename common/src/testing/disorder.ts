import fc from 'fast-check';
import type { AnyEvent } from '../events';

/** What becomes of one aggregate, in words, in the order in which it happens. */
export interface History<Step extends string> {
  /** What the service knows of it before the disorder begins. */
  readonly given?: string;
  /** Each is told by one event. */
  readonly steps: readonly Step[];
}

interface Play<Step extends string> {
  readonly histories: readonly History<Step>[];
  /** By history and step: when its event arrives, once or more often. */
  readonly moments: readonly (readonly (readonly number[])[])[];
  readonly isAtOnce: boolean;
}

interface Arrival<Event> {
  readonly event: Event;
  readonly moment: number;
}

const LAST_MOMENT = 12;

/** Histories of several aggregates, whose events reach a service late, twice, and between those of the others. */
export class Disorder<Step extends string> {
  constructor(private readonly play: Play<Step>) {}

  get histories(): readonly History<Step>[] {
    return this.play.histories;
  }

  /**
   * @param events by history, one for each of its steps
   * @returns which events arrive together, the first to arrive first
   */
  arrange<Event = AnyEvent>(events: readonly (readonly Event[])[]): Event[][] {
    const groups = new Map<number, Event[]>();
    this.inOrderOfArrival(events).forEach(({ event, moment }, place) => {
      const group = this.play.isAtOnce ? moment : place;
      groups.set(group, [...(groups.get(group) ?? []), event]);
    });
    return [...groups.values()];
  }

  /** Short lines for whoever has to understand a counter-example. */
  toString(): string {
    const names = this.histories.map((_history, index) => `#${index + 1}`);
    const told = this.histories.map(({ given, steps }, index) => {
      const known = given ? `${given}; ` : '';
      return `  ${names[index]}: ${known}${steps.join(', ')}`;
    });
    const words = this.histories.map(({ steps }, index) => steps.map((step) => `${names[index]} ${step}`));
    const arrivals = this.arrange(words).map((group) => `    ${group.join(' + ')}`);
    return ['', ...told, '  arrive as', ...arrivals, ''].join('\n');
  }

  private inOrderOfArrival<Event>(events: readonly (readonly Event[])[]): Arrival<Event>[] {
    const arrivals = events.flatMap((own, history) =>
      own.flatMap((event, step) => (this.play.moments[history]?.[step] ?? []).map((moment) => ({ event, moment }))),
    );
    // Stable: with all moments alike it is the order in which it happened.
    return arrivals.sort((one, other) => one.moment - other.moment);
  }
}

/**
 * Histories that happen side by side, and an order in which their events arrive: every one of them, some twice or three
 * times, one after the other or several at once. What fails is shrunk to fewer events in a better order.
 * @param crowd has everything arrive in two moments, for what handlers do to each other
 */
export function disorders<Step extends string>(
  histories: fc.Arbitrary<readonly History<Step>[]>,
  crowd?: 'crowded',
): fc.Arbitrary<Disorder<Step>> {
  const ofStep = fc.array(fc.nat(crowd ? 1 : LAST_MOMENT), { minLength: 1, maxLength: 3 });
  const momentsOf = (all: readonly History<Step>[]) =>
    fc.tuple(...all.map(({ steps }) => fc.tuple(...steps.map(() => ofStep))));
  return histories.chain((all) =>
    fc
      .record({ moments: momentsOf(all), isAtOnce: crowd ? fc.constant(true) : fc.boolean() })
      .map((arrivals) => new Disorder({ histories: all, ...arrivals })),
  );
}
