import type { NextApiRequest, NextApiResponse } from 'next';
import type { Errors } from '../../api/types';

/** What no service has: programs get an error that they can read, as from the services. */
export default function notFound(_req: NextApiRequest, res: NextApiResponse<Errors>): void {
  res.status(404).send({ errors: [{ message: 'Not found', code: 'not_found' }] });
}
