import { useEffect, useRef } from 'react';
import 'swagger-ui-dist/swagger-ui.css';
import { apiDocument } from '../api/calls';
import type { ApiDocument } from '../api/types';
import { withSession } from '../api/with-session';
import { PageHeading } from '../components/page-heading';

interface Props {
  api: ApiDocument;
}

export const getServerSideProps = withSession<Props>(async ({ client }) => ({
  props: { api: await apiDocument(client) },
}));

/** The API for those who write programs: what the services say of themselves, and a form to try each call. */
export default function DocsPage({ api }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void import('swagger-ui-dist/swagger-ui-es-bundle').then(({ default: SwaggerUI }) => {
      SwaggerUI({ spec: api, domNode: place.current, deepLinking: true, tryItOutEnabled: true });
    });
  }, [api]);

  return (
    <>
      <PageHeading title="The API" />
      <p>
        Calls made from this page are made as the one who is signed in here. Programs send the cookie that signing in
        gives them.
      </p>
      <div ref={place} />
    </>
  );
}
