import Head from 'next/head';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  children?: ReactNode;
}

/** The heading of a page and the title of its document are one text. It takes the focus when the page is entered. */
export function PageHeading({ title, children }: Props) {
  return (
    <>
      <Head>
        <title>{`${title} · Ticketing`}</title>
      </Head>
      <h1 tabIndex={-1}>{children ?? title}</h1>
    </>
  );
}
