import { PageHeading } from '../components/page-heading';
import { RequestId } from '../components/request-id';
import { SearchAll } from '../components/search-all';
import { texts } from '../texts';

export default function NotFoundPage({ requestId }: { requestId: string | null }) {
  return (
    <>
      <PageHeading title={texts.notFound.title} />
      <p>{texts.notFound.text}</p>
      <SearchAll />
      <RequestId id={requestId} />
    </>
  );
}
