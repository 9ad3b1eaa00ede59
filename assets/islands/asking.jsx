// What the forms of an account share: they post to the API themselves, so that no password passes through the screens' state.
import { useEffect, useRef, useState } from "react";
import { Check, Circle, CircleAlert, CircleCheck, Copy } from "lucide-react";
import { Reveal } from "./reveal.jsx";
import { readCommon, rulesOf, scoreOf } from "./strength.js";

const UNREACHED = "The server could not be reached. What you typed is still here; try again.";
const ENDED = new Set(["unauthorized", "token_expired"]);
const SCORES = ["", "Not enough", "Fair", "Good", "Strong"];
const RULES = {
  length: "10 to 256 characters",
  name: "Does not contain the name of your e-mail",
  common: "Not among the commonest passwords",
};

const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);

function faultsOf(errors) {
  const faults = {};
  for (const { field, message } of errors ?? []) {
    const name = field.replace(/^body\.?/, "").split(".")[0] || "form";
    faults[name] = faults[name] ? `${faults[name]}; ${message}` : sentence(message);
  }
  return faults;
}

async function bodyOf(answer) {
  try {
    return await answer.json();
  } catch {
    return {};
  }
}

// Answers {ok, data, code, detail, faults}; whose session has ended is led to the sign-in page.
export async function send(method, path, body) {
  const plain = body === undefined || body instanceof FormData;
  const options = plain ? { method, body } : { method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  let answer;
  try {
    answer = await fetch(path, { ...options, cache: "no-store" });
  } catch {
    return { ok: false, code: "unreached", detail: UNREACHED, faults: {} };
  }
  const said = answer.status === 204 ? {} : await bodyOf(answer);
  if (answer.ok) return { ok: true, data: said.data ?? {}, faults: {} };
  if (ENDED.has(said.code)) window.location.assign(`/login?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);
  const detail = said.detail ?? "That did not work. Try again in a moment.";
  return { ok: false, code: said.code ?? "", detail, faults: faultsOf(said.errors), requestId: said.request_id };
}

// A form's texts by name, empty ones left out.
export const typed = (form) => Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));

// The path to go on to, never another site: a path that begins with two slashes would name one.
export function inside(wanted) {
  if (!URL.canParse(wanted || "/", window.location.origin)) return "/";
  const target = new URL(wanted || "/", window.location.origin);
  const ours = target.origin === window.location.origin && !target.pathname.startsWith("//");
  return ours ? target.pathname + target.search : "/";
}

// What a field lacks, in words of the house: the browser's own bubble would lie over the help, and no screen reader finds it there again.
function lack({ validity, dataset, type, minLength }) {
  if (validity.valueMissing) return "Fill this in";
  if (dataset.rule) return dataset.rule;
  if (validity.typeMismatch && type === "email") return "Write a whole address, such as ana@example.com";
  return validity.tooShort ? `Write at least ${minLength} characters` : "This can't be read";
}

function lacks(form) {
  const wrong = [...form.elements].filter((field) => field.name && field.willValidate && !field.validity.valid);
  return Object.fromEntries(wrong.map((field) => [field.name, lack(field)]));
}

export function useAsking() {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState(null);
  const ask = async (...request) => {
    setBusy(true);
    setRefusal(null);
    const answer = await send(...request);
    setBusy(false);
    if (!answer.ok) setRefusal(answer);
    return answer;
  };
  // Whether every field of a form is as it must be; if not, each that is not says so under itself.
  const complete = (form) => {
    const faults = lacks(form);
    const whole = Object.keys(faults).length === 0;
    if (!whole) setRefusal({ ok: false, code: "", detail: "Some fields are not filled in yet.", faults });
    return whole;
  };
  return { busy, refusal, faults: refusal?.faults ?? {}, ask, refuse: setRefusal, complete };
}

export const Sign = ({ Icon, size = 16 }) => <Icon className={size === 16 ? "i" : `i i-${size}`} aria-hidden="true" />;

export function Banner({ tone = "danger", Icon = CircleAlert, children }) {
  return <div className={`banner banner-${tone}`} role={tone === "danger" ? "alert" : "status"}><Sign Icon={Icon} /><span className="grow">{children}</span></div>;
}

// What was wrong with the whole form, and the way to each field that has a fault of its own.
export function Refusal({ refusal, labels }) {
  const place = useRef(null);
  const named = Object.keys(refusal?.faults ?? {}).filter((name) => name in labels);
  useEffect(() => { if (refusal) document.getElementById(named[0])?.focus(); }, [refusal]);
  if (!refusal) return null;
  return (
    <div ref={place} className="banner banner-danger" role="alert">
      <Sign Icon={CircleAlert} />
      {named.length ? (
        <span className="grow">Look again at {named.map((name, index) => <span key={name}>{index ? ", " : ""}<a href={`#${name}`} onClick={(event) => { event.preventDefault(); document.getElementById(name)?.focus(); }}>{labels[name]}</a></span>)}.</span>
      ) : (
        <span className="grow">{refusal.detail}</span>
      )}
    </div>
  );
}

// `rule` is what is said where the value does not fit `pattern`; `about` is the id of what else describes the field.
export function Field({ label, name, help, fault, beside, trailing, children, rule, about, ...input }) {
  const told = [about, help && `${name}-help`, fault && `${name}-error`].filter(Boolean).join(" ") || undefined;
  const words = <label htmlFor={name} className="label">{label}</label>;
  return (
    <div className={fault ? "field has-error" : "field"}>
      {beside ? <span className="row"><span className="grow">{words}</span>{beside}</span> : words}
      <span className="input">
        {children ?? <input id={name} name={name} aria-describedby={told} aria-invalid={fault ? "true" : undefined} data-rule={rule} {...input} />}
        {trailing}
      </span>
      {help ? <span className="help" id={`${name}-help`}>{help}</span> : null}
      {fault ? <span className="field-error" id={`${name}-error`}><Sign Icon={CircleAlert} size={12} />{fault}</span> : null}
    </div>
  );
}

export const Password = ({ name = "password", label = "Password", autoComplete = "current-password", ...more }) => (
  <Field label={label} name={name} type="password" autoComplete={autoComplete} required trailing={<Reveal target={name} />} {...more} />
);

let listed = null;

function loadCommon() {
  listed ??= fetch("/common_passwords.txt").then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.statusText)))).then(readCommon);
  return listed;
}

const Rule = ({ holds, children }) => (
  <li className={holds ? "rule is-met" : "rule"}><Sign Icon={holds ? CircleCheck : Circle} size={14} />{children}<span className="sr">{holds ? ": met" : ": not yet met"}</span></li>
);

// A new password with the rules it meets; `email` reads the address at the moment of asking.
export function NewPassword({ name = "password", label = "Password", email, fault, nameRule = true }) {
  const [common, setCommon] = useState(null);
  const [state, setState] = useState({ rules: {}, score: 0 });
  const field = () => document.getElementById(name);
  const look = (list) => {
    const rules = rulesOf(field().value, email(), list);
    if (!nameRule) delete rules.name;
    setState({ rules, score: list ? scoreOf(field().value, rules) : 0 });
  };
  const prepare = () => loadCommon().then((list) => { setCommon(list); if (field()) look(list); }, () => { listed = null; });
  const type = () => { look(common); if (!common) prepare(); };
  useEffect(() => { if (field().value) type(); }, []); // typed before the page woke
  const shown = Object.entries(RULES).filter(([rule]) => nameRule || rule !== "name");
  return (
    <div className="new-password" onInput={type} onFocus={common ? undefined : prepare}>
      <Password name={name} label={label} autoComplete="new-password" fault={fault} about={`${name}-rules`} />
      <div className="strength" data-score={state.score} aria-hidden="true">{[1, 2, 3, 4].map((step) => <span key={step} />)}</div>
      <p className="strength-word small" role="status">{state.score ? <>Strength: <b>{SCORES[state.score]}</b></> : <span className="muted">Several unrelated words are strong and easy to keep.</span>}</p>
      <ul className="rules small" id={`${name}-rules`}>{shown.map(([rule, words]) => <Rule key={rule} holds={Boolean(state.rules[rule])}>{words}</Rule>)}</ul>
    </div>
  );
}

export function CopyButton({ text, label = "Copy" }) {
  const [done, setDone] = useState(false);
  const copy = async () => { await navigator.clipboard.writeText(text); setDone(true); setTimeout(() => setDone(false), 4000); };
  return <button type="button" className="btn" onClick={copy}><Sign Icon={done ? Check : Copy} /><span role="status">{done ? "Copied" : label}</span></button>;
}

// Has the browser save a file that was made here.
export function saveAs(name, type, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
