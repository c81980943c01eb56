import type { GetServerSideProps } from 'next';
import { buildClient } from '../api/build-client';
import type { Api } from '../api/calls';
import { toApiError } from '../api/errors';
import { getConfig } from '../lib/config';

/** Who wants older tickets pages through the list, which has an address for each page. */
const mostPages = 20;
const pageSize = 100;

/** The tickets that can be bought, newest first. */
export const getServerSideProps: GetServerSideProps = async ({ req, res }) => {
  try {
    const ids = await newestTickets(await buildClient({ req, res }));
    res.setHeader('Content-Type', 'application/xml; charset=utf-8');
    res.setHeader('Cache-Control', 'public, max-age=600');
    res.end(sitemapOf(['/', ...ids.map((id) => `/tickets/${id}`)]));
  } catch (error) {
    toApiError(error);
    res.writeHead(503, { 'Retry-After': '60' }).end();
  }
  return { props: {} };
};

async function newestTickets(api: Api): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { items, next } = await api.listTickets({ limit: pageSize }, cursor);
    ids.push(...items.map(({ id }) => id));
    if (next === null) break;
    cursor = next;
  }
  return ids;
}

/** Ids and paths have no character that XML would take for its own. */
function sitemapOf(paths: string[]): string {
  const { publicOrigin } = getConfig();
  const urls = paths.map((path) => `<url><loc>${publicOrigin}${path}</loc></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join('\n')}
</urlset>
`;
}

/** The answer is XML and has ended: there is nothing to draw. */
export default function Sitemap() {
  return null;
}
