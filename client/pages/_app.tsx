import NextApp from 'next/app';
import type { AppContext, AppInitialProps, AppProps } from 'next/app';
import Head from 'next/head';
import type { SessionProps } from '../api/with-session';
import type { Session } from '../api/types';
import { Layout } from '../components/layout';
import { NotYours } from '../components/not-yours';
import { ServiceDown } from '../components/service-down';
import { useRouteFocus } from '../hooks/use-route-focus';
import { useSessionSync } from '../hooks/use-session-sync';
import { nameRequest } from '../lib/request-id';
import '../styles/bootstrap.scss';
import '../styles/tokens.css';
import '../styles/app.css';

/** What every page gets; pages without a session, which are those for errors, get only the request's id. */
type ShopProps = Partial<SessionProps> & { requestId: string | null };

const unknown: Session = { state: 'unknown' };

export default function ShopApp({ Component, pageProps }: AppProps<ShopProps>) {
  const loading = useRouteFocus();
  const { session = unknown, failure, requestId } = pageProps;
  useSessionSync(session);
  return (
    <>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
      </Head>
      <Layout session={session} loading={loading}>
        {failure === undefined && <Component {...pageProps} />}
        {failure === 'forbidden' && <NotYours />}
        {failure === 'unavailable' && <ServiceDown requestId={requestId} />}
      </Layout>
    </>
  );
}

/** With this no page is rendered at build time, not even the 404: each document gets a nonce of its own. */
ShopApp.getInitialProps = async (context: AppContext): Promise<AppInitialProps<ShopProps>> => {
  const { req, res } = context.ctx;
  const requestId = req && res ? nameRequest(req, res) : null;
  const initial: { pageProps: object } = await NextApp.getInitialProps(context);
  return { pageProps: { ...initial.pageProps, requestId } };
};
