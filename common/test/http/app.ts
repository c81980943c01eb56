import type { Express, Router } from 'express';
import { pino } from 'pino';
import request from 'supertest';
import { createApp, type AppOptions } from '../../src';
import { TEST_JWT_KEY } from '../../src/testing';

export const OUR_ORIGIN = 'http://localhost:3000';

/** What the frame wrote into the log. */
export type LogLine = Record<string, unknown>;

export interface TestApp {
  app: Express;
  api: ReturnType<typeof request>;
  log: LogLine[];
}

/** A frame with these routes and nothing behind it. */
export function testApp(routes: Router[], options: Partial<AppOptions> = {}): TestApp {
  const lines: LogLine[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as LogLine) });
  const app = createApp({
    name: 'test',
    settings: { JWT_KEY: TEST_JWT_KEY, PUBLIC_ORIGIN: [OUR_ORIGIN], COOKIE_SECURE: false, TRUST_PROXY_HOPS: 1 },
    routes,
    health: { ready: () => true, dependencies: () => ({}) },
    log,
    ...options,
  });
  return { app, api: request(app), log: lines };
}
