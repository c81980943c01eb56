import { randomBytes } from 'node:crypto';
import Document, { Head, Html, Main, NextScript } from 'next/document';
import type { DocumentContext, DocumentInitialProps } from 'next/document';
import { getConfig } from '../lib/config';
import { contentSecurityPolicy } from '../lib/csp';
import { readTheme } from '../lib/theme';
import type { Theme } from '../lib/theme';
import { texts } from '../texts';

interface Props {
  nonce: string;
  theme: Theme;
  /** With its host, which those who read it elsewhere need. */
  image: string;
}

export default class ShopDocument extends Document<Props> {
  static override async getInitialProps(context: DocumentContext): Promise<DocumentInitialProps & Props> {
    const nonce = randomBytes(16).toString('base64');
    const { cardEntry, development, publicOrigin } = getConfig();
    const policy = contentSecurityPolicy({ nonce, cardEntry, development });
    context.res?.setHeader('Content-Security-Policy', policy);
    const theme = readTheme(context.req?.headers.cookie);
    const image = `${publicOrigin}/og.png`;
    return { ...(await context.defaultGetInitialProps(context, { nonce })), nonce, theme, image };
  }

  override render() {
    const { nonce, theme, image } = this.props;
    return (
      <Html lang={texts.lang} data-bs-theme={theme === 'system' ? undefined : theme}>
        <Head nonce={nonce}>
          <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
          <meta property="og:image" content={image} />
          <meta property="og:image:width" content="1200" />
          <meta property="og:image:height" content="630" />
          <meta property="og:image:alt" content={texts.shop.imageDescription} />
          <meta name="twitter:card" content="summary_large_image" />
        </Head>
        <body>
          <Main />
          <NextScript nonce={nonce} />
        </body>
      </Html>
    );
  }
}
