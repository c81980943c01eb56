import { useEffect } from 'react';
import type { RefObject } from 'react';
import { formTexts } from '../lib/form-texts';

/**
 * Keeps what was typed into a form while its author signs in. Only for forms without secrets: the draft lies in
 * the tab's storage until the form is shown again.
 */
export function useDraft(name: string, form: RefObject<HTMLFormElement | null>) {
  const key = `draft:${name}`;

  useEffect(() => {
    const draft = sessionStorage.getItem(key);
    if (draft === null || form.current === null) return;
    sessionStorage.removeItem(key);
    fill(form.current, new URLSearchParams(draft));
  }, [key, form]);

  return {
    save: () => {
      if (form.current) sessionStorage.setItem(key, new URLSearchParams(formTexts(form.current)).toString());
    },
  };
}

function fill(form: HTMLFormElement, draft: URLSearchParams): void {
  for (const [name, value] of draft) {
    const control = form.elements.namedItem(name);
    const isText =
      control instanceof HTMLInputElement ||
      control instanceof HTMLTextAreaElement ||
      control instanceof HTMLSelectElement;
    if (isText) control.value = value;
  }
}
