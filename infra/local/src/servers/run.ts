import { Child } from '../processes/child';

const VERSION_LIMIT_MILLISECONDS = 10_000;
const TOOL_LIMIT_MILLISECONDS = 600_000;

interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly limit?: number;
}

/** Runs a tool to its end. @returns what it wrote. @throws Error with its last line when it fails */
export async function run(tool: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { env, limit = TOOL_LIMIT_MILLISECONDS } = options;
  const lines: string[] = [];
  const child = new Child({ command: tool, args, env, output: (line) => lines.push(line) });
  const timer = setTimeout(() => void child.kill(), limit);
  const ending = await child.ended;
  clearTimeout(timer);
  if (ending === 'exit code 0') return lines.join('\n');
  if (ending.endsWith('ENOENT')) throw new Error(`there is no ${tool}`);
  throw new Error(lines.findLast((line) => line.trim() !== '') ?? `${tool} ended with ${ending}`);
}

/** What a program calls its version; at the same time a proof that it runs on this machine. */
export async function versionOf(path: string): Promise<string> {
  const text = await run(path, ['--version'], { limit: VERSION_LIMIT_MILLISECONDS });
  return /\d+\.\d+\.\d+/.exec(text)?.[0] ?? 'unknown';
}
