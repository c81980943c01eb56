import type { z } from 'zod';

type Shape = Record<string, z.ZodType>;
type Values<S extends Shape> = { readonly [K in keyof S]: z.infer<S[K]> };
export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of one process: described by a shape, read once from the environment when the service starts. */
export interface Config<T = Record<string, unknown>> {
  readonly shape: Shape;
  /** The settings as read. Reading them before `load` is a programming error and throws. */
  readonly value: T;
  /** Reads the settings. @throws ConfigError with every fault at once */
  load(environment?: Environment): T;
}

/** Settings that can't be used, all of them named at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: readonly string[]) {
    super(`the settings can't be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/**
 * Describes the settings of a service, one key each, with `.describe(…)` as its line of documentation. Nothing is read
 * until the service starts.
 * @param check what a single key can't tell: returns faults about the whole, which name their keys; it is given the keys
 * that are right by themselves
 */
export function defineConfig<S extends Shape>(
  shape: S,
  check: (values: Partial<Values<S>>) => string[] = () => [],
): Config<Values<S>> {
  let loaded: Values<S> | undefined;
  return {
    shape,
    get value() {
      if (!loaded) throw new Error('the settings are read when the service starts, and not before');
      return loaded;
    },
    load(environment = process.env) {
      loaded = read(shape, check, environment);
      return loaded;
    },
  };
}

function read<S extends Shape>(
  shape: S,
  check: (values: Partial<Values<S>>) => string[],
  environment: Environment,
): Values<S> {
  const given = Object.fromEntries(Object.keys(shape).map((key) => [key, blankAsAbsent(environment[key])]));
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  const wrong: string[] = [];
  for (const [key, setting] of Object.entries(shape)) {
    const parsed = setting.safeParse(given[key]);
    if (parsed.success) values[key] = parsed.data;
    else wrong.push(key);
    for (const issue of parsed.error?.issues ?? []) faults.push(describe(key, issue, setting, given[key]));
  }
  // What is said about a key that is wrong by itself would be said about a value that is not there.
  const ofTheWhole = check(values as Partial<Values<S>>);
  faults.push(...ofTheWhole.filter((fault) => !wrong.some((key) => fault.includes(key))));
  if (faults.length > 0) throw new ConfigError(faults);
  return values as Values<S>;
}

/** `KEY=` in a manifest means that nobody set it. */
function blankAsAbsent(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}

/** Says which key is wrong, how, and with which value, unless the value is a secret. */
function describe(key: string, issue: z.core.$ZodIssue, setting: z.ZodType, value: string | undefined): string {
  if (value === undefined) return `${key} is not set: ${setting.description ?? 'it is needed'}`;
  const shown = isSecret(setting) ? '' : ` (it is "${value}")`;
  return `${key}: ${issue.message}${shown}`;
}

/** Marks a setting whose value is never printed: `z.string().meta({ secret: true })`. */
function isSecret(setting: z.ZodType): boolean {
  return setting.meta()?.secret === true;
}
