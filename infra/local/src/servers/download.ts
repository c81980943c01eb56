import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Report } from '../output';

/** Until the first byte, and between any two. */
const SILENCE_MILLISECONDS = 20_000;

/** @throws Error when it can't be had whole */
export async function download(url: string, file: string, report: Report): Promise<void> {
  const silence = new AbortController();
  const tooLong = new Error(`${new URL(url).host} sends nothing for ${SILENCE_MILLISECONDS / 1000} s`);
  const timer = setTimeout(() => silence.abort(tooLong), SILENCE_MILLISECONDS);
  try {
    const response = await fetch(url, { signal: silence.signal });
    if (!response.ok || !response.body) throw new Error(`${url} answers ${response.status}`);
    const total = Number(response.headers.get('content-length'));
    const progress = counter((received) => {
      timer.refresh();
      report(total ? `${Math.floor((100 * received) / total)} %` : `${Math.floor(received / 1e6)} MB`);
    });
    await pipeline(Readable.fromWeb(response.body), progress, createWriteStream(file));
  } finally {
    clearTimeout(timer);
  }
}

export async function fetchText(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(SILENCE_MILLISECONDS) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.text();
}

/** @throws Error when the file is not the one that the hash was taken of */
export async function verify(file: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual !== sha256) throw new Error(`its hash is ${actual}, not ${sha256}: refused`);
}

function counter(onCount: (received: number) => void): Transform {
  let received = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      onCount(received);
      done(null, chunk);
    },
  });
}
