import type { NextApiRequest, NextApiResponse } from 'next';

/** The shop holds no connection of its own: once it answers it is alive and ready. */
export default function livez(_req: NextApiRequest, res: NextApiResponse): void {
  res.status(200).json({ status: 'up' });
}
