import type { GetServerSideProps } from 'next';
import { buildPublicClient } from '../api/build-client';
import type { Api } from '../api/calls';
import { toApiError } from '../api/errors';
import { getConfig } from '../lib/config';

/** Who wants older tickets pages through the list, which has an address for each page. */
const mostPages = 20;
const pageSize = 100;

const keptSeconds = 600;

/** What all are given who ask meanwhile; each of them would else cost as many calls as the list has pages. */
let kept: { until: number; xml: Promise<string> } | undefined;

/** The tickets that can be bought, newest first. */
export const getServerSideProps: GetServerSideProps = async ({ res }) => {
  try {
    const xml = await keptSitemap();
    res.setHeader('Content-Type', 'application/xml; charset=utf-8');
    res.setHeader('Cache-Control', `public, max-age=${keptSeconds}`);
    res.end(xml);
  } catch (error) {
    toApiError(error);
    res.writeHead(503, { 'Retry-After': '60' }).end();
  }
  return { props: {} };
};

function keptSitemap(): Promise<string> {
  const now = performance.now();
  if (kept && now < kept.until) return kept.xml;
  const next = { until: now + keptSeconds * 1000, xml: loadSitemap() };
  kept = next;
  next.xml.catch(() => {
    // A failure is not kept.
    if (kept === next) kept = undefined;
  });
  return next.xml;
}

async function loadSitemap(): Promise<string> {
  const ids = await newestTickets(await buildPublicClient());
  return sitemapOf(['/', ...ids.map((id) => `/tickets/${id}`)]);
}

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
