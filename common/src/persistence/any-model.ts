import type { Model } from 'mongoose';

/** A model of whatever documents. Its type parameters are invariant, so that only `any` stands for all of them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above; whoever takes one looks at no field
export type AnyModel = Model<any, any, any>;
