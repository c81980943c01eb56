import { parseArgs } from 'node:util';
import { givenPort, givenSettings } from '../config';
import { Fault } from '../fault';
import type { Settings } from '../system/settings';

export interface RunOptions {
  readonly port: number;
  readonly given: Settings;
  readonly reset: boolean;
  readonly yes: boolean;
}

const DEFAULT_PORT = '3000';

/** @throws Fault for an option that there is not, or a value that can't be */
export function readRunOptions(args: readonly string[]): RunOptions {
  const { port, ...values } = parse(args);
  refuseRealMoney(givenSettings());
  const window = values['expiration-window'];
  return {
    port: readPort(port),
    given: {
      ...givenSettings(),
      ...(window && { EXPIRATION_WINDOW_SECONDS: String(wholeNumber('--expiration-window', window, 1, 86_400)) }),
    },
    reset: values.reset ?? false,
    yes: values.yes ?? false,
  };
}

function readPort(option: string | undefined): number {
  const [name, text] = option === undefined ? ['PORT', givenPort() ?? DEFAULT_PORT] : ['--port', option];
  return wholeNumber(name, text, 1, 65_535);
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'expiration-window': { type: 'string' },
        reset: { type: 'boolean' },
        yes: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    throw new Fault(`${(error as Error).message.split('. ')[0]}. npm start -- --help lists the options.`);
  }
}

function refuseRealMoney({ STRIPE_KEY: key }: Settings): void {
  if (!key || /^[sr]k_test_/.test(key)) return;
  throw new Fault('STRIPE_KEY is no test key (sk_test_…): the local run never moves real money.');
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Fault(`${name} is "${text}"; a whole number from ${least} to ${most} is needed.`);
}
