export { answerMalformed } from './answer-malformed';
export { API_VERSION, describeApi, type ApiDocument } from './api/describe-api';
export { documentRoute } from './api/document-route';
export { route, type Answer, type Operation, type Route } from './api/route';
export * from './api/schemas';
export { createApp, type AppOptions, type AppSettings } from './create-app';
export * from './errors';
export type { Health } from './health';
export { currentUserOf } from './middlewares/current-user';
export { requireAuth } from './middlewares/require-auth';
export { validateRequest } from './middlewares/validate-request';
export { measure } from './metrics';
export { pageOf, pageQuery, paging, type Paging } from './paging';
export type { CurrentUser } from './types';
export {
  aboutText,
  id,
  ifAsked,
  isPrice,
  priceInput,
  lengthOf,
  orNothing,
  price,
  text,
  toCents,
  wrongId,
  type TextRule,
} from './validators';
