import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitFor } from '@ticketing/common/testing';
import { thisMachine } from '../../infra/local/src/config';
import { natsStreaming } from '../../infra/local/src/servers/nats-streaming';
import { HealthOf } from '../harness/health';
import { Shop, type Ticket } from '../harness/shop';
import type { Visitor } from '../harness/visitor';

jest.setTimeout(120_000);

/** In units of 512 bytes. A file of the broker's may not be larger: a full disk that needs no disk, and no root. */
const ROOM = 32;
/** More of them than there is room for. */
const TICKETS = 40;
const PATIENCE_MILLISECONDS = 20_000;

let folder: string;
let shop: Shop;
let seller: Visitor;
let buyer: Visitor;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'full-disk-'));
  allow(ROOM);
  const machine = thisMachine();
  const { path: program } = await natsStreaming.locate(machine);
  const limited = path.join(folder, 'nats-streaming-server');
  writeFileSync(limited, `#!/bin/sh\nulimit -f "$(cat ${path.join(folder, 'room')})"\nexec ${program} "$@"\n`);
  chmodSync(limited, 0o755);
  shop = await Shop.open({}, { machine: { ...machine, path: [folder, ...machine.path] } });
  [seller, buyer] = (await shop.visitors(2)) as [Visitor, Visitor];
});
afterAll(async () => {
  await shop.close();
  rmSync(folder, { recursive: true });
});

/** Holds from the broker's next start. */
function allow(room: number | 'unlimited'): void {
  writeFileSync(path.join(folder, 'room'), String(room));
}

const tickets = () => new HealthOf(shop.system, 'tickets');
const fallen = () => shop.fallen.length;

test('the broker’s disk is full: it falls as often as it is started, the API goes on, and nothing is lost', async () => {
  const broker = shop.system.part('nats-streaming');
  const listed: Ticket[] = [];
  for (let place = 0; place < TICKETS; place += 1) listed.push(await shop.list(seller));
  await waitFor(() => fallen() === 1, 'the broker to fall', PATIENCE_MILLISECONDS);

  await broker.start();
  await waitFor(() => fallen() === 2, 'the broker to fall again', PATIENCE_MILLISECONDS);
  listed.push(await shop.list(seller));
  await waitFor(async () => (await tickets().metric('outbox_pending')) > 0, 'the outbox', PATIENCE_MILLISECONDS);
  expect(await tickets().stateOf('nats-streaming')).toBe('down');

  allow('unlimited');
  await broker.start();
  await shop.comesToRest();
  await shop.buy(buyer, listed[0]!);
  await shop.buy(buyer, listed.at(-1)!);
  await shop.comesToRest();
  expect(shop.fallen).toEqual(Array(2).fill('nats-streaming: exit code 2'));
});
