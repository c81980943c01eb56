import Link from 'next/link';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { ApiError } from '../api/errors';
import { withSession } from '../api/with-session';
import type { SessionProps } from '../api/with-session';
import { Fact, Facts } from '../components/facts';
import { FormErrors } from '../components/form-errors';
import { PageHeading } from '../components/page-heading';
import { useRequest } from '../hooks/use-request';
import { isTheme, readTheme, themes } from '../lib/theme';
import type { Theme } from '../lib/theme';
import { texts } from '../texts';

interface Props {
  theme: Theme;
}

export const getServerSideProps = withSession<Props>(
  ({ req }) => ({ props: { theme: readTheme(req.headers.cookie) } }),
  { private: true },
);

export default function AccountPage({ theme, session }: Props & SessionProps) {
  return (
    <div className="narrow">
      <PageHeading title={texts.account.title} />
      <Facts>
        <Fact name={texts.account.email}>
          {session.state === 'signed-in' ? session.user.email : texts.account.unknown}
        </Fact>
      </Facts>
      <ThemeChoice theme={theme} />
      <p>
        <Link className="btn btn-outline-secondary" href="/auth/signout" prefetch={false}>
          {texts.signOut.title}
        </Link>
      </p>
    </div>
  );
}

/**
 * Without a script the form is sent as it is, and the document comes back in its new colours. With one the document
 * stays, and so do the focus and the way back.
 */
function ThemeChoice({ theme }: Props) {
  const [chosen, setChosen] = useState(theme);
  const { run, failure } = useRequest();
  const choose = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const value = submitter?.getAttribute('value');
    if (!isTheme(value)) return;
    void run(async () => {
      await saveTheme(value);
      if (value === 'system') delete document.documentElement.dataset.bsTheme;
      else document.documentElement.dataset.bsTheme = value;
      setChosen(value);
    });
  };
  return (
    <form method="post" action="/api/theme" onSubmit={choose}>
      <FormErrors failure={failure} />
      <fieldset className="theme-choice">
        <legend>{texts.account.theme}</legend>
        {themes.map((name) => (
          <button
            key={name}
            type="submit"
            name="theme"
            value={name}
            className={`btn ${name === chosen ? 'btn-primary' : 'btn-outline-secondary'}`}
            aria-pressed={name === chosen}
          >
            {texts.account.themes[name]}
          </button>
        ))}
      </fieldset>
    </form>
  );
}

async function saveTheme(theme: Theme): Promise<void> {
  const body = new URLSearchParams({ theme });
  const answer = await fetch('/api/theme', { method: 'POST', body, redirect: 'manual' }).catch(() => undefined);
  // Where it leads is here.
  if (answer?.type === 'opaqueredirect') return;
  throw new ApiError(answer && { status: answer.status, data: undefined, headers: {} });
}
