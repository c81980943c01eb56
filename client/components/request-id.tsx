import { texts } from '../texts';

/** What a visitor can quote, so that somebody finds the request in the logs. */
export function RequestId({ id }: { id: string | null | undefined }) {
  return id ? (
    <p className="request-id">
      {texts.failures.request} <code>{id}</code>
    </p>
  ) : null;
}
