import { createHash } from 'node:crypto';
import type { Answer } from './api';
import { now } from './objects';
import type { Store, StoredAnswer, UnitOfWork } from './store';
import { StripeFault } from './stripe-fault';

/** A request as it came. */
export interface KeyedRequest {
  /** Its idempotency key; empty when it has none. */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** The answers that were given to idempotency keys, and the keys whose answer is still being worked out. */
export class IdempotencyKeys {
  private readonly busy = new Set<string>();

  constructor(private readonly store: Store) {}

  /**
   * The answer given to this key before, if any.
   * @throws StripeFault when the key came with another request before, or comes while its request is being worked on
   */
  repeat(request: KeyedRequest): Answer | undefined {
    if (this.busy.has(request.key)) throw keyInUse(request.key);
    const earlier = this.store.get('answers', request.key);
    if (!earlier) return undefined;
    if (earlier.fingerprint !== fingerprintOf(request)) throw keyOfAnother(request.key);
    this.store.write([['answers', { ...earlier, uses: earlier.uses + 1 }]]);
    return { status: earlier.status, body: earlier.body, replayed: true };
  }

  async whileBusy<T>(key: string, work: () => Promise<T>): Promise<T> {
    this.busy.add(key);
    try {
      return await work();
    } finally {
      this.busy.delete(key);
    }
  }

  /** Keeps an answer in the same unit of work as the deed. Stripe keeps none that refuses a parameter. */
  keep(work: UnitOfWork, request: KeyedRequest, answer: Answer): void {
    if (!isExecuted(answer)) return;
    const { key: id, method, path } = request;
    const { status, body } = answer;
    const kept: StoredAnswer = {
      id,
      fingerprint: fingerprintOf(request),
      method,
      path,
      status,
      body,
      created: now(),
      uses: 1,
    };
    work.put('answers', kept);
  }
}

function isExecuted({ status, body }: Answer): boolean {
  const refused = status === 429 || (status >= 400 && Boolean((body as { error?: { param?: string } }).error?.param));
  return !refused;
}

function fingerprintOf({ method, path, body }: KeyedRequest): string {
  return createHash('sha256').update(`${method} ${path}\n${body}`).digest('hex');
}

function keyInUse(key: string): StripeFault {
  const message = `There is currently another in-progress request using this idempotency key (${key}).`;
  return new StripeFault(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message });
}

function keyOfAnother(key: string): StripeFault {
  const message = `The idempotency key ${key} was used before with another endpoint or other parameters.`;
  return new StripeFault(400, { type: 'idempotency_error', message });
}
