import type { ReactNode } from 'react';

interface Props {
  /** Name of the control, and its id: errors link to it. */
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string;
  children: (control: Control) => ReactNode;
}

interface Control {
  id: string;
  name: string;
  'aria-invalid': boolean | undefined;
  'aria-describedby': string | undefined;
}

/** A control with its label, what helps to fill it and what is wrong with it, tied together for screen readers. */
export function FormField({ name, label, hint, error, children }: Props) {
  const hintId = hint ? `${name}-hint` : undefined;
  const errorId = error ? `${name}-error` : undefined;
  const control: Control = {
    id: name,
    name,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': [errorId, hintId].filter(Boolean).join(' ') || undefined,
  };
  return (
    <div className="field">
      <label className="form-label" htmlFor={name}>
        {label}
      </label>
      {children(control)}
      {error && (
        <p id={errorId} className="field-error">
          {error}
        </p>
      )}
      {hint && (
        <p id={hintId} className="form-text">
          {hint}
        </p>
      )}
    </div>
  );
}
