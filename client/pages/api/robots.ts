import type { NextApiRequest, NextApiResponse } from 'next';
import { getConfig } from '../../lib/config';

/** What a search engine would only be sent away from to sign in, and what is no page. */
const closed = ['/account', '/api/', '/auth/', '/orders', '/tickets/*/edit', '/tickets/mine', '/tickets/new'];

export default function robots(_req: NextApiRequest, res: NextApiResponse): void {
  const rules = ['User-agent: *', 'Allow: /api/docs', ...closed.map((path) => `Disallow: ${path}`)];
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.end([...rules, '', `Sitemap: ${getConfig().publicOrigin}/sitemap.xml`, ''].join('\n'));
}
