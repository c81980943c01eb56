import { setMaxListeners } from 'node:events';

/** npm passes a Ctrl-C on to a program that has got it from the terminal already. */
const SAME_WISH_MILLISECONDS = 1000;

/** The wish of the person at the keyboard, or of whoever started this, that it ends. */
export class Interruption {
  private readonly controller = new AbortController();
  private since = 0;

  /** @param onInsist what a second wish does */
  constructor(onInsist: () => void) {
    setMaxListeners(0, this.controller.signal);
    const onWish = () => {
      if (this.happened && Date.now() - this.since > SAME_WISH_MILLISECONDS) onInsist();
      this.interrupt();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onWish);
    // Nobody reads what is said any more: the terminal is gone, or the program behind a pipe.
    process.stdout.on('error', () => this.interrupt());
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get happened(): boolean {
    return this.signal.aborted;
  }

  /** Resolves when it happens. */
  wait(): Promise<void> {
    if (this.happened) return Promise.resolve();
    return new Promise((resolve) => this.signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  private interrupt(): void {
    if (this.happened) return;
    this.since = Date.now();
    this.controller.abort(new Interrupted());
  }
}

export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
