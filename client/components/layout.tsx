import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Session } from '../api/types';

interface Props {
  session: Session;
  loading: boolean;
  children: ReactNode;
}

export function Layout({ session, loading, children }: Props) {
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      {loading && <div className="loading-bar" role="progressbar" aria-label="Loading the page" />}
      <header className="site-header">
        <div className="container">
          <Link className="brand" href="/">
            Ticketing
          </Link>
          <nav aria-label="Main">
            <ul>
              <SessionLinks session={session} />
            </ul>
          </nav>
        </div>
      </header>
      <main id="content" className="container" tabIndex={-1}>
        {children}
      </main>
      <footer className="site-footer">
        <div className="container">
          <Link href="/api/docs" prefetch={false}>
            API
          </Link>
        </div>
      </footer>
    </>
  );
}

function SessionLinks({ session }: Pick<Props, 'session'>) {
  return (
    <>
      <NavLink href="/tickets/new">Sell a ticket</NavLink>
      {session.state !== 'signed-out' && <NavLink href="/tickets/mine">My tickets</NavLink>}
      {session.state !== 'signed-out' && <NavLink href="/orders">My orders</NavLink>}
      {session.state === 'signed-in' && <NavLink href="/auth/signout">Sign out</NavLink>}
      {session.state === 'signed-out' && <NavLink href="/auth/signin">Sign in</NavLink>}
      {session.state === 'signed-out' && <NavLink href="/auth/signup">Sign up</NavLink>}
      {session.state === 'signed-in' && <li className="visitor">{session.user.email}</li>}
    </>
  );
}

function NavLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <li>
      <Link href={href}>{children}</Link>
    </li>
  );
}
