import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const common = resolve(__dirname, '..');
const root = resolve(common, '..');

/** Another project, in TypeScript, that installs the package as npm would publish it. */
describe('@ticketing/common as a package', () => {
  let project: string;
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  /** @returns what the compiler says of a program */
  const check = (file: string, source: string) => {
    writeFileSync(join(project, file), source);
    const options = ['--strict', '--noEmit', '--skipLibCheck', '--module', 'node20', '--types', 'node'];
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    return run('node', tsc, ...options, '--typeRoots', join(root, 'node_modules', '@types'), file);
  };

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'ticketing-package-'));
    execFileSync('npm', ['pack', '--pack-destination', project], { cwd: common, stdio: 'ignore' });
    const tarball = readdirSync(project).find((file) => file.endsWith('.tgz'))!;
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'stranger', private: true }));
    const quiet = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    const peers = ['mongoose@8', 'supertest@7', 'fast-check@4', 'ajv@8', 'ajv-formats@3'];
    run('npm', 'install', ...quiet, `./${tarball}`, ...peers, 'mongodb@6');
  }, 120_000);

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  test('what it exports can be used at run time, the testing part by its own entry', () => {
    const program = `
      const { createEvent, NotFoundError, eventTypes } = require('@ticketing/common');
      const { buildEvent } = require('@ticketing/common/testing');
      const { data } = buildEvent('ticket:deleted');
      const event = createEvent({ type: 'ticket:deleted', source: '/tickets', subject: data.id, data });
      console.log(JSON.stringify([new NotFoundError().statusCode, event.type, eventTypes.length]));`;
    expect(JSON.parse(run('node', '-e', program))).toEqual([404, 'ticket:deleted', 9]);
  });

  test('its types arrive: a wrong payload is a compile error, a right one is none', () => {
    const compile = (orderId: string) => {
      const source = `
        import { Listener, createEvent, type EventOf } from '@ticketing/common';
        export class Prompt extends Listener<'expiration:complete'> {
          readonly subject = 'expiration:complete';
          async handle({ data }: EventOf<'expiration:complete'>) { await Promise.resolve(data.orderId.length); }
        }
        createEvent({ type: 'expiration:complete', source: '/x', subject: 'y', data: { orderId: ${orderId} } });`;
      return check('stranger.ts', source);
    };
    expect(compile("'5f1f77bcf86cd799439011aa'")).toBe('');
    expect(() => compile('42')).toThrow();
  }, 60_000);

  test('the service of its README compiles', () => {
    const [, service = ''] = /```ts\n([^]*?)```/.exec(readFileSync(join(common, 'README.md'), 'utf8')) ?? [];
    expect(service).toContain('startService(');
    expect(check('purchases.ts', service)).toBe('');
  }, 60_000);

  test('only what was built is in it: no sources, no tests, no build notes', () => {
    const installed = readdirSync(join(project, 'node_modules', '@ticketing', 'common'));
    expect(installed.sort()).toEqual(expect.arrayContaining(['dist', 'package.json']));
    expect(installed).not.toEqual(expect.arrayContaining(['src']));
    expect(installed).not.toEqual(expect.arrayContaining(['test']));
    expect(readdirSync(join(project, 'node_modules', '@ticketing', 'common', 'dist'))).not.toContain('.tsbuildinfo');
  });
});
