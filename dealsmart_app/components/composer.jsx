// The composer: reply or private note, the edited draft with its verdicts, canned responses.
import { useEffect, useRef, useState } from "react";
import { CircleX, Lock, PenLine, Send, SquareSlash, WifiOff } from "lucide-react";
import { segments, LOOK } from "./claims.jsx";
import { Flags, StandBehind, verdictOf } from "./draft.jsx";

const LIMIT = 10000;
const MOD = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl ";

function useOnline() {
  const [online, setOnline] = useState(true);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    look();
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => { window.removeEventListener("online", look); window.removeEventListener("offline", look); };
  }, []);
  return online;
}

// A textarea that grows with its text; a copy behind it carries the claims' underlines.
function Paper({ field, text, claims, placeholder, label, onText, onKeyDown }) {
  useEffect(() => {
    const area = field.current;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);
  return (
    <div className="paper">
      {claims.length ? <div className="mirror pre" aria-hidden="true">{segments(text, claims).map((piece, at) => <span key={at} className={piece.claim ? `cl ${LOOK[piece.claim.verdict].mark}` : ""}>{piece.text}</span>)}{"\n"}</div> : null}
      <textarea ref={field} id="composer-text" rows={1} aria-label={label} placeholder={placeholder} value={text} maxLength={LIMIT} onChange={(event) => onText(event.target.value)} onKeyDown={onKeyDown} />
    </div>
  );
}

function Canned({ canned, name, onPick, query, onClose }) {
  const box = useRef(null);
  const words = query.toLowerCase();
  const found = canned.filter((one) => !words || one.title.toLowerCase().includes(words) || (one.shortcut ?? "").toLowerCase().startsWith(words)).slice(0, 8);
  const move = (event) => {
    const options = [...box.current.querySelectorAll("button")];
    const at = options.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (to !== undefined && options[to]) { event.preventDefault(); options[to].focus(); }
    if (event.key === "Escape") { event.stopPropagation(); onClose(); }
  };
  return (
    <div className="pop menu canned" role="group" aria-label="Canned responses" ref={box} onKeyDown={move}>
      {found.map((one) => (
        <button key={one.id} type="button" onClick={() => onPick(one.content.replaceAll("{name}", name))}>
          <span className="stack grow"><b className="strong trunc">{one.title}</b><span className="small muted trunc">{one.content}</span></span>{one.shortcut ? <kbd>/{one.shortcut}</kbd> : null}
        </button>
      ))}
      {found.length ? null : <p className="muted small">{canned.length ? `No canned response matches “${query}”.` : "There are no canned responses yet. An administrator can add them."}</p>}
    </div>
  );
}

function Editing({ claims, checking, stand, onStand, onRestore, onCancel, needsTick }) {
  const look = verdictOf(claims, null);
  const red = claims.filter((claim) => claim.verdict === "unsupported").length;
  return (
    <div className="editing draft" data-tone={checking ? undefined : look.tone}>
      <div className="draft-head" role="status"><PenLine className="i" aria-hidden="true" /><span className="ttl trunc">Edited <small>· {checking ? "checking the facts" : look.title}</small></span>
        <button type="button" className="btn btn-ghost btn-sm" onClick={onRestore}>Restore original</button><button type="button" className="btn btn-ghost btn-sm" data-hotkey="escape" onClick={onCancel}>Done</button></div>
      {checking ? null : <Flags claims={claims} compact />}
      {!checking && needsTick ? <StandBehind checked={stand} onChange={onStand} count={red} /> : null}
    </div>
  );
}

function Problem({ problem, onAgain }) {
  const newer = problem.code === "newer_message";
  return (
    <p className="draft-note small bad" role="alert"><CircleX className="i i-14" aria-hidden="true" />
      <span className="grow"><b className="strong">Not sent.</b> {newer ? "Somebody wrote meanwhile; read it above." : problem.detail} Your text is kept.</span>
      <button type="button" className="btn btn-sm" onClick={onAgain}>{newer ? "Send all the same" : "Try again"}</button></p>
  );
}

export function Composer({ name, mode, text, edit, claims, checking, canned, busy, problem, doNotContact, needsTick, onMode, onText, onSend, onRestore, onCancel }) {
  const field = useRef(null);
  const [menu, setMenu] = useState(false);
  const [stand, setStand] = useState(false);
  const online = useOnline();
  const note = mode === "note" && !edit;
  useEffect(() => setStand(false), [text, edit?.id]);
  const slash = !edit && /^\/\S*$/.test(text) ? text.slice(1) : null;
  const why = !text.trim() ? "Nothing written yet" : !online ? "You are offline; the text is kept" : busy ? "Sending" : edit && checking ? "The facts are being checked" : edit && needsTick && !stand ? "Mend what has no source, or say that you stand behind it" : "";
  const send = () => { if (!why) onSend(stand); };
  const pick = (content) => { onText(slash !== null || !text ? content : `${text.trimEnd()} ${content}`); setMenu(false); field.current.focus(); };
  const keys = (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) { event.preventDefault(); event.stopPropagation(); send(); }
    if (event.key === "Escape" && menu) { event.stopPropagation(); setMenu(false); }
    if (event.key === "ArrowDown" && (menu || slash !== null)) { event.preventDefault(); document.querySelector(".canned button")?.focus(); }
  };
  const tab = (value, words, Icon, key) => (
    <button type="button" role="radio" className="tab" aria-checked={(edit ? "reply" : mode) === value} data-hotkey={key} onClick={() => { onMode(value); field.current.focus(); }}>{Icon ? <Icon className="i i-14" aria-hidden="true" /> : null}{words}</button>
  );
  return (
    <div className={`composer${note ? " is-note" : ""}`} data-composer="">
      {edit ? <Editing claims={claims} checking={checking} stand={stand} onStand={setStand} needsTick={needsTick} onRestore={onRestore} onCancel={onCancel} /> : (
        <div className="ch">
          <span className="row" role="radiogroup" aria-label="Write" style={{ gap: 2 }}>{tab("reply", "Reply", null, "r")}{tab("note", "Note", Lock, "n")}</span>
          <span className="grow" /><span className="muted small trunc">{note ? "Only your team sees this" : doNotContact ? "This customer asked not to be contacted" : ""}</span>
        </div>
      )}
      {problem ? <Problem problem={problem} onAgain={() => onSend(stand, problem.code === "newer_message")} /> : null}
      <Paper field={field} text={text} claims={edit && !checking ? claims : []} label={note ? "Private note" : edit ? "Edited draft" : `Reply to ${name}`}
        placeholder={note ? "Write a note for your team" : `Write to ${name}, or press / for a canned response`} onText={onText} onKeyDown={keys} />
      {menu || slash !== null ? <Canned canned={canned} name={name} query={slash ?? ""} onPick={pick} onClose={() => { setMenu(false); field.current.focus(); }} /> : null}
      <div className="cf">
        {edit ? null : <button type="button" className="tool" aria-label="Canned responses" title="Canned responses (M)" aria-expanded={menu} data-hotkey="m" onClick={() => setMenu(!menu)}><SquareSlash className="i" aria-hidden="true" /></button>}
        <span className="grow" />
        <span className="muted small kept" role="status">{!online ? <><WifiOff className="i i-12" aria-hidden="true" /> Offline, kept on this device</> : busy ? "Sending…" : text ? (text.length > LIMIT - 1000 ? `${LIMIT - text.length} characters left` : "Kept on this device") : ""}</span>
        <button type="button" className={`btn btn-sm${text.trim() && !note ? " btn-primary" : ""}`} aria-disabled={Boolean(why) || undefined} title={why || undefined} onClick={send}>
          <Send className="i i-14" aria-hidden="true" />{note ? "Add note" : "Send"} <kbd className="hide-m" aria-hidden="true">{MOD}⏎</kbd></button>
      </div>
    </div>
  );
}
