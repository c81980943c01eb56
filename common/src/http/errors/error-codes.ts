/** Every code that an error answer can have, and the status that it comes with. */
export const errorStatus = {
  validation_failed: 400,
  malformed_json: 400,
  invalid_credentials: 400,
  email_taken: 400,
  not_authenticated: 401,
  forbidden: 403,
  own_ticket: 403,
  foreign_origin: 403,
  not_found: 404,
  ticket_reserved: 409,
  ticket_sold: 409,
  ticket_withdrawn: 409,
  ticket_past: 409,
  order_cancelled: 409,
  order_expired: 409,
  order_paid: 409,
  payment_in_progress: 409,
  conflict: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  card_declined: 422,
  authentication_required: 422,
  too_many_requests: 429,
  internal_error: 500,
  dependency_unavailable: 503,
  payment_outcome_unknown: 503,
  overloaded: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** What people are told where nothing more is to be said. */
export const usualMessage = {
  not_found: 'Not found',
  not_authenticated: 'Sign in first',
  foreign_origin: 'This page may not do that',
  malformed_json: 'The body is not a JSON object',
  body_too_large: 'The body is too large',
  unsupported_media_type: 'Send the body as application/json in UTF-8',
  conflict: 'Somebody else changed this at the same time; load it again and retry',
  internal_error: 'Something went wrong',
  dependency_unavailable: 'Something that this needs is away, try again in a moment',
} as const satisfies Partial<Record<ErrorCode, string>>;
