import { PageHeading } from '../components/page-heading';
import { RequestId } from '../components/request-id';
import { SearchAll } from '../components/search-all';

export default function NotFoundPage({ requestId }: { requestId: string | null }) {
  return (
    <>
      <PageHeading title="Page not found" />
      <p>There is nothing at this address. The ticket may have been withdrawn.</p>
      <SearchAll />
      <RequestId id={requestId} />
    </>
  );
}
