/** One configuration for every suite. `npx jest orders` runs one service's tests. */
const shared = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
      },
    ],
  },
  moduleNameMapper: {
    '^@ticketing/common$': '<rootDir>/common/src/index.ts',
    '^@ticketing/common/testing$': '<rootDir>/common/src/testing/index.ts',
  },
};
const project = (displayName, roots, more = {}) => ({
  ...shared,
  displayName,
  roots: roots.map((root) => `<rootDir>/${root}/test`),
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  ...more,
});

const fetchServers = '<rootDir>/infra/local/src/testing/fetch-servers.ts';

module.exports = {
  maxWorkers: 2,
  // A limit for what hangs: on a machine that has other things to do, a server may take its time.
  testTimeout: 60_000,
  projects: [
    project('services', ['common', 'auth', 'tickets', 'orders', 'payments', 'expiration'], {
      globalSetup: '<rootDir>/infra/local/src/testing/jest-setup.ts',
      globalTeardown: '<rootDir>/infra/local/src/testing/jest-teardown.ts',
    }),
    project('client', ['client']),
    project('system', ['infra/local', 'nats-test', 'inspection'], { globalSetup: fetchServers }),
    project('faults', [], {
      roots: ['<rootDir>/nats-test/faults'],
      globalSetup: fetchServers,
      // It comes as ES modules only, which jest takes for what they are not.
      moduleNameMapper: {
        ...shared.moduleNameMapper,
        '^json-schema-faker$': '<rootDir>/node_modules/json-schema-faker',
      },
      transform: { ...shared.transform, 'json-schema-faker.+\\.js$': '@swc/jest' },
      transformIgnorePatterns: ['/node_modules/(?!json-schema-faker/)'],
    }),
    project('e2e', [], {
      roots: ['<rootDir>/client/journeys'],
      globalSetup: '<rootDir>/infra/local/src/testing/prepare-journeys.ts',
    }),
  ],
};
