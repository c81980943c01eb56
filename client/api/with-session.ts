import type { GetServerSideProps, GetServerSidePropsContext, GetServerSidePropsResult, Redirect } from 'next';
import { logWarning } from '../lib/log';
import { signInPath } from '../lib/return-to';
import { buildClient } from './build-client';
import type { Api } from './calls';
import { ApiError } from './errors';
import type { Session } from './types';

/** Why a page is shown without its own content. */
export type PageFailure = 'forbidden' | 'unavailable';

export interface SessionProps {
  session: Session;
  failure?: PageFailure;
}

export interface PageContext extends GetServerSidePropsContext {
  api: Api;
  /** Asked for while the page loads its own data; never rejects. */
  session: Promise<Session>;
}

type Load<P> = (context: PageContext) => GetServerSidePropsResult<P> | Promise<GetServerSidePropsResult<P>>;

/** Private pages are for signed-in people and leave no copy in caches or search engines. */
interface Options {
  private?: boolean;
}

/** Wraps what a page loads: adds the visitor's session and answers what every page answers alike. */
export function withSession<P extends object>(
  load: Load<P>,
  options: Options = {},
): GetServerSideProps<P | SessionProps> {
  return async (context) => {
    const { res } = context;
    res.setHeader('Cache-Control', options.private ? 'private, no-store' : 'private, no-cache');
    if (options.private) res.setHeader('X-Robots-Tag', 'noindex');

    const api = await buildClient(context);
    const session = loadSession(api);
    const result = await settle(load, { ...context, api, session });
    const visitor = await session;
    if (options.private && visitor.state === 'signed-out') return { redirect: toSignIn(context) };
    if (!('props' in result)) return result;

    const props = await result.props;
    if ('failure' in props) setStatus(context, props.failure);
    res.setHeader('Vary', 'Cookie');
    return { props: { ...props, session: visitor } };
  };
}

async function loadSession(api: Api): Promise<Session> {
  try {
    const user = await api.currentUser();
    return user ? { state: 'signed-in', user: { id: user.id, email: user.email } } : { state: 'signed-out' };
  } catch {
    return { state: 'unknown' };
  }
}

async function settle<P>(
  load: Load<P>,
  context: PageContext,
): Promise<GetServerSidePropsResult<P | { failure: PageFailure }>> {
  try {
    return await load(context);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return answerTo(error, context);
  }
}

function answerTo(error: ApiError, context: PageContext): GetServerSidePropsResult<{ failure: PageFailure }> {
  if (error.status === 401) return { redirect: toSignIn(context) };
  // A malformed id names nothing, just as an unused one does.
  if (error.status === 404 || error.status === 400) return { notFound: true };
  if (error.status === 403) return { props: { failure: 'forbidden' } };
  const requestId = context.req.headers['x-request-id'];
  logWarning('A page could not be loaded', { url: context.resolvedUrl, status: error.status, requestId });
  return { props: { failure: 'unavailable' } };
}

const toSignIn = ({ resolvedUrl }: GetServerSidePropsContext): Redirect => ({
  destination: signInPath(resolvedUrl),
  permanent: false,
});

/** The router takes an error status of a page's data for a fault of its own and loads the whole page anew. */
function setStatus({ req, res }: GetServerSidePropsContext, failure: PageFailure): void {
  if (req.url?.startsWith('/_next/data/')) return;
  res.statusCode = failure === 'forbidden' ? 403 : 503;
}
