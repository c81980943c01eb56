import { z } from 'zod';

/** What fields of several events look like on the wire. */
export const idField = z.string().regex(/^[0-9a-f]{24}$/i);
export const versionField = z.number().int().min(0);
export const timeField = z.iso.datetime({ offset: true });
/** US dollars with at most two decimals, as people read them; `toCents` makes the exact integer. */
export const dollarsField = z.number().min(0);
