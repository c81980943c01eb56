import { useEffect, useState } from 'react';
import type { RefObject } from 'react';
import { formTexts } from '../lib/form-texts';

interface Draft {
  name: string;
  /** What it was typed for: a person, a version of a ticket. Unknown while nobody can say who the visitor is. */
  of?: string | undefined;
}

interface Stored {
  of?: string | undefined;
  typed: Record<string, string>;
}

const keyOf = (name: string) => `draft:${name}`;

export const forgetDraft = (name: string): void => sessionStorage.removeItem(keyOf(name));

/**
 * Keeps what is typed into a form while its author signs in, reloads or looks elsewhere. Only for forms without
 * secrets: the draft lies in the tab's storage until the form is done with, or somebody else comes to it.
 */
export function useDraft({ name, of }: Draft, form: RefObject<HTMLFormElement | null>) {
  const [restored, setRestored] = useState(false);

  useEffect(() => {
    const draft = load(name);
    if (draft === undefined || form.current === null) return;
    if (draft.of !== undefined && of !== undefined && draft.of !== of) {
      forgetDraft(name);
      return;
    }
    fill(form.current, draft.typed);
    setRestored(true);
  }, [name, of, form]);

  return {
    restored,
    save: () => {
      if (form.current === null) return;
      const draft: Stored = { of: of ?? load(name)?.of, typed: formTexts(form.current) };
      sessionStorage.setItem(keyOf(name), JSON.stringify(draft));
    },
    clear: () => {
      forgetDraft(name);
      setRestored(false);
    },
  };
}

function load(name: string): Stored | undefined {
  const stored = sessionStorage.getItem(keyOf(name));
  return stored === null ? undefined : (JSON.parse(stored) as Stored);
}

function fill(form: HTMLFormElement, typed: Record<string, string>): void {
  for (const [name, value] of Object.entries(typed)) {
    const control = form.elements.namedItem(name);
    const isText =
      control instanceof HTMLInputElement ||
      control instanceof HTMLTextAreaElement ||
      control instanceof HTMLSelectElement;
    if (isText) control.value = value;
  }
}
