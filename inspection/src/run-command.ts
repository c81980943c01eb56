import { explain } from '@ticketing/local';

/** @param command whether all is as it should be */
export function runCommand(command: (args: readonly string[]) => Promise<boolean>): void {
  command(process.argv.slice(2)).then(
    (holds) => process.exit(holds ? 0 : 1),
    (error: unknown) => {
      process.stderr.write(`${explain(error)}\n`);
      process.exit(1);
    },
  );
}
