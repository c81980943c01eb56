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
}

export default class ShopDocument extends Document<Props> {
  static override async getInitialProps(context: DocumentContext): Promise<DocumentInitialProps & Props> {
    const nonce = randomBytes(16).toString('base64');
    const { cardEntry, development } = getConfig();
    const policy = contentSecurityPolicy({ nonce, stripe: cardEntry.kind === 'stripe', development });
    context.res?.setHeader('Content-Security-Policy', policy);
    const theme = readTheme(context.req?.headers.cookie);
    return { ...(await context.defaultGetInitialProps(context, { nonce })), nonce, theme };
  }

  override render() {
    const { nonce, theme } = this.props;
    return (
      <Html lang={texts.lang} data-bs-theme={theme === 'system' ? undefined : theme}>
        <Head nonce={nonce}>
          <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        </Head>
        <body>
          <Main />
          <NextScript nonce={nonce} />
        </body>
      </Html>
    );
  }
}
