import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { Fault } from '../fault';

/** The sentence for a port that somebody else has. */
export function portTaken(port: number): Fault {
  const owner = ownerOf(port);
  const by = owner ? `by ${owner}` : 'by another program';
  return new Fault(`Port ${port} is taken ${by}. Stop it, or choose another port: npm start -- --port ${port + 1}`);
}

/** @returns the process in words; undefined when it is another user's or can't be told */
function ownerOf(port: number): string | undefined {
  try {
    return process.platform === 'linux' ? ownerInProc(port) : ownerByLsof(port);
  } catch {
    return undefined;
  }
}

function ownerInProc(port: number): string | undefined {
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningSockets(table, port));
  const pid = readdirSync('/proc').find((entry) => /^\d+$/.test(entry) && holdsOneOf(sockets, entry));
  if (!pid) return undefined;
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
  return `process ${pid} (${command.slice(0, 80)})`;
}

/** The sockets that listen on the port, as a process's list of open files shows them. */
function listeningSockets(table: string, port: number): string[] {
  const LISTEN = '0A';
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const rows = readFileSync(table, 'utf8').split('\n').slice(1);
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(`:${hexPort}`) && state === LISTEN)
    .map((columns) => `socket:[${columns[9]}]`);
}

function holdsOneOf(sockets: readonly string[], pid: string): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((fd) => sockets.includes(linkOf(`${folder}/${fd}`)));
  } catch {
    return false;
  }
}

/** A file may be closed between the listing and the look. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function ownerByLsof(port: number): string | undefined {
  const text = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { encoding: 'utf8' });
  const pid = /^p(\d+)$/m.exec(text)?.[1];
  const command = /^c(.+)$/m.exec(text)?.[1];
  return pid && `process ${pid} (${command ?? 'unknown'})`;
}
