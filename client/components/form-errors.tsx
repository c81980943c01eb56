import type { ApiError } from '../api/errors';
import { texts } from '../texts';
import { Notice } from './notice';
import { RequestId } from './request-id';

interface Props {
  failure: ApiError | undefined;
  /** What the fields are called on the page, by their names. */
  labels?: Record<string, string>;
}

/** Why a form or a button failed: each error of a field of the page as a link to the field, then the rest. */
export function FormErrors({ failure, labels = {} }: Props) {
  if (failure === undefined) return null;
  const fields = Object.entries(failure.fields);
  return (
    <Notice tone="danger" focus>
      <ul className="plain-list">
        {fields.map(([field, message]) => (
          <li key={field}>{labels[field] ? <a href={`#${field}`}>{`${labels[field]}: ${message}`}</a> : message}</li>
        ))}
        {failure.summary.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
      {failure.retryAfter !== undefined && <p>{texts.failures.tryAgainIn(failure.retryAfter)}</p>}
      {failure.isOutage && <RequestId id={failure.requestId} />}
    </Notice>
  );
}
