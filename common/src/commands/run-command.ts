import { connectDatabase, disconnectDatabase, NO_LIMIT } from '../persistence';
import { ConfigError, log, type ServiceDefinition } from '../service';

const CONNECT_LIMIT_MILLISECONDS = 10_000;

/** Something that an operator can act upon: shown without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/**
 * Runs one operator's command of a service as this process: reads its settings, connects to its database, and leaves
 * with exit code 0, or 1 and one sentence.
 */
export async function runCommand(
  { config }: ServiceDefinition,
  command: (args: string[]) => Promise<string>,
  args = process.argv.slice(2),
): Promise<void> {
  log.level = 'error';
  try {
    const { MONGO_URI } = config.load();
    const limit = AbortSignal.timeout(CONNECT_LIMIT_MILLISECONDS);
    // A command may go through everything there is.
    await connectDatabase(MONGO_URI ?? '', log, limit, NO_LIMIT);
    if (limit.aborted) throw new CommandError(`MongoDB did not answer for ${CONNECT_LIMIT_MILLISECONDS / 1000} s`);
    process.stdout.write(`${await command(args)}\n`);
  } catch (error) {
    process.exitCode = 1;
    const expected = error instanceof CommandError || error instanceof ConfigError;
    process.stderr.write(`${expected ? error.message : String((error as Error).stack)}\n`);
  } finally {
    await disconnectDatabase();
  }
}
