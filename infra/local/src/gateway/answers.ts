import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestIdOf } from './headers';

const RETRY_SECONDS = 2;

/** 503: the service was not reached. 502: it broke off. 504: it stayed silent too long. */
export type Failure = 502 | 503 | 504;

/** Why a request goes nowhere. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export const MALFORMED: Refusal = { status: 400, code: 'validation_failed', message: 'The request is malformed' };

const WHAT_HAPPENED: Record<Failure, string> = {
  502: 'This part of the system broke off before it had answered',
  503: 'This part of the system is not there at the moment',
  504: 'This part of the system takes too long to answer',
};

/**
 * Answers for a service that doesn't: programs get the contract's error, which has one status for all of these, and
 * people get a page that looks again.
 */
export function answerUnavailable(request: IncomingMessage, response: ServerResponse, failure: Failure): void {
  const message = WHAT_HAPPENED[failure];
  response.setHeader('retry-after', RETRY_SECONDS);
  if (isApi(request)) answerError(request, response, { status: 503, code: 'dependency_unavailable', message });
  else send(request, response, failure, 'text/html', page(message));
}

export function answerError(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const { status, code, message } = refusal;
  send(request, response, status, 'application/json', JSON.stringify({ errors: [{ message, code }] }));
}

function send(request: IncomingMessage, response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-request-id': requestIdOf(request),
  });
  response.end(body);
}

function isApi(request: IncomingMessage): boolean {
  return /^\/api(\/|$)/.test(request.url ?? '');
}

function page(whatHappened: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${RETRY_SECONDS}">
<title>Back in a moment</title>
<body style="font: 1.125rem/1.5 system-ui; max-width: 34rem; margin: 20vh auto; padding: 0 1rem">
<h1>Back in a moment</h1>
<p>${whatHappened}. This page looks again by itself.</p>
`;
}
