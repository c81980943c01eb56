import { join, resolve } from 'node:path';
import { givenDataFolder } from '../config';

/** The clone; src and dist stand equally deep in it. */
export const root = resolve(__dirname, '../../../..');

export const inClone = (...path: string[]) => join(root, ...path);

/** Where the run of this clone keeps its data. */
export const dataFolder = () => resolve(givenDataFolder() ?? inClone('.data'));
