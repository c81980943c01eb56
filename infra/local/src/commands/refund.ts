import { Fault } from '../fault';
import { addressesOfRun, runOf } from './operator';

/** Gives back the money of an order. */
export async function refund(args: readonly string[]): Promise<void> {
  if (args.length !== 1) throw new Fault('Which order? npm run refund -- <order>');
  await runOf('payments', 'refund', args, addressesOfRun());
}
