import { signUp } from '../../api/calls';
import { loadSignInProps } from '../../api/sign-in-props';
import type { SignInProps } from '../../api/sign-in-props';
import { AuthForm } from '../../components/auth-form';
import { PageHeading } from '../../components/page-heading';

export const getServerSideProps = loadSignInProps;

export default function SignUpPage({ returnTo }: SignInProps) {
  return (
    <>
      <PageHeading title="Sign up" />
      <AuthForm verb="Sign up" busyLabel="Signing up…" returnTo={returnTo} newAccount send={signUp} />
    </>
  );
}
