import { useRef, useState } from "react";
import { CircleCheck } from "lucide-react";
import { Banner, NewPassword, Password, Refusal, typed, useAsking } from "./asking.jsx";

const LABELS = { current_password: "Current password", new_password: "New password" };
const WRONG = "The current password is wrong";
const NOT_FRESH = "You have no password yet. Sign in again with Google, and set one within five minutes after that.";

// Another password; the other sign-ins end with it.
export function ChangePassword({ email, hasPassword, onDone }) {
  const { busy, refusal, faults, ask, refuse, complete } = useAsking();
  const [done, setDone] = useState(false);
  const form = useRef(null);
  const submit = async (event) => {
    event.preventDefault();
    setDone(false);
    if (!complete(form.current)) return;
    const answer = await ask("POST", "/api/v1/auth/password", typed(form.current));
    if (answer.ok) {
      form.current.reset();
      setDone(true);
      onDone?.();
    } else if (answer.code === "invalid_credentials") {
      refuse(hasPassword ? { ...answer, faults: { current_password: WRONG } } : { ...answer, detail: NOT_FRESH });
    }
  };
  return (
    <form ref={form} className="form" method="post" noValidate onSubmit={submit}>
      {done ? <Banner tone="success" Icon={CircleCheck}>Your password is changed. Every other sign-in has ended.</Banner> : null}
      <Refusal refusal={refusal} labels={LABELS} />
      <input className="sr" type="email" name="username" autoComplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" disabled />
      {hasPassword ? <Password name="current_password" label="Current password" fault={faults.current_password} /> : null}
      <NewPassword key={done ? "done" : "new"} name="new_password" label="New password" email={() => email} fault={faults.new_password} />
      <div><button type="submit" className="btn btn-primary" disabled={busy} aria-busy={busy}>{hasPassword ? "Change password" : "Set a password"}</button></div>
    </form>
  );
}
