import { useEffect, useRef } from 'react';
import 'swagger-ui-dist/swagger-ui.css';
import { apiDocument } from '../api/calls';
import type { ApiDocument } from '../api/types';
import { withSession } from '../api/with-session';
import { Notice } from '../components/notice';
import { PageHeading } from '../components/page-heading';

interface Props {
  api: ApiDocument;
  /** Paths whose service does not answer. */
  away: string[];
}

export const getServerSideProps = withSession<Props>(async ({ client }) => ({ props: await apiDocument(client) }));

const Nothing = () => null;
/** Its dialog asks for a cookie, which no page may send but by having it. */
const withoutAuthorize = { wrapComponents: { authorizeBtn: () => Nothing, authorizeOperationBtn: () => Nothing } };

/** The API for those who write programs: what the services say of themselves, and a form to try each call. */
export default function DocsPage({ api, away }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void import('swagger-ui-dist/swagger-ui-es-bundle').then(({ default: SwaggerUI }) => {
      const plugins = [withoutAuthorize];
      SwaggerUI({ spec: api, domNode: place.current, deepLinking: true, tryItOutEnabled: true, plugins });
    });
  }, [api]);
  useEffect(() => {
    // Swagger UI does not ask for it, and would write dark on dark.
    const { classList } = document.documentElement;
    classList.toggle('dark-mode', matchMedia('(prefers-color-scheme: dark)').matches);
    return () => classList.remove('dark-mode');
  }, []);

  return (
    <>
      <PageHeading title="The API" />
      <p>
        Calls made from this page are made as the one who is signed in here. If you are not, sign up by the request{' '}
        <code>POST /api/users/signup</code> below: its answer brings the cookie of the session, and the browser sends it
        from then on. Programs do the same.
      </p>
      {away.length > 0 && (
        <Notice tone="warning" title="A part is missing">
          Just now nobody answers for {away.join(', ')}. Load the page again later.
        </Notice>
      )}
      <div ref={place} />
    </>
  );
}
