/** A document that a service saved, as the preload `tell-saves` tells. */
export interface Saved {
  readonly model: string;
  readonly id: string;
  readonly status?: string;
  readonly orderId?: string;
  /** Milliseconds by a clock that all processes of the machine share. */
  readonly at: number;
  /** Milliseconds since 1970. */
  readonly clock: number;
}

/** A sweep of a service's outbox, as the preload `tell-sweeps` tells. */
export interface Swept {
  readonly milliseconds: number;
  readonly sent: number;
}

/** What the preloads told since `forget`, by service. */
export class Told {
  readonly saves: Saved[] = [];
  readonly sweeps: (Swept & { readonly part: string })[] = [];

  /** @param line whatever a service wrote; most of it is its log */
  hear(part: string, line: string): void {
    if (!line.startsWith('{"saved"') && !line.startsWith('{"swept"')) return;
    const { saved, swept } = JSON.parse(line) as { saved?: Saved; swept?: Swept };
    if (saved) this.saves.push(saved);
    if (swept) this.sweeps.push({ part, ...swept });
  }

  forget(): void {
    this.saves.length = 0;
    this.sweeps.length = 0;
  }
}
