import type { SystemOptions } from '@ticketing/local';

type OnEnd = NonNullable<SystemOptions['onEnd']>;

/** What a cluster does: starts again what ended by itself. It remembers who did, and how. */
export class Supervisor {
  readonly deaths: { readonly part: string; readonly ending: string }[] = [];
  private readonly restarts: Promise<void>[] = [];

  readonly onEnd: OnEnd = (part, ending) => {
    const restarted = part.start();
    // Told to whoever waits for all.
    restarted.catch(() => undefined);
    this.restarts.push(restarted);
    this.deaths.push({ part: part.name, ending });
  };

  /** Resolves when whoever died is at work again. @throws Error when one could not be started */
  async allUp(): Promise<void> {
    await Promise.all(this.restarts);
  }
}
