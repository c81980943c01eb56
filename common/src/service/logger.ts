import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';
import type PinoPretty from 'pino-pretty';

export type { Logger };

/** Never in a log, wherever they stand. */
const SECRETS = ['password', 'token', 'jwt', 'clientSecret', 'cookie', 'authorization', '["set-cookie"]'];

/**
 * The log of this process: JSON lines, or readable ones when it writes to a terminal. Lines that come while others are
 * being written go out together; `fatal` and the end of the process wait for them.
 */
export const log: Logger = pino(
  {
    serializers: { error: stdSerializers.err },
    redact: { paths: SECRETS.flatMap(atEveryDepth), censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
  },
  prettyOnTerminal() ?? pino.destination({ sync: false }),
);

/** pino's wildcard stands for one level; deeper than this nothing of ours is logged. */
function atEveryDepth(key: string): string[] {
  const inside = key.startsWith('[') ? key : `.${key}`;
  return [key, `*${inside}`, `*.*${inside}`];
}

function prettyOnTerminal(): DestinationStream | undefined {
  if (!process.stdout.isTTY) return undefined;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- present on a developer's machine, absent in an image
    const { PinoPretty: pretty } = require('pino-pretty') as typeof PinoPretty;
    return pretty({ ignore: 'pid,hostname', translateTime: 'HH:MM:ss.l', sync: true });
  } catch {
    return undefined;
  }
}
