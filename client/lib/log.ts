/** One line of JSON per entry, as the services write them. */
export function logWarning(msg: string, details: Record<string, unknown>): void {
  process.stderr.write(`${JSON.stringify({ level: 'warn', time: new Date().toISOString(), msg, ...details })}\n`);
}
