/** Something that the person at the keyboard can act upon: shown as it is, without a stack. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** What went wrong, in one line. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
  return message.trim().split('\n').at(-1) ?? error.name;
}

const SYSTEM_FAULTS: Record<string, string> = {
  ENOSPC: 'The disk is full',
  EDQUOT: 'The quota of the disk is used up',
  EACCES: 'Permission is missing',
  EROFS: 'The disk is read-only',
  EEXIST: 'There is a file where a folder is needed',
  ENOTDIR: 'There is a file where a folder is needed',
};

/** What to tell of an error that ends the program. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Fault) return error.message;
  const known = SYSTEM_FAULTS[(error as NodeJS.ErrnoException).code ?? ''];
  return known ? `${known}: ${error.message}` : (error.stack ?? error.message);
}
