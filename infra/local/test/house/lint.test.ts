import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../../../..');

/** ESLint loads its configuration by `import()`, which jest's own world has not: so it works in a process beside it. */
const lintAll = `
  // In CI the parser reads the files from the disk once, and would not see the text that it is given.
  process.env.TSESTREE_SINGLE_RUN = 'false';
  const { ESLint } = require('eslint');
  const cases = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  const eslint = new ESLint();
  (async () => {
    const rules = [];
    for (const { file, source } of cases) {
      const [result] = await eslint.lintText(source, { filePath: file });
      rules.push(result.messages.map(({ ruleId, message }) => ruleId ?? message));
    }
    process.stdout.write(JSON.stringify(rules));
  })();`;

interface Case {
  readonly what: string;
  /** Has to exist: typed rules ask its project. */
  readonly file: string;
  readonly source: string;
  /** The rule that has to object; none if it is allowed. */
  readonly rule?: string;
}

const service = 'orders/src/service.ts';
const route = 'orders/src/routes/create-order.ts';
const floating = 'async function work() {}\nexport function go() {\n  work();\n}';

const breaches: Case[] = [
  {
    what: 'the environment outside config.ts',
    file: service,
    source: 'export const port = process.env.PORT;',
    rule: 'no-restricted-syntax',
  },
  ...[
    'export const { env } = process;',
    "export const port = process['env'].PORT;",
    'export const port = globalThis.process.env.PORT;',
    "import { env } from 'node:process';\nexport const port = env.PORT;",
  ].map((source) => ({
    what: `the environment by another spelling, ${source}`,
    file: service,
    source,
    rule: 'no-restricted-syntax',
  })),
  ...[
    "export const broker = import('node-nats-streaming');",
    "export const broker = require('node-nats-streaming');",
    "export const ticket = import('../../tickets/src/models/ticket');",
    "export const ticket = require('@ticketing/tickets');",
  ].map((source) => ({ what: `at run time, ${source}`, file: service, source, rule: 'no-restricted-syntax' })),
  {
    what: "a part of the broker's client",
    file: service,
    source: "export * from 'node-nats-streaming/lib/stan';",
    rule: 'no-restricted-imports',
  },
  {
    what: 'a service in the client',
    file: 'client/lib/money.ts',
    source: "export * from '../../tickets/src/models/words';",
    rule: 'no-restricted-imports',
  },
  {
    what: 'a status set past the verbs',
    file: route,
    source: "export const end = (order: { status: string }) => {\n  order.status = 'cancelled';\n};",
    rule: 'no-restricted-syntax',
  },
  {
    what: 'a write past the version guard',
    file: route,
    source: 'export const end = (orders: { updateOne(): void }) => orders.updateOne();',
    rule: 'no-restricted-syntax',
  },
  {
    what: 'a promise that forEach drops',
    file: service,
    source: 'export const go = () => [1].forEach(async () => Promise.resolve());',
    rule: '@typescript-eslint/no-misused-promises',
  },
  {
    what: 'console by another name',
    file: service,
    source: 'export const { log } = console;',
    rule: 'no-restricted-syntax',
  },
  { what: 'a note for later', file: service, source: '// TODO: later', rule: 'no-warning-comments' },
  {
    what: "the broker's client in a service",
    file: service,
    source: "export * from 'node-nats-streaming';",
    rule: 'no-restricted-imports',
  },
  {
    what: "the broker's client in another room of common",
    file: 'common/src/http/create-app.ts',
    source: "export * from 'node-nats-streaming';",
    rule: 'no-restricted-imports',
  },
  {
    what: 'a neighbour by its package',
    file: service,
    source: "export * from '@ticketing/tickets';",
    rule: 'no-restricted-imports',
  },
  {
    what: 'a neighbour by its path',
    file: service,
    source: "export * from '../../tickets/src/models/ticket';",
    rule: 'no-restricted-imports',
  },
  {
    what: 'the innards of common',
    file: service,
    source: "export * from '@ticketing/common/dist/messaging';",
    rule: 'no-restricted-imports',
  },
  { what: 'a floating promise', file: service, source: floating, rule: '@typescript-eslint/no-floating-promises' },
  { what: 'console', file: service, source: "console.log('ready');", rule: 'no-console' },
  { what: 'any', file: service, source: 'export const anything: any = 1;', rule: '@typescript-eslint/no-explicit-any' },
  { what: 'a door that is too long', file: route, source: 'export {};\n'.repeat(80), rule: 'max-lines' },
  { what: 'a composition root that is too long', file: service, source: 'export {};\n'.repeat(50), rule: 'max-lines' },
  {
    what: 'a non-null assertion',
    file: service,
    source: 'export const first = (list: string[]) => list[0]!.length;',
    rule: '@typescript-eslint/no-non-null-assertion',
  },
];

const allowed: Case[] = [
  {
    what: 'the environment in config.ts',
    file: 'common/src/service/config.ts',
    source: 'export const port = process.env.PORT;\n',
  },
  {
    what: "the broker's client in common/src/messaging",
    file: 'common/src/messaging/event-bus.ts',
    source: "export * from 'node-nats-streaming';\n",
  },
  {
    what: 'common, by its two entries',
    file: 'orders/test/shop.ts',
    source: "export * from '@ticketing/common';\nexport * from '@ticketing/common/testing';\n",
  },
];

let broken: string[][];

beforeAll(() => {
  const input = JSON.stringify([...breaches, ...allowed]);
  broken = JSON.parse(execFileSync('node', ['-e', lintAll], { cwd: root, input, encoding: 'utf8' })) as string[][];
}, 120_000);

test.each(breaches.map(({ what }, index) => [what, index] as const))('%s is refused', (_what, index) => {
  expect(broken[index]).toContain(breaches[index]!.rule);
});

test.each(allowed.map(({ what }, index) => [what, index] as const))('%s is allowed', (_what, index) => {
  expect(broken[breaches.length + index]).toEqual([]);
});
