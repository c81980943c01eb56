import { randomUUID } from 'node:crypto';
import type { Logger } from '@ticketing/common';
import Redis, { type RedisOptions } from 'ioredis';

/** What Bull wants a connection for; the last two wait for Redis to speak. */
type Purpose = 'client' | 'subscriber' | 'bclient';

const HEARTBEAT_MILLISECONDS = 2000;

/** Shorter than the ten seconds of a listener, which waits for one command. */
const COMMAND_LIMIT_MILLISECONDS = 2000;

const options: RedisOptions = {
  // Commands wait through an outage, or Bull's loops would end with it.
  maxRetriesPerRequest: null,
  connectTimeout: 3000,
  disconnectTimeout: 200,
  retryStrategy: (attempt) => Math.min(100 * attempt, 1000),
};

const optionsFor: Record<Purpose, RedisOptions> = {
  // Bull itself puts no limit on a command: with Redis away, `add` would never settle.
  client: { commandTimeout: COMMAND_LIMIT_MILLISECONDS },
  subscriber: { enableReadyCheck: false },
  bclient: { enableReadyCheck: false },
};

/** The connections of a queue: they come back after every outage, and tell whether Redis answers. */
export class RedisClients {
  private readonly all: Redis[] = [];
  private readonly heartbeat = setInterval(() => void this.beat(), HEARTBEAT_MILLISECONDS).unref();
  /** The connection that asks and is answered; its fate tells how Redis is. */
  private commands: Redis | undefined;
  private answers: boolean | undefined;
  private renewing = false;
  private ended = false;
  /** Under this name Redis finds the connections on which jobs are waited for among all others. */
  private readonly waiting = `expiration-${randomUUID()}`;

  constructor(
    private readonly url: string,
    private readonly log: Logger,
  ) {}

  get state(): 'up' | 'down' {
    return this.answers ? 'up' : 'down';
  }

  create(purpose: Purpose): Redis {
    const name = purpose === 'bclient' ? { connectionName: this.waiting } : {};
    const client = new Redis(this.url, { ...options, ...optionsFor[purpose], ...name });
    // An error is followed by `close`, and each connection tries again by itself.
    client.on('error', () => undefined);
    this.all.push(client);
    if (purpose === 'client') this.watch(client);
    return client;
  }

  /** Resolves when Redis answers on all connections made so far, or when nobody waits for it any more. */
  async ready(): Promise<void> {
    await Promise.all(this.all.map(readyOrEnded));
  }

  disconnect(): void {
    this.ended = true;
    clearInterval(this.heartbeat);
    for (const client of this.all) client.disconnect();
  }

  private watch(client: Redis): void {
    this.commands = client;
    client.on('ready', () => this.note(true));
    client.on('close', () => this.note(false));
  }

  /** A network that swallows packets closes nothing: where no answer comes in time, the connections are made anew. */
  private async beat(): Promise<void> {
    // While it has no connection it waits for one, and would keep every ping until then.
    if (this.commands?.status !== 'ready') return;
    try {
      await this.commands.ping();
    } catch {
      this.note(false);
      this.renew(this.commands);
    }
  }

  /** The one that asks comes first, so that what is dead has been dropped when the others come back. */
  private renew(commands: Redis): void {
    if (this.renewing) return;
    this.renewing = true;
    commands.once('ready', () => void this.renewOthers(commands));
    commands.disconnect(true);
  }

  private async renewOthers(commands: Redis): Promise<void> {
    try {
      await dropNamed(commands, this.waiting);
    } catch (error) {
      this.log.warn({ error }, 'Redis may go on to give jobs to a dead connection for a while');
    }
    this.renewing = false;
    for (const client of this.all) if (client !== commands && client.status === 'ready') client.disconnect(true);
  }

  private note(answers: boolean): void {
    if (answers === this.answers) return;
    this.answers = answers;
    if (answers) this.log.info('connected to Redis');
    else if (!this.ended) this.log.warn('Redis does not answer; the timers in it wait');
  }
}

/**
 * Ends connections at Redis' side, which has not noticed that they are dead, and would go on to give jobs to one: Bull
 * asks for 25 on it.
 */
async function dropNamed(commands: Redis, name: string): Promise<void> {
  const connections = String(await commands.client('LIST'));
  const named = connections.matchAll(new RegExp(`^id=(\\d+) .* name=${name} `, 'gm'));
  for (const [, id] of named) await commands.client('KILL', 'ID', Number(id));
}

async function readyOrEnded(client: Redis): Promise<void> {
  if (client.status === 'ready' || client.status === 'end') return;
  await new Promise((resolve) => client.once('ready', resolve).once('end', resolve));
}
