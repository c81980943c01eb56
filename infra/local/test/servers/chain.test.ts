import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { create } from 'tar';
import type { Machine } from '../../src/config';
import { Fault } from '../../src/fault';
import { locate, type Chain, type Supplier } from '../../src/servers/chain';
import { onPath } from '../../src/servers/places';
import { archive, wheel } from '../../src/servers/suppliers';
import { tempFolder } from '../temp-folder';

const temp = tempFolder();
let server: Server;
let origin = '';
let content: Buffer;
let requests = 0;
let answer: (response: ServerResponse) => void;
let machine: Machine;
let said: jest.SpyInstance;

beforeAll(async () => {
  mkdirSync(temp('release-1.2.3'));
  program(temp('release-1.2.3'), '1.2.3');
  await create({ gzip: true, file: temp('release.tar.gz'), cwd: temp('.') }, ['release-1.2.3']);
  content = readFileSync(temp('release.tar.gz'));
  server = createServer((_request, response) => {
    requests += 1;
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

beforeEach(() => {
  said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  requests = 0;
  answer = (response) => response.end(content);
  const folder = temp(expect.getState().currentTestName!.replaceAll(/\W/g, '-'));
  mkdirSync(join(folder, 'bin'), { recursive: true });
  machine = {
    platform: 'linux',
    arch: 'x64',
    path: [join(folder, 'bin')],
    cache: join(folder, 'cache'),
    mongod: undefined,
  };
});
afterEach(() => jest.restoreAllMocks());

/** A program like a server's: it can tell its version. */
function program(folder: string, version: string): void {
  writeFileSync(join(folder, 'teapot'), `#!/bin/sh\necho "teapot v${version}"\n`);
  chmodSync(join(folder, 'teapot'), 0o755);
}

const sha256 = () => createHash('sha256').update(content).digest('hex');
const release = (hash = sha256()) =>
  archive('teapot', '1.2.3', () => ({ url: `${origin}/r.tar.gz`, sha256: hash, depth: 1 }));
const failing: Supplier = {
  name: 'the moon',
  entry: 'teapot-9.9.9',
  supply: () => Promise.reject(new Error('too far')),
};

function teapot(...suppliers: Supplier[]): Chain {
  const byHand = { linux: 'apt-get install teapot', macos: 'brew install teapot' };
  return { server: 'Teapot', atLeast: 1, places: [onPath(machine, 'teapot')], suppliers, byHand };
}

const cacheEntries = () => (existsSync(machine.cache) ? readdirSync(machine.cache) : []);

describe('the chain of sources', () => {
  it('takes the program on PATH when there is one, and asks nobody else', async () => {
    program(machine.path[0]!, '3.0.1');
    await expect(locate(teapot(release()), machine)).resolves.toMatchObject({ version: '3.0.1' });
    expect(requests).toBe(0);
  });

  it('goes on to the next source when one fails, and finds the result in the cache the next time', async () => {
    const chain = teapot(failing, release());
    const path = join(machine.cache, 'teapot-1.2.3');
    await expect(locate(chain, machine)).resolves.toEqual({ path, version: '1.2.3' });
    expect(said).toHaveBeenCalledWith('  no Teapot from the moon: too far\n');
    await expect(locate(chain, machine)).resolves.toEqual({ path, version: '1.2.3' });
    expect(requests).toBe(1);
  });

  it('passes over a program that is too old, or does not run', async () => {
    program(machine.path[0]!, '0.9.0');
    await expect(locate(teapot(release()), machine)).resolves.toMatchObject({ version: '1.2.3' });
    writeFileSync(join(machine.path[0]!, 'teapot'), '#!/bin/sh\necho "no such library" >&2\nexit 127\n');
    await expect(locate(teapot(failing), machine)).rejects.toThrow('PATH: no such library');
  });

  it('names every source with its reason and what to do by hand, when none is left', async () => {
    const noWheel = wheel(
      'teapot',
      { package: 'pot', version: '1', sha256: '', member: '', carries: '1' },
      { ...machine, arch: 'arm64' },
    );
    const chain = teapot(failing, noWheel);
    const fault = await locate(chain, machine).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Fault);
    const { message } = fault as Fault;
    expect(message).toMatch(/^Teapot can't be had/);
    expect(message).toContain('PATH: no teapot');
    expect(message).toContain(`cache: ${join(machine.cache, 'teapot-9.9.9')} is not there`);
    expect(message).toContain('the moon: too far');
    expect(message).toContain('the Python package pot 1: it is for Linux on x86-64 only');
    expect(message).toContain('Linux: apt-get install teapot');
    expect(message).toContain('macOS: brew install teapot');
  });
});

describe('a download', () => {
  it('is refused when its hash is another one', async () => {
    await expect(locate(teapot(release('0'.repeat(64))), machine)).rejects.toThrow(/its hash is \w+, not 0+: refused/);
    expect(cacheEntries()).toEqual([]);
  });

  it('is never used when it was cut short', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, content.length / 2), () => response.destroy());
    };
    await expect(locate(teapot(release()), machine)).rejects.toThrow("Teapot can't be had");
    expect(cacheEntries()).toEqual([]);
  });

  it('is done again when the process that did it before was killed on its way', async () => {
    mkdirSync(join(machine.cache, 'teapot-1.2.3.partial'), { recursive: true });
    program(join(machine.cache, 'teapot-1.2.3.partial'), '0.0.0');
    await expect(locate(teapot(release()), machine)).resolves.toMatchObject({ version: '1.2.3' });
    expect(cacheEntries()).toEqual(['teapot-1.2.3']);
  });

  it('is not kept when what it brings does not run here', async () => {
    const broken: Supplier = {
      name: 'a flea market',
      entry: 'teapot-2.0.0',
      supply: (target) => Promise.resolve(writeFileSync(target, '#!/bin/sh\necho cracked\nexit 1\n')),
    };
    await expect(locate(teapot(broken), machine)).rejects.toThrow('a flea market: cracked');
    expect(cacheEntries()).toEqual([]);
  });

  it('happens once when two want it at the same time', async () => {
    const chain = teapot(release());
    const [first, second] = await Promise.all([locate(chain, machine), locate(chain, machine)]);
    expect(first).toEqual(second);
    expect(requests).toBe(1);
  });
});
