/** What a visitor can quote, so that somebody finds the request in the logs. */
export function RequestId({ id }: { id: string | null | undefined }) {
  return id ? (
    <p className="request-id">
      Request <code>{id}</code>
    </p>
  ) : null;
}
