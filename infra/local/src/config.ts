import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** What there is on this machine to take servers from. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Folders that are searched for programs. */
  readonly path: readonly string[];
  /** Where fetched programs are kept, for all clones of this user. */
  readonly cache: string;
  /** A mongod that somebody named. */
  readonly mongod: string | undefined;
}

export function thisMachine(environment: Environment = process.env): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    path: (environment.PATH ?? '').split(delimiter).filter(Boolean),
    cache:
      given(environment.TICKETING_CACHE) ??
      join(given(environment.XDG_CACHE_HOME) ?? join(homedir(), '.cache'), 'ticketing'),
    mongod: environment.MONGOMS_SYSTEM_BINARY,
  };
}

/** Settings that a person may give to the run as a whole, or to its services. */
const DECIDED_BY_PEOPLE = [
  ...['MONGO_URI', 'NATS_URL', 'NATS_CLUSTER_ID', 'NATS_MONITOR_URL', 'REDIS_URL', 'LOG_LEVEL', 'JWT_KEY'],
  ...['EXPIRATION_WINDOW_SECONDS', 'STRIPE_KEY', 'STRIPE_WEBHOOK_SECRET', 'STRIPE_API_URL', 'STRIPE_PUBLISHABLE_KEY'],
];

export function givenSettings(environment: Environment = process.env): Readonly<Record<string, string>> {
  const given = DECIDED_BY_PEOPLE.map((name) => [name, environment[name]] as const);
  return Object.fromEntries(given.filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** A setting that is set to nothing is not set: as a path it would be the working directory. */
function given(value: string | undefined): string | undefined {
  return value?.trim() ? value : undefined;
}

/** The port for browsers, where the command line names none. */
export function givenPort(environment: Environment = process.env): string | undefined {
  return given(environment.PORT);
}

/** Where the run keeps its data, if not in the clone. */
export function givenDataFolder(environment: Environment = process.env): string | undefined {
  return given(environment.TICKETING_DATA);
}

export function coloursWanted(environment: Environment = process.env): boolean {
  return process.stdout.isTTY && !environment.NO_COLOR;
}

/** For programs that need all that this one was given. */
export function processEnvironment(): Environment {
  return process.env;
}

/** What any program may need to run here. Settings are not among it: the parts get those that are meant for them. */
const INHERITED = ['PATH', 'HOME', 'USER', 'TMPDIR', 'LANG', 'TZ', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS'];

export function inheritedEnvironment(environment: Environment = process.env): Environment {
  return Object.fromEntries(INHERITED.map((name) => [name, environment[name]]));
}

/** Tells the processes that this one starts where MongoDB is. */
export function shareMongoUri(uri: string): void {
  process.env.MONGO_URI = uri;
}
