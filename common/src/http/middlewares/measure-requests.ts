import type { RequestHandler } from 'express';
import { httpRequestDuration } from '../metrics';

/** Times each request under the pattern of its route: its address would make a series of every id. */
export const measureRequests: RequestHandler = (req, res, next) => {
  const stop = httpRequestDuration.startTimer({ method: req.method });
  res.on('finish', () => {
    const { path = 'none' } = (req.route ?? {}) as { path?: string };
    stop({ route: path, status: res.statusCode });
  });
  next();
};
