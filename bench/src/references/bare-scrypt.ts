import { randomBytes, scrypt } from 'node:crypto';
import { createServer } from 'node:http';
import { settingsOf } from './settings';

/** Answers how many milliseconds one hash took, at the cost that it was started with. */
const { port, cost } = settingsOf<{ cost: { N: number; r: number; p: number } }>();

const KEY_BYTES = 32;
const salt = randomBytes(16);

createServer((_req, res) => {
  const begin = performance.now();
  scrypt('a password of some length', salt, KEY_BYTES, cost, () => {
    res.end(String(performance.now() - begin));
  });
}).listen(port, '127.0.0.1');
