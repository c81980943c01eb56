import { z } from 'zod';
import { idField } from './fields';

/** A prompt: the time of this order may be up. Orders looks at its own clock before it believes it. */
export const expirationCompleteSchema = z.looseObject({ orderId: idField });
