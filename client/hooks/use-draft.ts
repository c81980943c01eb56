import { useEffect } from 'react';
import type { RefObject } from 'react';
import { formTexts } from '../lib/form-texts';

/**
 * Keeps what is typed into a form while its author signs in, reloads or looks elsewhere. Only for forms without
 * secrets: the draft lies in the tab's storage until the form is done with.
 */
export function useDraft(name: string, form: RefObject<HTMLFormElement | null>) {
  const key = `draft:${name}`;

  useEffect(() => {
    const draft = sessionStorage.getItem(key);
    if (draft !== null && form.current) fill(form.current, new URLSearchParams(draft));
  }, [key, form]);

  return {
    save: () => {
      if (form.current) sessionStorage.setItem(key, new URLSearchParams(formTexts(form.current)).toString());
    },
    clear: () => sessionStorage.removeItem(key),
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
