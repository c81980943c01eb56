import { getConfig } from './config';

/** Wrong settings end the server at its start; Next would go on and fail each visitor's page instead. */
export function checkConfig(): void {
  try {
    getConfig();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
