import Link from 'next/link';
import { texts } from '../texts';
import { PageHeading } from './page-heading';

export function NotYours() {
  return (
    <>
      <PageHeading title={texts.notYours.title} />
      <p>{texts.notYours.text}</p>
      <p>
        <Link href="/">{texts.notYours.wayOn}</Link>
      </p>
    </>
  );
}
