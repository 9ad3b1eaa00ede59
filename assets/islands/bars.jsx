// The panel's states beside a finished draft: none, under way, failed, out of date, rejected, not to be had.
import { useEffect, useRef, useState } from "react";
import { CloudOff, History, Loader, Lock, MessageSquareX, ScanSearch, Sparkles, X } from "lucide-react";
import { ClaimText } from "./claims.jsx";
import { Kbd, MOD, plural, since, useNow } from "./parts.jsx";

const REASONS = [["wrong_facts", "Wrong facts"], ["wrong_tone", "Wrong tone"], ["not_helpful", "Not helpful"], ["too_long", "Too long"], ["other", "Something else"]];
const ENGINE = {
  off: ["AI is off · drafts from records", "AI is switched off on this server: drafts come from your records alone"],
  none: ["No AI connected · drafts from records", "No AI provider is connected: drafts come from your records alone. An administrator can connect one"],
};
const HIDDEN_MS = 60000;
const SLOW_S = 8;

export function Shell({ tone, Icon, title, note, actions, children, busy }) {
  return (
    <section className="draft" data-tone={tone} data-panel="" role="region" aria-labelledby="draft-title" aria-busy={busy || undefined}>
      <div className="draft-head"><Icon className={`i${busy ? " spin" : ""}`} aria-hidden="true" /><span className="ttl trunc" id="draft-title">{title}{note ? <small> {note}</small> : null}</span>{actions}</div>
      {children}
    </section>
  );
}

export function DraftBar({ engine, onDraft }) {
  return (
    <section className="draft" data-panel="" aria-label="AI draft">
      <div className="draft-bar">
        <Sparkles className="i" aria-hidden="true" />
        <button type="button" className="strong draft-start" data-hotkey="mod+j" onClick={() => onDraft()}>Draft with AI</button><span className="hide-m"><Kbd>{MOD}J</Kbd></span>
        <span className="grow" />{ENGINE[engine] ? <span className="small muted trunc" title={ENGINE[engine][1]}>{ENGINE[engine][0]}</span> : null}
      </div>
    </section>
  );
}

export function DraftStream({ draft, onStop, onTemplate }) {
  const now = useNow(1000);
  const seconds = Math.max(0, Math.round((now - draft.started_at) / 1000));
  const read = draft.reading ?? {};
  const words = draft.phase === "verifying" ? "Checking the facts"
    : draft.phase === "generating" && draft.text ? "Writing"
    : read.messages === undefined ? "Reading the conversation"
    : `Reading ${plural(read.messages, "message")}, ${plural(read.vehicles, "vehicle")}, ${plural(read.policies, "policy", "policies")}`;
  const stop = <button type="button" className="btn btn-sm btn-ghost" data-hotkey="escape" onClick={onStop}>Stop <Kbd>Esc</Kbd></button>;
  return (
    <Shell Icon={draft.phase === "verifying" ? ScanSearch : Loader} title={words} note={seconds >= 3 ? `${seconds} s` : ""} actions={stop} busy>
      {draft.text ? <div className="draft-text" aria-hidden="true"><ClaimText content={draft.text} claims={[]} checking caret={draft.phase !== "verifying"} /></div> : <div className="draft-text" aria-hidden="true"><span className="sk w-90" /><span className="sk w-60" /></div>}
      {seconds >= SLOW_S ? <p className="draft-foot small muted"><span className="grow">This takes longer than usual. You can stop and write yourself; nothing you typed is lost.</span><button type="button" className="btn btn-sm" onClick={onTemplate}>Use a template</button></p> : null}
    </Shell>
  );
}

export function DraftFailed({ problem, onRetry, onTemplate, onDismiss }) {
  return (
    <Shell Icon={CloudOff} title={problem.detail} note={problem.request_id ? `Request ${problem.request_id}` : ""}>
      <div className="draft-foot flush">
        <button type="button" className="btn btn-sm" data-hotkey="shift+mod+j" onClick={onRetry}>Try again</button>
        <button type="button" className="btn btn-sm" onClick={onTemplate}>Use a template</button>
        <button type="button" className="btn btn-sm btn-ghost" onClick={onDismiss}>Write it myself</button>
        <span className="small muted">You can still reply.</span>
      </div>
    </Shell>
  );
}

// Hidden for a minute after it was dismissed, on every conversation alike.
let hiddenUntil = 0;
function useDismissed() {
  const [, redraw] = useState(0);
  const left = hiddenUntil - Date.now();
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => redraw((count) => count + 1), left);
    return () => clearTimeout(timer);
  }, [hiddenUntil]);
  return [left > 0, () => { hiddenUntil = Date.now() + HIDDEN_MS; redraw((count) => count + 1); }];
}

// No provider wrote this draft: why, since when, and what can be done instead.
export function Outage({ failures, lastGood, now, onRetry, onTemplate }) {
  const [hidden, dismiss] = useDismissed();
  if (hidden) return null;
  const why = failures?.length ? ` ${failures.join(", ")}.` : "";
  const last = lastGood ? ` It last wrote a draft ${since(lastGood, now)}.` : "";
  return (
    <div className="draft-note small outage" role="status">
      <CloudOff className="i i-14" aria-hidden="true" /><span className="grow"><b className="strong">AI is unavailable.</b>{why}{last} You can still reply; this draft was put together from your records alone.</span>
      <button type="button" className="btn btn-sm" onClick={onRetry}>Retry</button>
      <button type="button" className="btn btn-sm" onClick={onTemplate}>Use a template</button>
      <button type="button" className="btn btn-sm btn-ghost btn-icon" aria-label="Hide for a minute" title="Hide for a minute" onClick={dismiss}><X className="i i-14" aria-hidden="true" /></button>
    </div>
  );
}

// The draft is put aside already; why is told by one tap, now or later, or not at all.
export function DraftWhy({ onReason, onDraft }) {
  const decided = useRef(false);
  const latest = useRef(onReason);
  const [comment, setComment] = useState("");
  const note = useRef("");
  latest.current = onReason;
  note.current = comment;
  const choose = (reason) => { if (!decided.current) { decided.current = true; latest.current(reason, note.current); } };
  useEffect(() => () => choose(null), []);
  return (
    <section className="draft" data-panel="" role="region" aria-label="Why was the draft rejected?">
      <div className="draft-bar"><MessageSquareX className="i" aria-hidden="true" /><b className="strong grow">Draft rejected. Why?</b><button type="button" className="btn btn-ghost btn-sm" data-hotkey="mod+j" onClick={() => onDraft()}>Draft again</button><button type="button" className="btn btn-ghost btn-sm" data-hotkey="escape" onClick={() => choose(null)}>{comment ? "Done" : "Skip"}</button></div>
      <div className="srcs">{REASONS.map(([reason, words]) => <button key={reason} type="button" className="fchip fchip-solid" onClick={() => choose(reason)}>{words}</button>)}
        <span className="input why-note"><input aria-label="Note on the rejection, optional" placeholder="Add a note first (optional)" maxLength={2000} value={comment} onChange={(event) => setComment(event.target.value)} /></span></div>
    </section>
  );
}

export function DraftStale({ content, reasons, onDraft, onKeep, onReject }) {
  const now = useNow(10000);
  const [newest] = reasons ?? [];
  return (
    <Shell Icon={History} title={newest?.words ?? "A record that this draft rests on has changed"} note={newest ? since(newest.at, now) : ""}>
      <div className="draft-text muted"><p className="pre">{content}</p></div>
      <div className="draft-foot">
        <button type="button" className="btn btn-sm btn-primary" data-hotkey="shift+mod+j" onClick={() => onDraft()}>Draft again <Kbd>⇧{MOD}J</Kbd></button>
        <button type="button" className="btn btn-sm" onClick={onKeep}>Keep anyway</button>
        <button type="button" className="btn btn-sm btn-ghost" data-hotkey="r" onClick={onReject}>Reject <Kbd>R</Kbd></button>
      </div>
    </Shell>
  );
}

// What happened since a kept draft was written: who said what, and which of its facts no longer stand.
export function Difference({ reasons, before, after, remedies, checking }) {
  const now = useNow(10000);
  const fell = after.filter((claim) => claim.verdict !== "supported" && before.some((one) => one.start === claim.start && one.end === claim.end && one.verdict === "supported"));
  return (
    <div className="difference" role="group" aria-label="What changed since this draft">
      <b className="strong">What changed since this draft</b>
      <ul>
        {(reasons ?? []).map((one, at) => <li key={at}><span>{one.words} <span className="muted small">{since(one.at, now)}</span></span>{one.quote ? <blockquote className="pre">{one.quote}</blockquote> : null}</li>)}
        {fell.map((claim) => {
          const remedy = remedies?.find((one) => one.start === claim.start && one.end === claim.end);
          return <li key={`${claim.start}-${claim.end}`}>{remedy?.value ? <span><del className="diff-del">{claim.text}</del> <ins className="diff-ins">{remedy.value}</ins></span> : <span><del className="diff-del">{claim.text}</del> {remedy?.sentence ?? claim.reason}</span>}</li>;
        })}
        <li className="muted small">{checking ? "Checking the facts against today's records" : fell.length ? `${plural(fell.length, "fact")} no longer ${fell.length === 1 ? "stands" : "stand"}` : "Its facts still stand"}</li>
      </ul>
    </div>
  );
}

export const DraftForbidden = () => (
  <section className="draft" aria-label="AI draft"><div className="draft-bar"><Lock className="i" aria-hidden="true" /><p className="grow muted">Your role cannot draft with AI. An administrator can change it.</p></div></section>
);
