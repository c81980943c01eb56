import { useRouter } from 'next/router';
import { useEffect } from 'react';
import { withSession } from '../../api/with-session';
import { FormErrors } from '../../components/form-errors';
import { PageHeading } from '../../components/page-heading';
import { SubmitButton } from '../../components/submit-button';
import { useRequest } from '../../hooks/use-request';
import { announceSession } from '../../hooks/use-session-sync';
import { texts } from '../../texts';

interface Props {
  /** The visitor came by this site's own link or typed the address; another site's link must not sign people out. */
  atOnce: boolean;
}

export const getServerSideProps = withSession<Props>(({ req }) => {
  const origin = req.headers['sec-fetch-site'];
  return { props: { atOnce: origin === 'same-origin' || origin === 'none' } };
});

export default function SignOutPage({ atOnce }: Props) {
  const router = useRouter();
  const { run, busy, waiting, failure } = useRequest();
  const leave = () =>
    void run(async (api) => {
      await api.signOut();
      announceSession();
      await router.replace('/');
    });
  useEffect(() => {
    if (atOnce) leave();
    // Once, when the page is entered; a failure is tried again by the button.
  }, [atOnce]);

  return (
    <>
      <PageHeading title={texts.signOut.title} />
      <FormErrors failure={failure} />
      <p>{failure ? texts.signOut.failed : texts.signOut.text}</p>
      <SubmitButton type="button" busy={busy} busyLabel={texts.signOut.busy} blocked={waiting} onClick={leave}>
        {texts.signOut.title}
      </SubmitButton>
    </>
  );
}
