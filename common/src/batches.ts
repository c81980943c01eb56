import { Deferred } from './deferred';

interface Waiting<Item> {
  readonly item: Item;
  readonly done: Deferred;
}

/**
 * Does the same to many items in one go: the first is done at once and alone, and those that come meanwhile wait and are
 * done together next. So a single one is not held up, and hundreds cost little more than a few.
 */
export class Batches<Item> {
  private readonly waiting: Waiting<Item>[] = [];
  private running: Promise<void> | undefined;

  /**
   * @param work does it; when it rejects, it rejects for all of them
   * @param most how many are done in one go
   */
  constructor(
    private readonly work: (items: readonly Item[]) => Promise<void>,
    private readonly most = Infinity,
  ) {}

  /** Resolves when it is done to this item, rejects when it could not be. */
  add(item: Item): Promise<void> {
    const done = new Deferred();
    this.waiting.push({ item, done });
    this.running ??= this.run();
    return done.promise;
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    while (this.running) await this.running;
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.most);
      try {
        await this.work(batch.map(({ item }) => item));
        for (const { done } of batch) done.resolve();
      } catch (error) {
        for (const { done } of batch) done.reject(error as Error);
      }
    }
    this.running = undefined;
  }
}
