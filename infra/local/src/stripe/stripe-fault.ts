import type { ErrorBody } from './objects';

/** A request that Stripe refuses, with the status and the body of its answer. */
export class StripeFault extends Error {
  override readonly name = 'StripeFault';

  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(body.message);
  }
}

export function invalidRequest(message: string, more: Partial<ErrorBody> = {}, status = 400): StripeFault {
  return new StripeFault(status, { type: 'invalid_request_error', message, ...more });
}

export function missingParameter(param: string): StripeFault {
  return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
}

export function unknownParameter(param: string): StripeFault {
  return invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
}

/** @param status 404 when the thing is named by the path, 400 when by a parameter */
export function noSuch(kind: string, id: string, param: string, status: 400 | 404): StripeFault {
  return invalidRequest(`No such ${kind}: '${id}'`, { code: 'resource_missing', param }, status);
}

export function inUse(intentId: string): StripeFault {
  const message = `The payment intent ${intentId} is being changed by another request; try again in a moment.`;
  return invalidRequest(message, { code: 'lock_timeout' }, 429);
}
