'use client';

import { SignInForm } from './sign-in-form.tsx';

export function SignInPanel(props: { returnTo: string; demo?: { email: string; about: string }[] }) {
  // A whole load, not a route change: what the browser holds of an earlier person goes away with it.
  return <SignInForm demo={props.demo} onSignedIn={() => window.location.assign(props.returnTo)} />;
}
