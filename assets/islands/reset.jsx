// A forgotten password: ask for the mail, and choose another one by its link. Before React is here no button works,
// so that the browser itself never sends what was typed.
import { useEffect, useRef, useState } from "react";
import { MailCheck } from "lucide-react";
import { Field, NewPassword, Refusal, Sign, typed, useAsking } from "./asking.jsx";

export function ForgotPassword() {
  const { busy, refusal, faults, ask, complete } = useAsking();
  const [sent, setSent] = useState("");
  const [ready, setReady] = useState(false);
  const form = useRef(null);
  useEffect(() => setReady(true), []);
  const submit = async (event) => {
    event.preventDefault();
    if (!complete(form.current)) return;
    const { email } = typed(form.current);
    const answer = await ask("POST", "/api/v1/auth/password-reset", { email });
    if (answer.ok) setSent(email);
  };
  if (sent) {
    return (
      <div className="notice-block" role="status">
        <Sign Icon={MailCheck} size={20} />
        <h1>Look at your mail</h1>
        <p>If <b>{sent}</b> has an account here, a link is on its way. It works once, for an hour.</p>
        <p>Nothing there after a few minutes? Look among unwanted mail, or check the address.</p>
        <button type="button" className="btn" onClick={() => setSent("")}>Try another address</button>
      </div>
    );
  }
  return (
    <>
      <div><h1>Forgot your password?</h1><p className="muted">We mail you a link to choose another one</p></div>
      <form ref={form} method="post" noValidate onSubmit={submit}>
        <Refusal refusal={refusal} labels={{ email: "E-mail" }} />
        <Field label="E-mail" name="email" type="email" autoComplete="username" required autoFocus fault={faults.email} />
        <button type="submit" className="btn btn-primary" disabled={busy || !ready} aria-busy={busy}>Mail me a link</button>
      </form>
      <p className="small muted">Remembered it? <a href="/login">Sign in</a>.</p>
    </>
  );
}

const Spent = ({ children }) => (
  <div className="notice-block" role="alert">
    <h1>This link does not work</h1>
    <p>{children}</p>
    <a className="btn btn-primary" href="/forgot-password">Ask for a new link</a>
  </div>
);

// The token is taken out of the address at once, so that it stays in no history and no referrer.
export function ResetPassword() {
  const { busy, refusal, faults, ask, complete } = useAsking();
  const [token, setToken] = useState(null);
  const form = useRef(null);
  useEffect(() => {
    const given = new URLSearchParams(window.location.search).get("token") ?? "";
    setToken((known) => known || given);
    window.history.replaceState(window.history.state, "", window.location.pathname);
  }, []);
  const submit = async (event) => {
    event.preventDefault();
    if (!complete(form.current)) return;
    const answer = await ask("POST", "/api/v1/auth/password-reset/confirm", { token, password: typed(form.current).password });
    if (answer.ok) window.location.assign("/login?notice=password_reset");
  };
  if (token === "") return <Spent>It is not whole. Open it again from the mail, or ask for a new one.</Spent>;
  if (faults.token) return <Spent>It was used already, or its hour is over. Your password is as it was.</Spent>;
  return (
    <>
      <div><h1>Choose a new password</h1><p className="muted">Every device that is signed in now will be signed out</p></div>
      <form ref={form} method="post" noValidate onSubmit={submit}>
        <Refusal refusal={refusal} labels={{ password: "Password" }} />
        <NewPassword label="New password" email={() => ""} nameRule={false} fault={faults.password} />
        <button type="submit" className="btn btn-primary" disabled={busy || !token} aria-busy={busy}>Set the password</button>
      </form>
    </>
  );
}
