import fs, { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { waitFor } from '@ticketing/common/testing';
import { Child } from '../../src/processes/child';
import { identityOf, isAlive, type Identity } from '../../src/processes/identity';
import { LockFile } from '../../src/processes/lock-file';
import { endOrphans } from '../../src/processes/orphans';
import { tempFolder } from '../temp-folder';

const temp = tempFolder();

/** A process that says something once it is at work. */
async function start(script: string): Promise<{ child: Child; said: string }> {
  let said = '';
  const child = new Child({ command: 'sh', args: ['-c', script], output: (line) => (said ||= line) });
  await waitFor(() => said, 'its first words');
  return { child, said };
}

/** It tells the id of its helper. */
const WITH_HELPER = 'sleep 60 & echo $!; wait';
const isGone = (pid: string) => identityOf(Number(pid)) === undefined;

const identity = (child: Child) => child.identity!;
const anotherStart = ({ pid }: Identity) => ({ pid, startedAt: 'at another time' });

describe('what a killed run left behind', () => {
  it('is ended together with its helpers', async () => {
    const { child, said: helper } = await start(WITH_HELPER);
    await endOrphans([{ name: 'a sleeper', ...identity(child) }], () => undefined);
    expect(isAlive(identity(child))).toBe(false);
    await waitFor(() => isGone(helper), 'the end of the helper');
  });

  it('is left alone when its id belongs to somebody else by now', async () => {
    const { child } = await start(WITH_HELPER);
    const lines: string[] = [];
    await endOrphans([{ name: 'a stranger', ...anotherStart(identity(child)) }], (line) => lines.push(line));
    expect(lines).toEqual([]);
    expect(isAlive(identity(child))).toBe(true);
    await child.kill();
  });
});

describe('a process', () => {
  it('is killed when it does not stop by itself in time', async () => {
    const { child } = await start('trap "" TERM; echo deaf; while :; do sleep 0.05; done');
    await child.stop(300);
    await expect(child.ended).resolves.toBe('signal SIGKILL');
  });

  it('takes its helpers with it when it ends', async () => {
    const { child, said: helper } = await start('sleep 60 & echo $!; sleep 0.1');
    await expect(child.ended).resolves.toBe('exit code 0');
    await waitFor(() => isGone(helper), 'the end of the helper');
  });

  it('that is not there tells so', async () => {
    const child = new Child({ command: temp('nothing'), args: [], output: () => undefined });
    await expect(child.ended).resolves.toContain('ENOENT');
  });
});

describe('a lock', () => {
  it('is refused to another while its holder lives', () => {
    const path = temp('held', 'lock');
    expect(new LockFile(path).take()).toBeUndefined();
    expect(new LockFile(path).take()).toEqual(identityOf(process.pid));
    new LockFile(path).release();
    expect(new LockFile(path).take()).toBeUndefined();
  });

  it('is taken over when its holder is gone, even if its id is in use again', () => {
    mkdirSync(temp('stale'));
    for (const holder of [anotherStart(identityOf(process.pid)!), { pid: 2 ** 22, startedAt: 'long ago' }, 'rubbish']) {
      writeFileSync(temp('stale', 'lock'), JSON.stringify(holder));
      const lock = new LockFile(temp('stale', 'lock'));
      expect(lock.take()).toBeUndefined();
      expect(lock.holder()).toEqual(identityOf(process.pid));
    }
    expect(readdirSync(temp('stale'))).toEqual(['lock']);
  });

  /** The first looks, and looks again before it removes what it saw. */
  it.each([
    [1, 'the second'],
    [2, 'the first'],
  ])('is taken over by one of three, though the second comes in after look %i of the first', (moment, winner) => {
    const path = temp(`look-${moment}`, 'lock');
    mkdirSync(dirname(path));
    writeFileSync(path, JSON.stringify(anotherStart(identityOf(process.pid)!)));
    const holders: string[] = [];
    const contend = (who: string) => {
      if (!new LockFile(path).take()) holders.push(who);
    };
    const read = fs.readFileSync;
    let looks = 0;
    const reading = jest.spyOn(fs, 'readFileSync').mockImplementation((file, options) => {
      const content = read(file, options);
      if (file === path && ++looks === moment) contend('the second');
      return content;
    });
    contend('the first');
    reading.mockRestore();
    contend('the third');
    expect(holders).toEqual([winner]);
    expect(readdirSync(dirname(path))).toEqual(['lock']);
  });
});
