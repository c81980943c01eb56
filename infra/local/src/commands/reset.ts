import { createInterface } from 'node:readline/promises';
import { Fault } from '../fault';
import { say } from '../output';
import { DataFolder } from '../system/data-folder';
import { dataFolder } from '../system/paths';

/** Empties the data. @throws Fault when that is not wanted after all, or a run has them */
export async function reset(yes: boolean): Promise<void> {
  if (!yes && !(await agrees())) throw new Fault('Nothing was deleted.');
  await new DataFolder(dataFolder()).empty();
  say('All data were deleted.');
}

async function agrees(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Fault('--reset deletes all data; nobody can be asked here, so add --yes.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Delete all users, tickets, orders and payments in ${dataFolder()}? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
