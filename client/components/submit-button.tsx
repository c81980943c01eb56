import type { ComponentProps } from 'react';

interface Props extends Omit<ComponentProps<'button'>, 'disabled'> {
  busy: boolean;
  busyLabel: string;
  /** Not to be pressed just now, for another reason than its own work. */
  blocked?: boolean;
}

/**
 * A button that says what it is doing. It is never `disabled`, which would take it out of the tab order with the
 * focus on it; that a second press does nothing is up to what it runs.
 */
export function SubmitButton({ busy, busyLabel, blocked = false, className, children, ...button }: Props) {
  return (
    <button
      type="submit"
      {...button}
      className={`btn ${className ?? 'btn-primary'}`}
      aria-disabled={busy || blocked || undefined}
    >
      {busy ? busyLabel : children}
    </button>
  );
}
