import { eventTypes } from '@ticketing/common';

/** Runs a command as this process. What the person at the keyboard can mend is said in words, without a stack. */
export async function runCommand(help: string, run: (args: string[]) => Promise<void>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(help);
    return;
  }
  try {
    await run(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

export function knownTypes(): string {
  return `Types of events:\n${eventTypes.map((type) => `  ${type}`).join('\n')}`;
}
