import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Session } from '../api/types';
import { texts } from '../texts';

interface Props {
  session: Session;
  loading: boolean;
  children: ReactNode;
}

export function Layout({ session, loading, children }: Props) {
  return (
    <>
      <a className="skip-link" href="#content">
        {texts.shop.skip}
      </a>
      {loading && <div className="loading-bar" role="progressbar" aria-label={texts.shop.loading} />}
      <header className="site-header">
        <div className="container">
          <Link className="brand" href="/">
            {texts.shop.name}
          </Link>
          <nav aria-label={texts.shop.navigation}>
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
          <Link href="/api-docs" prefetch={false}>
            {texts.shop.api}
          </Link>
        </div>
      </footer>
    </>
  );
}

function SessionLinks({ session }: Pick<Props, 'session'>) {
  return (
    <>
      <NavLink href="/tickets/new">{texts.sell.title}</NavLink>
      {session.state !== 'signed-out' && <NavLink href="/tickets/mine">{texts.ownTickets.title}</NavLink>}
      {session.state !== 'signed-out' && <NavLink href="/orders">{texts.orders.title}</NavLink>}
      {session.state === 'signed-in' && <NavLink href="/account">{texts.account.title}</NavLink>}
      {session.state === 'signed-in' && (
        <NavLink href="/auth/signout" className="wide">
          {texts.signOut.title}
        </NavLink>
      )}
      {session.state === 'signed-out' && <NavLink href="/auth/signin">{texts.signIn.title}</NavLink>}
      {session.state === 'signed-out' && <NavLink href="/auth/signup">{texts.signUp.title}</NavLink>}
    </>
  );
}

function NavLink({ href, className, children }: { href: string; className?: string; children: ReactNode }) {
  return (
    <li className={className}>
      <Link href={href}>{children}</Link>
    </li>
  );
}
