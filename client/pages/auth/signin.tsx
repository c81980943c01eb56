import { signIn } from '../../api/calls';
import { loadSignInProps } from '../../api/sign-in-props';
import type { SignInProps } from '../../api/sign-in-props';
import { AuthForm } from '../../components/auth-form';
import { PageHeading } from '../../components/page-heading';

export const getServerSideProps = loadSignInProps;

export default function SignInPage({ returnTo }: SignInProps) {
  return (
    <>
      <PageHeading title="Sign in" />
      <AuthForm verb="Sign in" busyLabel="Signing in…" returnTo={returnTo} newAccount={false} send={signIn} />
    </>
  );
}
