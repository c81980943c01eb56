import { useRouter } from 'next/router';
import { PageHeading } from './page-heading';
import { RequestId } from './request-id';

/** Stands in the place of a page whose service did not answer. */
export function ServiceDown({ requestId }: { requestId: string | null }) {
  const router = useRouter();
  return (
    <>
      <PageHeading title="Temporarily unavailable" />
      <p>This part of the shop does not answer just now. Nothing that you did before is lost.</p>
      <p>
        <a className="btn btn-primary" href={router.asPath}>
          Try again
        </a>
      </p>
      <RequestId id={requestId} />
    </>
  );
}
