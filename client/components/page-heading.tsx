import Head from 'next/head';
import { texts } from '../texts';

interface Props {
  title: string;
  /** For search engines and for whoever is sent a link; pages that neither will see need none of their own. */
  description?: string;
}

/** The heading of a page and the title of its document are one text. It takes the focus when the page is entered. */
export function PageHeading({ title, description = texts.shop.description }: Props) {
  return (
    <>
      <Head>
        <title>{`${title} · ${texts.shop.name}`}</title>
        <meta name="description" content={description} />
        <meta property="og:site_name" content={texts.shop.name} />
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description} />
      </Head>
      <h1 tabIndex={-1} className={title.length > 60 ? 'long' : undefined}>
        {title}
      </h1>
    </>
  );
}
