import { useEffect, useRef } from 'react';
import 'swagger-ui-dist/swagger-ui.css';
import type { ApiDocument } from '../api/types';
import { withSession } from '../api/with-session';
import { NeedsScript } from '../components/needs-script';
import { Notice } from '../components/notice';
import { PageHeading } from '../components/page-heading';
import { texts } from '../texts';

interface Props {
  api: ApiDocument;
  /** Paths whose service does not answer. */
  away: string[];
}

export const getServerSideProps = withSession<Props>(async ({ api }) => ({ props: await api.apiDocument() }));

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
    const { classList, dataset } = document.documentElement;
    const device = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    classList.toggle('dark-mode', (dataset.bsTheme ?? device) === 'dark');
    return () => classList.remove('dark-mode');
  }, []);

  return (
    <>
      <PageHeading title={texts.docs.title} description={texts.docs.description} />
      <p>{texts.docs.text}</p>
      {away.length > 0 && (
        <Notice tone="warning" title={texts.docs.missing}>
          {texts.docs.missingText(away.join(', '))}
        </Notice>
      )}
      <NeedsScript />
      <div ref={place} />
    </>
  );
}
