import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const services = ['auth', 'tickets', 'orders', 'payments', 'expiration'];

const brokerClient = {
  name: 'node-nats-streaming',
  message: "The broker's client stays in common/src/messaging; use EventBus.",
};
const wholeUpdateIfCurrent = {
  name: 'mongoose-update-if-current',
  message: 'Its main file patches globals; use versionedSchema of @ticketing/common.',
};
const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'The environment is read in config.ts only.',
};

const onlyCommon = (foreign) => ({
  'no-restricted-imports': [
    'error',
    {
      paths: [brokerClient, wholeUpdateIfCurrent],
      patterns: [
        {
          regex: `^(@ticketing/(?!common(/testing)?$)|(\\.\\./)+(${foreign.join('|')})(/|$))`,
          message: 'Services talk by events; what they share is @ticketing/common.',
        },
      ],
    },
  ],
});

/** One service never imports another: they share events and nothing else. */
const noNeighbours = services.flatMap((service) => {
  const neighbours = [...services.filter((other) => other !== service), 'client', 'common', 'nats-test'];
  return [
    { files: [`${service}/**/*.ts`], rules: onlyCommon([...neighbours, 'infra']) },
    // What stands in for Stripe, and finds stripe-mock, is part of the local run.
    { files: [`${service}/test/**/*.ts`], rules: onlyCommon(neighbours) },
  ];
});

export default tseslint.config(
  { ignores: ['**/dist/', '**/.next/', '.data/', '**/next-env.d.ts', 'coverage/'] },
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
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-restricted-imports': ['error', { paths: [brokerClient, wholeUpdateIfCurrent] }],
    },
  },
  {
    files: ['**/*.{js,mjs,ts,tsx}'],
    rules: {
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
      'no-restricted-syntax': ['error', environment],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 12],
    },
  },
  ...noNeighbours,
  {
    // Beside the driver only its tests know the client, as the control that falls into each trap.
    files: ['common/src/messaging/**', 'nats-test/test/bus/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [wholeUpdateIfCurrent] }] },
  },
  { files: ['**/config.ts', '*.config.{js,mjs}', '**/*.config.{js,mjs}'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/src/routes/*.ts'],
    rules: { 'max-lines': ['error', { max: 70, skipBlankLines: true, skipComments: true }] },
  },
  { files: ['**/src/service.ts', '**/src/index.ts'], rules: { 'max-lines': ['error', { max: 40 }] } },
  {
    files: ['**/test/**', '**/testing/**', 'nats-test/harness/**', 'nats-test/faults/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // The body of an answer, and jest's own matchers, are `any`.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
);
