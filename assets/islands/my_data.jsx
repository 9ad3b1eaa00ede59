// All that is held about oneself, as a file; and the end of the account.
import { useRef, useState } from "react";
import { Download, KeyRound, LogOut, MessageSquare, Trash2, Undo2, UserX } from "lucide-react";
import { Banner, Field, Password, Refusal, Sign, saveAs, typed, useAsking } from "./asking.jsx";

const LABELS = { username: "Username", password: "Password" };
const CONSEQUENCES = [
  [LogOut, "You are signed out everywhere, at once"],
  [KeyRound, "Your API keys open nothing any more"],
  [UserX, "Name, e-mail, picture and settings are erased; the e-mail is free for a new account"],
  [MessageSquare, "Messages that you sent to customers stay, without your name"],
  [Undo2, "This cannot be undone"],
];

export function ExportData({ username }) {
  const { busy, refusal, ask } = useAsking();
  const fetchIt = async () => {
    const answer = await ask("GET", "/api/v1/users/me/export");
    if (!answer.ok) return;
    const day = new Date().toISOString().slice(0, 10);
    saveAs(`dealsmart-${username}-${day}.json`, "application/json", JSON.stringify(answer.data, null, 2));
  };
  return (
    <>
      {refusal ? <Banner>{refusal.detail}</Banner> : null}
      <div><button type="button" className="btn" disabled={busy} aria-busy={busy} onClick={fetchIt}><Sign Icon={Download} />{busy ? "Gathering" : "Download"}</button></div>
    </>
  );
}

const Consequences = () => (
  <ul className="cons">{CONSEQUENCES.map(([Icon, words]) => <li key={words}><Sign Icon={Icon} size={14} />{words}</li>)}</ul>
);

export function DeleteAccount({ username, hasPassword }) {
  const { busy, refusal, faults, ask, refuse, complete } = useAsking();
  const [open, setOpen] = useState(false);
  const form = useRef(null);
  const submit = async (event) => {
    event.preventDefault();
    const given = typed(form.current);
    if (given.username?.trim().toLowerCase() !== username) { refuse({ detail: "", faults: { username: `Type ${username} to confirm` } }); return; }
    if (!complete(form.current)) return;
    const answer = await ask("DELETE", "/api/v1/users/me", hasPassword ? { password: given.password } : {});
    if (answer.ok) window.location.assign("/login?notice=deleted");
    else if (answer.code === "invalid_credentials" && hasPassword) refuse({ ...answer, faults: { password: "The password is wrong" } });
  };
  if (!open) {
    return (
      <>
        <p>What happens then:</p>
        <Consequences />
        <div><button type="button" className="btn" onClick={() => setOpen(true)}><Sign Icon={Trash2} />Delete my account…</button></div>
      </>
    );
  }
  return (
    <form ref={form} className="form" method="post" noValidate onSubmit={submit}>
      <Consequences />
      <Refusal refusal={refusal} labels={LABELS} />
      <Field label={<>Type <b>{username}</b> to confirm</>} name="username" required autoComplete="off" autoCapitalize="off" spellCheck={false} autoFocus fault={faults.username} />
      {hasPassword ? <Password fault={faults.password} /> : <p className="muted">You have no password: this works within five minutes after you signed in with Google.</p>}
      <div className="row">
        <button type="button" className="btn" onClick={() => { refuse(null); setOpen(false); }}>Cancel</button>
        <button type="submit" className="btn btn-danger" disabled={busy} aria-busy={busy}>Delete my account</button>
      </div>
    </form>
  );
}
