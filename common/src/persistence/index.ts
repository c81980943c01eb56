export type { AnyModel } from './any-model';
export * from './connect';
export * from './duplicate-key';
export * from './lease';
export * from './on-latest';
export * from './replica';
export * from './versioned-schema';
