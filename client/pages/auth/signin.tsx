import { loadSignInProps } from '../../api/sign-in-props';
import type { SignInProps } from '../../api/sign-in-props';
import { AuthForm } from '../../components/auth-form';
import { PageHeading } from '../../components/page-heading';
import { texts } from '../../texts';

const { title, description, busy } = texts.signIn;

export const getServerSideProps = loadSignInProps;

export default function SignInPage({ returnTo }: SignInProps) {
  return (
    <>
      <PageHeading title={title} description={description} />
      <AuthForm verb={title} busyLabel={busy} returnTo={returnTo} newAccount={false} />
    </>
  );
}
