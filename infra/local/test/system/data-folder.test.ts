import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { givenDataFolder } from '../../src/config';
import { Fault } from '../../src/fault';
import { identityOf } from '../../src/processes/identity';
import { DataFolder } from '../../src/system/data-folder';
import { clientSettings, databaseUri, serviceSettings } from '../../src/system/settings';
import { tempFolder } from '../temp-folder';

const temp = tempFolder();

describe('the data of a clone', () => {
  it('belong to one run at a time', async () => {
    const first = new DataFolder(temp('one'));
    await first.open();
    const second = new DataFolder(temp('one'));
    await expect(second.open()).rejects.toThrow(
      new Fault(`The system runs already in this clone (process ${process.pid}).`),
    );
    second.close();
    expect(existsSync(temp('one', 'lock'))).toBe(true);
    first.close();
    await second.open();
    second.close();
  });

  it('tell where the run is while it runs, and not after', async () => {
    const folder = new DataFolder(temp('two'));
    expect(folder.currentRun()).toBeUndefined();
    await folder.open();
    folder.record({ addresses: { redis: 'redis://here' }, children: [] });
    expect(new DataFolder(temp('two')).currentRun()?.addresses.redis).toBe('redis://here');
    const died = { ...identityOf(process.pid), startedAt: 'before' };
    writeFileSync(temp('two', 'lock'), JSON.stringify(died));
    expect(new DataFolder(temp('two')).currentRun()).toBeUndefined();
  });

  it('are refused to another major version of the server that wrote them, and not to a minor one', () => {
    mkdirSync(temp('three'));
    const folder = new DataFolder(temp('three'));
    folder.stamp('MongoDB', { path: '/bin/mongod', version: '6.0.5' });
    folder.stamp('Redis', { path: '/bin/redis', version: '7.2.1' });
    folder.stamp('MongoDB', { path: '/bin/mongod', version: '6.1.0' });
    expect(() => folder.stamp('MongoDB', { path: '/opt/mongod', version: '8.2.6' })).toThrow(
      /written by MongoDB 6\.1\.0, and \/opt\/mongod is 8\.2\.6\. Start with MongoDB 6, or empty the data/,
    );
  });

  it('keep their secrets, readable by their owner only', () => {
    mkdirSync(temp('four'));
    const { secrets } = new DataFolder(temp('four'));
    expect(Buffer.from(secrets.jwtKey, 'base64url')).toHaveLength(32);
    expect(new DataFolder(temp('four')).secrets).toEqual(secrets);
    expect(statSync(temp('four', 'jwt-key')).mode & 0o777).toBe(0o600);
  });

  it('are gone after a reset', async () => {
    const folder = new DataFolder(temp('five'));
    folder.folder('mongodb');
    expect(folder.secrets.jwtKey).not.toBe('');
    // What is left of processes that were killed while they took the lock.
    for (const trace of ['lock.4711', 'lock.removal', 'lock.removal.4711']) writeFileSync(temp('five', trace), '');
    await folder.empty();
    expect(existsSync(temp('five', 'mongodb'))).toBe(false);
    expect(existsSync(temp('five', 'jwt-key'))).toBe(false);
    expect(existsSync(temp('five', 'lock'))).toBe(false);
  });

  it('are not deleted from a folder that holds anything else, and neither is that', async () => {
    const folder = new DataFolder(temp('six'));
    folder.folder('mongodb');
    writeFileSync(temp('six', 'thesis.txt'), 'years of work');
    await expect(folder.empty()).rejects.toThrow(/more than this system's data \(thesis\.txt\)\. Nothing was deleted/);
    expect(existsSync(temp('six', 'mongodb'))).toBe(true);
    expect(existsSync(temp('six', 'thesis.txt'))).toBe(true);
  });

  it('of unknown origin are refused in one sentence', () => {
    mkdirSync(temp('seven'));
    writeFileSync(temp('seven', 'versions.json'), '{"MongoDB":');
    expect(() => new DataFolder(temp('seven')).stamp('MongoDB', { path: '/bin/mongod', version: '6.0.5' })).toThrow(
      /versions\.json is damaged/,
    );
  });

  it('are in the clone when the setting for their place is empty', () => {
    expect(givenDataFolder({ TICKETING_DATA: '' })).toBeUndefined();
    expect(givenDataFolder({ TICKETING_DATA: ' ' })).toBeUndefined();
    expect(givenDataFolder({ TICKETING_DATA: '/data' })).toBe('/data');
  });
});

describe('the settings of a service', () => {
  const durable = 'w=majority&journal=true';

  it.each([
    ['mongodb://127.0.0.1:27017/', `mongodb://127.0.0.1:27017/orders?${durable}`],
    ['mongodb://127.0.0.1:27017', `mongodb://127.0.0.1:27017/orders?${durable}`],
    ['mongodb://me:pw@a:1,b:2/admin?replicaSet=rs', `mongodb://me:pw@a:1,b:2/orders?replicaSet=rs&${durable}`],
    ['mongodb+srv://cluster.example/?w=1', `mongodb+srv://cluster.example/orders?${durable}`],
  ])('name its own database on the server %s, and ask for durable writes', (server, expected) => {
    expect(databaseUri(server, 'orders')).toBe(expected);
  });

  const addresses = {
    gateway: 'http://127.0.0.1:3000',
    mongodb: 'mongodb://127.0.0.1:1/',
    nats: 'nats://127.0.0.1:2',
    natsCluster: 'ticketing',
    natsMonitor: undefined,
    redis: 'redis://127.0.0.1:3',
    stripe: undefined,
  };

  it("take a person's key of Stripe for the client only where no stand-in takes the cards", () => {
    const key = { STRIPE_PUBLISHABLE_KEY: 'pk_test_1' };
    expect(clientSettings(3000, addresses, key)).toMatchObject({ ...key, PAYMENTS_TEST_FORM: 'false' });
    const withStandIn = clientSettings(3000, { ...addresses, stripe: 'http://stand-in' }, key);
    expect(withStandIn).toMatchObject({ PAYMENTS_TEST_FORM: 'true', PAYMENTS_TEST_BANK: 'http://stand-in' });
    expect(withStandIn).not.toHaveProperty('STRIPE_PUBLISHABLE_KEY');
  });

  it('are those of the run, save what a person decided', () => {
    const secrets = { jwtKey: 'own', webhookSecret: 'own' };
    const given = { STRIPE_KEY: 'sk_test_1', JWT_KEY: 'given', SHELL: '/bin/sh', PORT: '9' };
    const settings = serviceSettings('payments', 4000, addresses, secrets, given);
    expect(settings).toMatchObject({ PORT: '4000', STRIPE_KEY: 'sk_test_1', JWT_KEY: 'given', COOKIE_SECURE: 'false' });
    expect(settings).toMatchObject({ PUBLIC_ORIGIN: 'http://localhost:3000,http://127.0.0.1:3000', HOST: '127.0.0.1' });
    const onPort80 = { ...addresses, gateway: 'http://127.0.0.1:80' };
    expect(serviceSettings('orders', 4000, onPort80, secrets, {})).toMatchObject({
      PUBLIC_ORIGIN: 'http://localhost,http://127.0.0.1',
    });
    expect(settings).not.toHaveProperty('SHELL');
    expect(settings).not.toHaveProperty('STRIPE_API_URL');
    expect(serviceSettings('payments', 4000, { ...addresses, stripe: 'http://stand-in' }, secrets, {})).toMatchObject({
      STRIPE_API_URL: 'http://stand-in',
      STRIPE_KEY: 'sk_test_stand_in',
    });
  });
});
