import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Charge, PaymentIntent, PaymentMethod, Refund } from './objects';
import { newId, now } from './objects';

/** A payment method, and the token that tells how its card behaves. */
export interface StoredMethod {
  readonly id: string;
  readonly token: string;
  readonly shown: PaymentMethod;
}

/** What was answered to an idempotency key. */
export interface StoredAnswer {
  /** The key. */
  readonly id: string;
  readonly fingerprint: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
  readonly created: number;
  /** How often the key was used; from 2 on the answer was repeated. */
  readonly uses: number;
}

/** A webhook event on its way; `nextAt` is in milliseconds. */
export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly object: unknown;
  readonly attempts: number;
  readonly nextAt: number;
  readonly state: 'waiting' | 'delivered' | 'given up';
}

export interface Tables {
  methods: StoredMethod;
  intents: PaymentIntent;
  charges: Charge;
  refunds: Refund;
  answers: StoredAnswer;
  events: StoredEvent;
}
type TableName = keyof Tables;
type Change = { [T in TableName]: readonly [T, Tables[T]] }[TableName];

const tableNames = ['methods', 'intents', 'charges', 'refunds', 'answers', 'events'] as const satisfies TableName[];
const ONE_DAY = 24 * 60 * 60;
const ANSWERS_KEPT_SECONDS = 30 * ONE_DAY;

/**
 * Everything that the stand-in remembers, in memory and in a journal on disk. A unit of work is one line of the journal,
 * so that a kill leaves all of it or nothing.
 */
export class Store {
  private readonly tables: { [T in TableName]: Map<string, Tables[T]> } = {
    methods: new Map(),
    intents: new Map(),
    charges: new Map(),
    refunds: new Map(),
    answers: new Map(),
    events: new Map(),
  };
  private readonly journal: number;
  private closed = false;

  /** Opens the journal in `folder`, replays it, and writes it anew without what nobody needs any more. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'journal.jsonl');
    if (existsSync(file)) this.replay(readFileSync(file, 'utf8'));
    this.journal = this.rewrite(file);
  }

  get<T extends TableName>(table: T, id: string): Tables[T] | undefined {
    return this.tables[table].get(id);
  }

  /** In the order of creation. */
  all<T extends TableName>(table: T): Tables[T][] {
    return [...this.tables[table].values()];
  }

  begin(): UnitOfWork {
    return new UnitOfWork(this);
  }

  write(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    // By then the file's number may be another file's.
    if (this.closed) throw new Error('the books are closed');
    writeSync(this.journal, `${JSON.stringify(changes)}\n`);
    this.apply(changes);
  }

  close(): void {
    this.closed = true;
    closeSync(this.journal);
  }

  private apply(changes: readonly Change[]): void {
    for (const [table, row] of changes) (this.tables[table] as Map<string, unknown>).set(row.id, row);
  }

  /** What follows the last line break was cut by a kill while it was written: it never happened. */
  private replay(text: string): void {
    for (const line of text.split('\n').slice(0, -1)) this.apply(JSON.parse(line) as Change[]);
  }

  private rewrite(file: string): number {
    const rows = tableNames.flatMap((table) => this.all(table).map((row) => [table, row] as Change));
    const kept = rows.filter(isNeeded);
    const draft = `${file}.new`;
    const handle = openSync(draft, 'w');
    for (const change of kept) writeSync(handle, `${JSON.stringify([change])}\n`);
    fsyncSync(handle);
    renameSync(draft, file);
    return handle;
  }
}

function isNeeded([table, row]: Change): boolean {
  if (table === 'answers') return row.created > now() - ANSWERS_KEPT_SECONDS;
  if (table === 'events') return row.created > now() - ONE_DAY;
  return true;
}

/** Changes that take effect together or not at all. */
export class UnitOfWork {
  private readonly changes: Change[] = [];

  constructor(private readonly store: Store) {}

  get<T extends TableName>(table: T, id: string): Tables[T] | undefined {
    const changed = this.changes.findLast(([name, row]) => name === table && row.id === id);
    return changed ? (changed[1] as Tables[T]) : this.store.get(table, id);
  }

  all<T extends TableName>(table: T): Tables[T][] {
    return this.store.all(table);
  }

  put<T extends TableName>(table: T, row: Tables[T]): Tables[T] {
    this.changes.push([table, row] as unknown as Change);
    return row;
  }

  /** Says by webhook what happened to `object`, as it is now. */
  emit(type: string, object: unknown): void {
    const event = { id: newId('evt'), type, created: now(), object, attempts: 0, nextAt: Date.now() };
    this.put('events', { ...event, state: 'waiting' });
  }

  commit(): void {
    this.store.write(this.changes);
  }
}
