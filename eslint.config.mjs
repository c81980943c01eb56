import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const services = ['auth', 'tickets', 'orders', 'payments', 'expiration'];

const brokerMessage = "The broker's client stays in common/src/messaging; use EventBus.";
const brokerClient = { name: 'node-nats-streaming', message: brokerMessage };
const brokerParts = { group: ['node-nats-streaming/*'], message: brokerMessage };
const wholeUpdateIfCurrent = {
  name: 'mongoose-update-if-current',
  message: 'Its main file patches globals; use versionedSchema of @ticketing/common.',
};

/** However it is spelled. */
const environment = [
  "MemberExpression[object.name='process'][property.name='env']",
  "MemberExpression[object.name='process'][property.value='env']",
  "MemberExpression[object.property.name='process'][property.name='env']",
  "VariableDeclarator[init.name='process']",
  'ImportDeclaration[source.value=/^(node:)?process$/]',
].map((selector) => ({ selector, message: 'The environment is read in config.ts only.' }));
const consoles = ["VariableDeclarator[init.name='console']", "MemberExpression[property.name='console']"].map(
  (selector) => ({ selector, message: 'Services log by `log`, commands speak by `say`.' }),
);

/** What is imported at run time, which the rules for imports don't look at. */
const loads = (module, message) =>
  [
    `ImportExpression[source.value=${module}]`,
    `CallExpression[callee.name='require'][arguments.0.value=${module}]`,
  ].map((selector) => ({ selector, message }));
const broker = loads('/^node-nats-streaming/', brokerMessage);

const neighboursMessage = 'Services talk by events; what they share is @ticketing/common.';
const pathTo = (foreign) => `^(@ticketing/(?!common(/testing)?$)|(\\.\\./)+(${foreign.join('|')})(/|$))`;

const onlyCommon = (foreign) => ({
  'no-restricted-imports': [
    'error',
    {
      paths: [brokerClient, wholeUpdateIfCurrent],
      patterns: [brokerParts, { regex: pathTo(foreign), message: neighboursMessage }],
    },
  ],
  'no-restricted-syntax': [
    'error',
    ...environment,
    ...consoles,
    ...broker,
    ...loads(`/${pathTo(foreign).replaceAll('/', '\\u002F')}/`, neighboursMessage),
  ],
});

/** One service never imports another: they share events and nothing else. The client talks HTTP. */
const noNeighbours = [...services, 'client'].flatMap((one) => {
  const neighbours = [...services, 'client']
    .filter((other) => other !== one)
    .concat('common', 'nats-test', 'bench', 'inspection');
  return [
    { files: [`${one}/**/*.{ts,tsx,js,mjs,cjs}`], rules: onlyCommon([...neighbours, 'infra']) },
    // What stands in for Stripe, and finds stripe-mock, is part of the local run.
    { files: [`${one}/test/**/*.{ts,tsx}`], rules: onlyCommon(neighbours) },
  ];
});

/** Whoever changes an aggregate goes through its verbs, and saves. */
const onlyVerbs = [
  {
    selector: "AssignmentExpression[left.property.name='status']",
    message: 'A status is set by a verb of the model.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(updateOne|updateMany|findOneAnd\\w+|replaceOne|deleteOne|deleteMany|bulkWrite)$/]',
    message: 'This goes round the version guard and carries no event: load, verb, save.',
  },
];

export default tseslint.config(
  { ignores: ['**/dist/', '**/.next/', '.data/', '**/next-env.d.ts', 'coverage/', 'client/api/schema.d.ts'] },
  js.configs.recommended,
  { languageOptions: { globals: globals.node }, linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommendedTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          './common/tsconfig.json',
          './*/tsconfig.json',
          './infra/local/tsconfig.json',
          './tsconfig.tests.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-restricted-imports': ['error', { paths: [brokerClient, wholeUpdateIfCurrent], patterns: [brokerParts] }],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs,ts,tsx}'],
    rules: {
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
      'no-restricted-syntax': ['error', ...environment, ...consoles, ...broker],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 12],
    },
  },
  ...noNeighbours,
  {
    // They are played on the whole system.
    files: ['client/journeys/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [brokerClient], patterns: [brokerParts] }] },
  },
  {
    // Beside the driver only its tests know the client, as the control that falls into each trap.
    files: ['common/src/messaging/**', 'nats-test/test/bus/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: [wholeUpdateIfCurrent] }],
      'no-restricted-syntax': ['error', ...environment, ...consoles],
    },
  },
  {
    files: ['{tickets,orders,payments}/src/{routes,events,operations,commands}/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...environment, ...consoles, ...broker, ...onlyVerbs] },
  },
  { files: ['**/config.ts', '*.config.{js,mjs}', '**/*.config.{js,mjs}'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/src/routes/*.ts'],
    rules: {
      'max-lines': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 30, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['**/src/service.ts', '**/src/index.ts'], rules: { 'max-lines': ['error', { max: 40 }] } },
  {
    files: ['**/test/**', '**/testing/**', 'nats-test/harness/**', 'nats-test/faults/**', 'client/journeys/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // The body of an answer, and jest's own matchers, are `any`.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
);
