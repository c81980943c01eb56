import { texts } from '../texts';
import type { ErrorCode, ErrorEntry } from './types';

/** Not every failure is told by a service, and only a service gives a code. */
type Entry = Partial<ErrorEntry> & Pick<ErrorEntry, 'message'>;

interface Answer {
  status?: number;
  data: unknown;
  headers: Record<string, unknown>;
}

const noAnswer: Entry = { message: texts.failures.noAnswer };
const notUnderstood: Entry = { message: texts.failures.notUnderstood };
const brokenPage: Entry = { message: texts.failures.brokenPage };

/** A request that did not succeed, in the words that the pages use. */
export class ApiError extends Error {
  private readonly entries: Entry[];
  /** Undefined when there was no answer at all. */
  readonly status: number | undefined;
  /** Seconds to wait before the same request has a chance. */
  readonly retryAfter: number | undefined;
  readonly requestId: string | undefined;

  constructor(answer?: Answer) {
    const entries = answer === undefined ? [noAnswer] : entriesOf(answer.data);
    super(entries.map(({ message }) => message).join(' '));
    this.name = 'ApiError';
    this.entries = entries;
    this.status = answer?.status;
    this.retryAfter = positiveNumber(answer?.headers['retry-after']);
    this.requestId = text(answer?.headers['x-request-id']);
  }

  get code(): ErrorCode | undefined {
    return this.entries[0]?.code;
  }

  get clientSecret(): string | undefined {
    return this.entries[0]?.clientSecret;
  }

  /** The messages that belong to one field each. */
  get fields(): Record<string, string> {
    return Object.fromEntries(this.entries.flatMap(({ field, message }) => (field ? [[field, message]] : [])));
  }

  /** The messages that belong to no field. */
  get summary(): string[] {
    return this.entries.filter(({ field }) => !field).map(({ message }) => message);
  }

  /** What the page shows is no longer so: somebody changed it, or it is gone. */
  get isOutdated(): boolean {
    return this.status === 404 || this.status === 409;
  }

  /** Nothing that was sent is at fault: a service is down, too slow or broken. */
  get isOutage(): boolean {
    return this.status === undefined || this.status >= 500;
  }
}

/** Throws what a page finds wrong with its own fields, so that it is shown as a service's refusal is. */
export function refuseIfWrong(faults: Record<string, string>): void {
  const errors = Object.entries(faults).map(([field, message]) => ({ field, message }));
  if (errors.length > 0) throw new ApiError({ status: 400, data: { errors }, headers: {} });
}

/** Turns what a request threw into an ApiError; anything else is a fault of the program and goes on as it is. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (isAxiosError(error)) return new ApiError(error.response);
  throw error;
}

/** What a page says to whatever was thrown. A fault of the program goes to the browser's error log as well. */
export function toShownError(caught: unknown): ApiError {
  try {
    return toApiError(caught);
  } catch (fault) {
    reportError(fault);
    return new ApiError({ data: { errors: [brokenPage] }, headers: {} });
  }
}

/** axios's own check; importing it would put all of axios into the first load of every page. */
function isAxiosError(error: unknown): error is { response?: Answer } {
  return typeof error === 'object' && error !== null && 'isAxiosError' in error && error.isAxiosError === true;
}

function entriesOf(body: unknown): Entry[] {
  const errors = typeof body === 'object' && body !== null && 'errors' in body ? body.errors : undefined;
  const entries = Array.isArray(errors) ? errors.filter(isEntry).map(inOurWords) : [];
  return entries.length > 0 ? entries : [notUnderstood];
}

/** What has no code is a page's own and speaks its language. */
function inOurWords(entry: Entry): Entry {
  const { code, field } = entry;
  if (code === undefined) return entry;
  const ofField = code === 'validation_failed' && field !== undefined ? texts.wrongFields[field] : undefined;
  return { ...entry, message: ofField ?? texts.refusals[code] ?? entry.message };
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';
}

function positiveNumber(value: unknown): number | undefined {
  const number = Number(value);
  return number > 0 ? number : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
