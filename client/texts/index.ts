import { en } from './en';

/** What a language has to say: another one is a file that exports an object of this type. */
export type Texts = typeof en;

export const texts: Texts = en;
