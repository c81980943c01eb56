export { createApp, type AppOptions, type AppSettings } from './create-app';
export * from './errors';
export type { Health } from './health';
export { currentUserOf } from './middlewares/current-user';
export { requireAuth } from './middlewares/require-auth';
export { validateRequest } from './middlewares/validate-request';
export { paging, type Paging } from './paging';
export type { CurrentUser } from './types';
export { id, isPrice, lengthOf, orNothing, price, text, toCents, type TextRule } from './validators';
