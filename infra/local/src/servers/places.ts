import { join } from 'node:path';
import type { Machine } from '../config';
import { isExecutable } from './cache';
import type { Place } from './chain';

export function onPath({ path }: Machine, ...programs: string[]): Place {
  return {
    name: 'PATH',
    find: () => {
      const found = programs.flatMap((program) => path.map((folder) => join(folder, program))).find(isExecutable);
      if (!found) throw new Error(`no ${programs.join(' or ')}`);
      return found;
    },
  };
}

export function named(variable: string, path: string | undefined): Place {
  return {
    name: variable,
    find: () => {
      if (!path) throw new Error('not set');
      if (!isExecutable(path)) throw new Error(`${path} can't be executed`);
      return path;
    },
  };
}
