import type { NextApiRequest, NextApiResponse } from 'next';
import { isTheme, themeCookie } from '../../lib/theme';

interface Form {
  theme?: unknown;
}

/** Takes the form of the account page. The next document is rendered in the chosen theme, so that none flashes up. */
export default function chooseTheme(req: NextApiRequest, res: NextApiResponse): void {
  const { theme } = (req.method === 'POST' ? (req.body ?? {}) : {}) as Form;
  if (isTheme(theme)) res.setHeader('Set-Cookie', themeCookie(theme));
  res.writeHead(303, { Location: '/account' }).end();
}
