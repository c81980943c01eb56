import { model, Schema, type HydratedDocument } from 'mongoose';

interface UserState {
  /** In lower case: one mailbox, one account, however it is typed. */
  email: string;
  passwordHash: string;
  createdAt: Date;
}

export type UserDocument = HydratedDocument<UserState>;

const userSchema = new Schema<UserState>(
  {
    email: { type: String, required: true, trim: true, lowercase: true, unique: true },
    passwordHash: { type: String, required: true },
  },
  {
    versionKey: false,
    timestamps: { createdAt: true, updatedAt: false },
    // Names what is shown, so that a field that is added later is not.
    toJSON: { transform: ({ id, email }: UserDocument) => ({ id: String(id), email }) },
  },
);

export const User = model<UserState>('User', userSchema);
