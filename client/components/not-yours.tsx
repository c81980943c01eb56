import Link from 'next/link';
import { PageHeading } from './page-heading';

export function NotYours() {
  return (
    <>
      <PageHeading title="Not yours" />
      <p>This page belongs to somebody else. Are you signed in with the right account?</p>
      <p>
        <Link href="/">All tickets</Link>
      </p>
    </>
  );
}
