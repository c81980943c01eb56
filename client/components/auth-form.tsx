import Link from 'next/link';
import { useRouter } from 'next/router';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { refuseIfWrong } from '../api/errors';
import { useRequest } from '../hooks/use-request';
import { announceSession } from '../hooks/use-session-sync';
import { credentialFaults } from '../lib/credential-faults';
import { formTexts } from '../lib/form-texts';
import { authPath } from '../lib/return-to';
import { texts } from '../texts';
import { FormErrors } from './form-errors';
import { FormField } from './form-field';
import { NeedsScript } from './needs-script';
import { SubmitButton } from './submit-button';

interface Props {
  verb: string;
  busyLabel: string;
  returnTo: string;
  newAccount: boolean;
}

/** Signing in and signing up ask for the same two things. */
export function AuthForm({ verb, busyLabel, returnTo, newAccount }: Props) {
  const router = useRouter();
  const { run, busy, waiting, failure } = useRequest();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { email = '', password = '' } = formTexts(event.currentTarget);
    void run(async (api) => {
      refuseIfWrong(credentialFaults({ email, password }, newAccount));
      await (newAccount ? api.signUp({ email, password }) : api.signIn({ email, password }));
      announceSession();
      await router.replace(returnTo);
    });
  };

  return (
    // As a POST, a form sent before the page runs keeps the password out of the address.
    <form className="form-narrow" method="post" noValidate onSubmit={submit}>
      <NeedsScript />
      <FormErrors failure={failure} labels={texts.credentials.labels} />
      <FormField name="email" label={texts.credentials.labels.email} error={failure?.fields.email}>
        {(control) => (
          <input {...control} className="form-control" type="email" autoComplete="email" required spellCheck={false} />
        )}
      </FormField>
      <PasswordField newAccount={newAccount} error={failure?.fields.password} />
      <SubmitButton busy={busy} busyLabel={busyLabel} blocked={waiting}>
        {verb}
      </SubmitButton>
      <OtherWay newAccount={newAccount} returnTo={returnTo} />
    </form>
  );
}

function PasswordField({ newAccount, error }: { newAccount: boolean; error: string | undefined }) {
  const [shown, setShown] = useState(false);
  return (
    <FormField
      name="password"
      label={texts.credentials.labels.password}
      error={error}
      hint={newAccount && !error ? texts.credentials.passwordHint : undefined}
    >
      {(control) => (
        <div className="password">
          <input
            {...control}
            className="form-control"
            type={shown ? 'text' : 'password'}
            autoComplete={newAccount ? 'new-password' : 'current-password'}
            required
            spellCheck={false}
          />
          <button
            type="button"
            className="btn btn-outline-secondary"
            aria-pressed={shown}
            aria-label={texts.credentials.showPassword}
            onClick={() => setShown(!shown)}
          >
            {shown ? texts.credentials.hide : texts.credentials.show}
          </button>
        </div>
      )}
    </FormField>
  );
}

function OtherWay({ newAccount, returnTo }: Pick<Props, 'newAccount' | 'returnTo'>) {
  return newAccount ? (
    <p className="other-way">
      {texts.signUp.otherWay} <Link href={authPath('/auth/signin', returnTo)}>{texts.signIn.title}</Link>
    </p>
  ) : (
    <p className="other-way">
      {texts.signIn.otherWay} <Link href={authPath('/auth/signup', returnTo)}>{texts.signUp.title}</Link>
    </p>
  );
}
