import Link from 'next/link';
import { useRouter } from 'next/router';
import { texts } from '../texts';
import { PageHeading } from './page-heading';
import { RequestId } from './request-id';

/** Stands in the place of a page whose service did not answer. */
export function ServiceDown({ requestId }: { requestId: string | null }) {
  const router = useRouter();
  return (
    <>
      <PageHeading title={texts.serviceDown.title} />
      <p>{texts.serviceDown.text}</p>
      <p className="actions">
        <a className="btn btn-primary" href={router.asPath}>
          {texts.serviceDown.tryAgain}
        </a>
        {router.pathname !== '/' && <Link href="/">{texts.list.all}</Link>}
      </p>
      <RequestId id={requestId} />
    </>
  );
}
