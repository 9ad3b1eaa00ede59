// A new API key. Its secret is in this window while it is shown, and nowhere else.
import { useRef, useState } from "react";
import { ChevronDown, CircleCheck } from "lucide-react";
import { Banner, CopyButton, Field, Refusal, Sign, useAsking } from "./asking.jsx";

const LABELS = { name: "Name", scopes: "Scopes", expires_at: "Good for", daily_quota: "Requests a day" };
const ENDS = [["30", "30 days"], ["90", "90 days"], ["365", "A year"], ["", "Without end"]];
const DAY_MS = 86400000;

function bodyOf(form) {
  const given = new FormData(form);
  const days = Number(given.get("days"));
  const quota = given.get("daily_quota");
  return {
    name: given.get("name"),
    scopes: given.getAll("scopes"),
    ...(days ? { expires_at: new Date(Date.now() + days * DAY_MS).toISOString() } : {}),
    ...(quota ? { daily_quota: Number(quota) } : {}),
  };
}

function Made({ made, onDone }) {
  return (
    <div className="form">
      <Banner tone="success" Icon={CircleCheck}>{made.name} is made. Its secret is shown only now.</Banner>
      <div className="row wrap"><code className="secret grow" aria-label="Secret of the new key">{made.secret}</code><CopyButton text={made.secret} /></div>
      <p className="muted small">Send it as the header <code>X-API-Key</code>. Lost it? Revoke the key and make another one.</p>
      <div><button type="button" className="btn btn-primary" onClick={onDone}>I have kept it</button></div>
    </div>
  );
}

const Scope = ({ scope, told }) => (
  <label className="scope">
    <input type="checkbox" className="check" name="scopes" value={scope.value} />
    <span className="stack"><span><code>{scope.value}</code> <span className="muted">{scope.words}</span></span>{told && scope.note ? <span className="help">{scope.note}</span> : null}</span>
  </label>
);

export function NewKey({ scopes, onDone }) {
  const { busy, refusal, faults, ask, refuse, complete } = useAsking();
  const [made, setMade] = useState(null);
  const form = useRef(null);
  const nothing = scopes.every((scope) => scope.note);
  const submit = async (event) => {
    event.preventDefault();
    if (!complete(form.current)) return;
    const body = bodyOf(form.current);
    if (!body.scopes.length) { refuse({ code: "", detail: "", faults: { scopes: "Choose at least one" } }); return; }
    const answer = await ask("POST", "/api/v1/api-keys", body);
    if (answer.ok) { setMade(answer.data); onDone?.(); }
  };
  if (made) return <Made made={made} onDone={() => setMade(null)} />;
  return (
    <form ref={form} className="form" method="post" noValidate onSubmit={submit}>
      <Refusal refusal={refusal} labels={LABELS} />
      <Field label="Name" name="name" required maxLength={200} help="What will use it, such as Website leads" fault={faults.name} />
      <fieldset className="scopes" aria-describedby={faults.scopes ? "scopes-error" : undefined}>
        <legend className="label" id="scopes" tabIndex={-1}>Scopes</legend>
        {nothing ? <span className="help">None of these opens anything with your role today</span> : null}
        {scopes.map((scope) => <Scope key={scope.value} scope={scope} told={!nothing} />)}
        {faults.scopes ? <span className="field-error" id="scopes-error">{faults.scopes}</span> : null}
      </fieldset>
      <div className="cols">
        <Field label="Good for" name="days" fault={faults.expires_at}>
          <select id="days" name="days" defaultValue="90">{ENDS.map(([value, words]) => <option key={words} value={value}>{words}</option>)}</select>
          <Sign Icon={ChevronDown} size={14} />
        </Field>
        <Field label="Requests a day" name="daily_quota" type="number" min={1} max={1000000000} inputMode="numeric" rule="Write a whole number from 1 to 1,000,000,000" help="Empty: only the limits that hold for everybody" fault={faults.daily_quota} />
      </div>
      <div><button type="submit" className="btn btn-primary" disabled={busy} aria-busy={busy}>Make the key</button></div>
    </form>
  );
}
