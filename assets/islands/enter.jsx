// The doors: signing in with its second step, and signing up. What is typed stays in the browser's own fields.
import { useEffect, useRef, useState } from "react";
import { Ban, CircleCheck } from "lucide-react";
import { Banner, Field, NewPassword, Password, Refusal, Sign, inside, typed, useAsking } from "./asking.jsx";
import { inAddress } from "./parts.jsx";

const LABELS = { email: "E-mail", username: "Username", display_name: "Your name", password: "Password", totp_code: "Code" };
const TAKEN = { email_taken: "email", username_taken: "username" };
const NOT_A_CODE = "The code is wrong, or was used before.";

function useAddress() {
  const [address, setAddress] = useState(null);
  useEffect(() => setAddress(new URLSearchParams(window.location.search)), []);
  return (name) => address?.get(name) ?? "";
}

// The one door leads to the other with the same place behind it.
const door = (path, next) => (next ? `${path}?next=${encodeURIComponent(inside(next))}` : path);
const onwards = (next) => window.location.assign(inside(next));

const GoogleMark = () => (
  <svg className="google-mark" viewBox="0 0 24 24" aria-hidden="true">
    <path fill="#4285f4" d="M22.5 12.25c0-.8-.07-1.55-.2-2.25H12v4.26h5.9a5 5 0 0 1-2.2 3.3v2.75h3.55c2.1-1.9 3.25-4.75 3.25-8.06Z" />
    <path fill="#34a853" d="M12 23c2.95 0 5.45-.97 7.25-2.65l-3.55-2.75a6.6 6.6 0 0 1-9.85-3.45H2.2v2.84A11 11 0 0 0 12 23Z" />
    <path fill="#fbbc05" d="M5.85 14.15a6.6 6.6 0 0 1 0-4.24V7.07H2.2a11 11 0 0 0 0 9.9l3.65-2.82Z" />
    <path fill="#ea4335" d="M12 5.36c1.6 0 3.05.56 4.2 1.64l3.15-3.15A11 11 0 0 0 2.2 7.07l3.65 2.84A6.6 6.6 0 0 1 12 5.36Z" />
  </svg>
);

function Google({ next }) {
  return (
    <>
      <a className="btn" href={`/api/v1/auth/google/login${next ? `?next=${encodeURIComponent(inside(next))}` : ""}`}><GoogleMark />Continue with Google</a>
      <div className="or">or</div>
    </>
  );
}

function Suspended({ onBack }) {
  return (
    <div className="notice-block" role="alert">
      <Sign Icon={Ban} size={20} />
      <h2>This account is suspended</h2>
      <p>Nobody can sign in to it now, and every open screen of it has been closed. Nothing was deleted.</p>
      <p>An administrator of your dealership can tell you why and until when, and can lift it.</p>
      <button type="button" className="btn" onClick={onBack}>Sign in to another account</button>
    </div>
  );
}

function CodeStep({ busy, refusal, onBack }) {
  const [recovery, setRecovery] = useState(false);
  const words = recovery
    ? { label: "Recovery code", help: "One of the ten you kept when you set this up; each works once", inputMode: "text" }
    : { label: "Code", help: "The six digits that your authenticator shows now", inputMode: "numeric" };
  useEffect(() => document.getElementById("totp_code")?.focus(), [recovery, refusal]);
  return (
    <>
      <Refusal refusal={refusal} labels={LABELS} />
      <Field key={words.label} name="totp_code" required maxLength={64} autoComplete="one-time-code" autoCapitalize="off" spellCheck={false} fault={refusal?.faults.totp_code} {...words} />
      <button type="submit" className="btn btn-primary" disabled={busy} aria-busy={busy}>Go on</button>
      <button type="button" className="btn btn-ghost" onClick={() => setRecovery(!recovery)}>{recovery ? "Use the authenticator instead" : "Use a recovery code instead"}</button>
      <button type="button" className="btn btn-ghost" onClick={onBack}>Back to e-mail and password</button>
    </>
  );
}

// `sentences` are words by code, `notices` by what has just been done elsewhere.
export function SignIn({ google, sentences, notices }) {
  const address = useAddress();
  const { busy, refusal, ask, refuse, complete } = useAsking();
  const [step, setStep] = useState("password");
  const form = useRef(null);
  const next = address("next");
  const told = address("error");
  useEffect(() => {
    if (!told) return;
    if (told === "totp_required" && address("field") === "google") setStep("google");
    else if (told === "account_suspended") setStep("suspended");
    else refuse({ code: told, detail: sentences[told] ?? sentences[""], faults: {} });
  }, [told]);
  const start = () => { refuse(null); setStep("password"); };
  const submit = async (event) => {
    event.preventDefault();
    if (!complete(form.current)) return undefined;
    const given = typed(form.current);
    delete given.next;
    const google_step = step === "google";
    const answer = google_step
      ? await ask("POST", "/api/v1/auth/google/totp", { code: given.totp_code })
      : await ask("POST", "/api/v1/auth/login", given);
    if (answer.ok) return onwards(inAddress("next") || address("next"));
    if (answer.code === "totp_required") { refuse(null); return setStep("code"); }
    if (answer.code === "account_suspended") return setStep("suspended");
    const detail = step === "password" ? sentences[answer.code] : answer.code === "invalid_credentials" ? NOT_A_CODE : sentences[answer.code];
    return refuse({ ...answer, detail: detail ?? answer.detail });
  };
  if (step === "suspended") return <Suspended onBack={start} />;
  const second = step !== "password";
  const notice = notices[address("notice")];
  return (
    <>
      <div><h1>{second ? "One more step" : "Sign in"}</h1><p className="muted">{second ? "This account is protected by a second factor" : "Conversations, drafts and inventory"}</p></div>
      {notice && !second ? <Banner tone="success" Icon={CircleCheck}>{notice}</Banner> : null}
      <form ref={form} method="post" action="/api/v1/auth/login" noValidate onSubmit={submit}>
        {google && !second ? <Google next={next} /> : null}
        {second ? null : <Refusal refusal={refusal} labels={LABELS} />}
        <div className="form-step" hidden={second}>
          <Field label="E-mail" name="email" type="email" autoComplete="username" required={!second} autoFocus fault={refusal?.faults.email} />
          <Password required={!second} fault={refusal?.faults.password} beside={<a className="small" href="/forgot-password">Forgot it?</a>} />
          <button type={second ? "button" : "submit"} className="btn btn-primary" disabled={busy || second} aria-busy={busy}>Sign in</button>
        </div>
        {second ? <CodeStep busy={busy} refusal={refusal} onBack={start} /> : null}
        <input type="hidden" name="next" value={next} readOnly />
      </form>
      {second ? null : <p className="small muted">No account yet? <a href={door("/register", next)}>Create one</a>.</p>}
    </>
  );
}

const taken = (answer) => {
  const field = TAKEN[answer.code];
  return field ? { ...answer, faults: { [field]: answer.detail } } : answer;
};

export function SignUp({ google, sentences }) {
  const address = useAddress();
  const { busy, refusal, faults, ask, refuse, complete } = useAsking();
  const form = useRef(null);
  const told = address("error");
  useEffect(() => { if (told) refuse({ code: told, detail: sentences[told] ?? sentences[""], faults: {} }); }, [told]);
  const submit = async (event) => {
    event.preventDefault();
    if (!complete(form.current)) return undefined;
    const given = typed(form.current);
    delete given.next;
    const answer = await ask("POST", "/api/v1/auth/register", given);
    if (answer.ok) return onwards(inAddress("next") || address("next"));
    return refuse(taken(answer));
  };
  const email = () => form.current?.elements.email.value ?? "";
  return (
    <>
      <div><h1>Create an account</h1><p className="muted">It takes a minute</p></div>
      <form ref={form} method="post" action="/api/v1/auth/register" noValidate onSubmit={submit}>
        {google ? <Google next={address("next")} /> : null}
        <Refusal refusal={refusal} labels={LABELS} />
        <Field label="E-mail" name="email" type="email" autoComplete="email" required fault={faults.email} />
        <Field label="Username" name="username" required minLength={3} maxLength={30} pattern="[A-Za-z0-9_]{3,30}" autoComplete="nickname" help="3 to 30 letters, digits or _" rule="Write 3 to 30 letters, digits or _" fault={faults.username} />
        <Field label="Your name" name="display_name" maxLength={200} autoComplete="name" help="As colleagues will see it" fault={faults.display_name} />
        <NewPassword email={email} fault={faults.password} />
        <input type="hidden" name="next" value={address("next")} readOnly />
        <button type="submit" className="btn btn-primary" disabled={busy} aria-busy={busy}>Create account</button>
      </form>
      <p className="small muted">Have an account? <a href={door("/login", address("next"))}>Sign in</a>.</p>
    </>
  );
}

