// The second factor. Its secret and the recovery codes are here while they are shown, and nowhere else.
import { useEffect, useRef, useState } from "react";
import { CircleCheck, CircleMinus, Download, RefreshCw, ShieldCheck, TriangleAlert } from "lucide-react";
import { LeaveGuard } from "./leave_guard.jsx";
import { Banner, CopyButton, Field, Password, Refusal, Sign, saveAs, typed, useAsking } from "./asking.jsx";

const LABELS = { code: "Code", password: "Password" };
const FEW = 3;
const grouped = (secret) => secret.match(/.{1,4}/g).join(" ");

function Codes({ codes, renewed, onDone }) {
  const text = codes.join("\n");
  return (
    <div className="form">
      <LeaveGuard dirty title="Leave without the recovery codes?" words="They are shown only now. Without them and without your authenticator you can't sign in." />
      <Banner tone="success" Icon={CircleCheck}>{renewed ? "These replace the recovery codes that you had." : "The second factor is on."} Keep them: they are shown only now.</Banner>
      <p className="muted">Each lets you in once when your authenticator is out of reach. Keep them where the password is not.</p>
      <ol className="codes" aria-label="Recovery codes">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ol>
      <div className="row wrap">
        <CopyButton text={text} label="Copy all" />
        <button type="button" className="btn" onClick={() => saveAs("dealsmart-recovery-codes.txt", "text/plain", `${text}\n`)}><Sign Icon={Download} />Download</button>
        <span className="grow" />
        <button type="button" className="btn btn-primary" onClick={onDone}>I have kept them</button>
      </div>
    </div>
  );
}

function Enrolment({ made, onCodes, onCancel }) {
  const { busy, refusal, faults, ask, complete } = useAsking();
  const form = useRef(null);
  const submit = async (event) => {
    event.preventDefault();
    if (!complete(form.current)) return;
    const answer = await ask("POST", "/api/v1/auth/totp/confirm", typed(form.current));
    if (answer.ok) onCodes(answer.data.recovery_codes);
  };
  return (
    <form ref={form} className="form" method="post" noValidate onSubmit={submit}>
      <ol className="steps">
        <li>
          <p>Scan this with an authenticator, such as the one of your password manager or telephone.</p>
          <div className="qr" role="img" aria-label="QR code of the secret" dangerouslySetInnerHTML={{ __html: made.svg }} />
          <p className="small muted">It cannot scan? Type this secret instead:</p>
          <div className="row wrap"><code className="secret">{grouped(made.secret)}</code><CopyButton text={made.secret} /></div>
        </li>
        <li>
          <Refusal refusal={refusal} labels={LABELS} />
          <Field label="Code" name="code" required inputMode="numeric" maxLength={10} autoComplete="one-time-code" help="The six digits that it shows now" fault={faults.code} />
        </li>
      </ol>
      <div className="row">
        <button type="submit" className="btn btn-primary" disabled={busy} aria-busy={busy}>Switch it on</button>
        <button type="button" className="btn" onClick={onCancel}>Cancel</button>
      </div>
    </form>
  );
}

// What only the account's owner may do to his second factor: said first, then proved by his password.
function Proved({ method, path, words, keep, act, danger, hasPassword, onDone, onCancel }) {
  const { busy, refusal, faults, ask, refuse, complete } = useAsking();
  const form = useRef(null);
  const submit = async (event) => {
    event.preventDefault();
    if (!complete(form.current)) return;
    const answer = await ask(method, path, typed(form.current));
    if (answer.ok) onDone(answer.data);
    else if (answer.code === "invalid_credentials" && hasPassword) refuse({ ...answer, faults: { password: "The password is wrong" } });
  };
  return (
    <form ref={form} className="form" method="post" noValidate onSubmit={submit}>
      <Banner tone="warning" Icon={TriangleAlert}>{words}</Banner>
      <Refusal refusal={refusal} labels={LABELS} />
      {hasPassword ? <Password fault={faults.password} autoFocus /> : <p className="muted">You have no password: this works within five minutes after you signed in with Google.</p>}
      <div className="row wrap">
        <button type="button" className="btn" onClick={onCancel}>{keep}</button>
        <button type="submit" className={danger ? "btn btn-danger" : "btn btn-primary"} disabled={busy} aria-busy={busy}>{act}</button>
      </div>
    </form>
  );
}

const SwitchOff = (rest) => (
  <Proved method="DELETE" path="/api/v1/auth/totp" keep="Keep it on" act="Switch it off" danger words="From then on the password alone is enough. The recovery codes lapse; we tell you by mail." {...rest} />
);

const NewCodes = (rest) => (
  <Proved method="POST" path="/api/v1/auth/totp/recovery-codes" keep="Keep those I have" act="Make new codes" words="The codes that you have open nothing any more once the new ones are shown; we tell you by mail." {...rest} />
);

const Left = ({ count }) => (
  <p className={count < FEW ? "row warn" : "row muted"}>
    {count < FEW ? <Sign Icon={TriangleAlert} size={14} /> : null}
    {count === 1 ? "1 recovery code is left." : `${count} recovery codes are left.`} {count < FEW ? "Make new ones before you need them." : "Lost them, or somebody saw them? Make new ones."}
  </p>
);

export function TwoFactor({ enabled, codesLeft, hasPassword, onEnroll, onDone }) {
  const [made, setMade] = useState(null);
  const [codes, setCodes] = useState(null);
  const [doing, setDoing] = useState("");
  useEffect(() => {
    const take = (event) => setMade(event.detail);
    window.addEventListener("hub:totp", take);
    return () => window.removeEventListener("hub:totp", take);
  }, []);
  const take = (given) => { setMade(null); setCodes(given); };
  const finish = () => { setCodes(null); setDoing(""); onDone?.(); };
  const proof = { hasPassword, onCancel: () => setDoing("") };
  if (codes) return <Codes codes={codes} renewed={doing === "codes"} onDone={finish} />;
  if (made) return <Enrolment made={made} onCodes={take} onCancel={() => setMade(null)} />;
  if (enabled && doing === "off") return <SwitchOff {...proof} onDone={finish} />;
  if (enabled && doing === "codes") return <NewCodes {...proof} onDone={(answer) => take(answer.recovery_codes)} />;
  return enabled ? (
    <div className="form">
      <div><span className="st st-success"><Sign Icon={CircleCheck} size={12} />On</span></div>
      <p className="muted">Signing in asks for a code of your authenticator beside the password.</p>
      <Left count={codesLeft} />
      <div className="row wrap">
        <button type="button" className="btn" onClick={() => setDoing("codes")}><Sign Icon={RefreshCw} />New recovery codes…</button>
        <button type="button" className="btn" onClick={() => setDoing("off")}>Switch it off…</button>
      </div>
    </div>
  ) : (
    <div className="form">
      <div><span className="st st-neutral"><Sign Icon={CircleMinus} size={12} />Off</span></div>
      <p className="muted">With it, signing in asks for a code of your authenticator too: a stolen password alone opens nothing.</p>
      <div><button type="button" className="btn" onClick={() => onEnroll?.()}><Sign Icon={ShieldCheck} />Set it up</button></div>
    </div>
  );
}
