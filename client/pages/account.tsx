import Link from 'next/link';
import { withSession } from '../api/with-session';
import type { SessionProps } from '../api/with-session';
import { Fact, Facts } from '../components/facts';
import { PageHeading } from '../components/page-heading';
import { readTheme, themes } from '../lib/theme';
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

/** Sent as it is, without a script: the document comes back in its new colours. */
function ThemeChoice({ theme: chosen }: Props) {
  return (
    <form method="post" action="/api/theme">
      <fieldset className="theme-choice">
        <legend>{texts.account.theme}</legend>
        {themes.map((theme) => (
          <button
            key={theme}
            type="submit"
            name="theme"
            value={theme}
            className={`btn ${theme === chosen ? 'btn-primary' : 'btn-outline-secondary'}`}
            aria-pressed={theme === chosen}
          >
            {texts.account.themes[theme]}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
