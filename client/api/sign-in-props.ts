import { firstValue } from '../lib/ticket-query';
import { safeReturnTo } from '../lib/return-to';
import { withSession } from './with-session';

export interface SignInProps {
  returnTo: string;
}

/** What the pages that start a session share: who has one already goes on to where they were headed. */
export const loadSignInProps = withSession<SignInProps>(async ({ session, query }) => {
  const returnTo = safeReturnTo(firstValue(query.returnTo));
  const { state } = await session;
  return state === 'signed-in' ? { redirect: { destination: returnTo, permanent: false } } : { props: { returnTo } };
});
