// What tests of pages begin with: somebody who has signed in on the made-up site.
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { password } from '../mock/mock';
import { App } from './app';

export async function signedIn(name: string, path = '/') {
  window.history.replaceState(null, '', path);
  const person = userEvent.setup({ delay: null });
  render(<App />);
  await person.type(await screen.findByLabelText('Name'), name);
  await person.type(screen.getByLabelText('Password'), password);
  await person.click(screen.getByRole('button', { name: 'Sign in' }));
  return person;
}
