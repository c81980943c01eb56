import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

interface Props {
  tone: 'success' | 'info' | 'warning' | 'danger';
  title?: string;
  /** Moves the focus here, for an answer to something that was just pressed. */
  focus?: boolean;
  children?: ReactNode;
}

/** A message that is read out when it appears: trouble at once, the rest when there is a pause. */
export function Notice({ tone, title, focus = false, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus) box.current?.focus();
  }, [focus]);

  return (
    <div ref={box} className={`alert alert-${tone}`} role={tone === 'danger' ? 'alert' : 'status'} tabIndex={-1}>
      {title && <p className="alert-heading">{title}</p>}
      {children}
    </div>
  );
}
