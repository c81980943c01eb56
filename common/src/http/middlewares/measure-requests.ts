import type { RequestHandler } from 'express';
import { httpRequestDuration } from '../metrics';

/** Times each request under the pattern of its route: its address would make a series of every id. */
export const measureRequests: RequestHandler = (req, res, next) => {
  const stop = httpRequestDuration.startTimer({ method: req.method });
  // Not `finish`: a request that its caller gave up on, since it hung, counts too.
  res.on('close', () => {
    const { path = 'none' } = (req.route ?? {}) as { path?: string };
    stop({ route: path, status: res.statusCode });
  });
  next();
};
