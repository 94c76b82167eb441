// What a person is typing, kept in this window until it is sent: a reload loses nothing.
import { useState } from 'react';

export function useKept(name: string): [string, (text: string) => void] {
  const key = `purse.typed.${name}`;
  const [text, set] = useState(() => sessionStorage.getItem(key) ?? '');
  return [
    text,
    (to) => {
      if (to) sessionStorage.setItem(key, to);
      else sessionStorage.removeItem(key);
      set(to);
    },
  ];
}
