import type { NextPageContext } from 'next';
import { PageHeading } from '../components/page-heading';
import { RequestId } from '../components/request-id';
import { SearchAll } from '../components/search-all';
import { logWarning } from '../lib/log';
import { texts } from '../texts';

export default function ErrorPage({ requestId }: { requestId: string | null }) {
  return (
    <>
      <PageHeading title={texts.broken.title} />
      <p>{texts.broken.text}</p>
      <SearchAll />
      <RequestId id={requestId} />
    </>
  );
}

ErrorPage.getInitialProps = ({ req, res, err }: NextPageContext): object => {
  const requestId = req?.headers['x-request-id'];
  if (req && err) logWarning('A page failed', { url: req.url, status: res?.statusCode, requestId, error: err.stack });
  return {};
};
