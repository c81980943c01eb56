import type { GetServerSideProps } from 'next';
import { getConfig } from '../lib/config';

/** What a search engine would only be sent away from to sign in, and what is no page. */
const closed = ['/account', '/api/', '/auth/', '/orders', '/tickets/*/edit', '/tickets/mine', '/tickets/new'];

export const getServerSideProps: GetServerSideProps = ({ res }) => {
  const rules = ['User-agent: *', ...closed.map((path) => `Disallow: ${path}`)];
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.end([...rules, '', `Sitemap: ${getConfig().publicOrigin}/sitemap.xml`, ''].join('\n'));
  return Promise.resolve({ props: {} });
};

/** The answer is text and has ended: there is nothing to draw. */
export default function Robots() {
  return null;
}
