import { randomBytes } from 'node:crypto';
import Document, { Head, Html, Main, NextScript } from 'next/document';
import type { DocumentContext, DocumentInitialProps } from 'next/document';
import { getConfig } from '../lib/config';
import { contentSecurityPolicy } from '../lib/csp';

interface Props {
  nonce: string;
}

export default class ShopDocument extends Document<Props> {
  static override async getInitialProps(context: DocumentContext): Promise<DocumentInitialProps & Props> {
    const nonce = randomBytes(16).toString('base64');
    const { cardEntry, development } = getConfig();
    const policy = contentSecurityPolicy({ nonce, stripe: cardEntry.kind === 'stripe', development });
    context.res?.setHeader('Content-Security-Policy', policy);
    return { ...(await context.defaultGetInitialProps(context, { nonce })), nonce };
  }

  override render() {
    const { nonce } = this.props;
    return (
      <Html lang="en">
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
