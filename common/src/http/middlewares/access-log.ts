import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { requestId } from './request-id';

/** Asked every few seconds by machines. */
const UNLOGGED = ['/livez', '/readyz', '/metrics'];

/**
 * One line in the log for each request, once it is answered, with the error if that is the service's own fault. Headers
 * and bodies are left out: they hold cookies, passwords and card tokens.
 */
export function accessLog(log: Logger): RequestHandler {
  return pinoHttp<Request, Response>({
    logger: log,
    genReqId: requestId,
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'requestId', err: 'error' },
    serializers: {
      req: ({ method, url }: Request) => ({ method, url }),
      res: ({ statusCode }: Response) => ({ statusCode }),
    },
    // It is asked twice, and the first time nobody is known yet.
    customProps: ({ currentUser }) => (currentUser ? { userId: currentUser.id } : {}),
    customLogLevel: (_req, res) => levelOf(res),
    autoLogging: { ignore: (req) => UNLOGGED.includes(req.path) },
  });
}

/** What is unavailable for a while is expected to come back; any other failure is a fault in the program. */
function levelOf({ err, statusCode }: Response): 'info' | 'warn' | 'error' {
  if (!err) return 'info';
  return statusCode === 503 ? 'warn' : 'error';
}
