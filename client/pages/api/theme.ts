import type { NextApiRequest, NextApiResponse } from 'next';
import { getConfig } from '../../lib/config';
import { isTheme, themeCookie } from '../../lib/theme';

interface Form {
  theme?: unknown;
}

/** What a browser says of a form of this site; an old one says nothing. */
const ownOrigins: unknown[] = ['same-origin', 'none', undefined];

/** Takes the form of the account page. The next document is rendered in the chosen theme, so that none flashes up. */
export default function chooseTheme(req: NextApiRequest, res: NextApiResponse): void {
  if (!ownOrigins.includes(req.headers['sec-fetch-site'])) {
    res.writeHead(403).end();
    return;
  }
  const { theme } = (req.method === 'POST' ? (req.body ?? {}) : {}) as Form;
  if (isTheme(theme)) res.setHeader('Set-Cookie', themeCookie(theme, getConfig().publicOrigin));
  res.writeHead(303, { Location: '/account' }).end();
}
