// The draft panel: it wears the colour of its proof and says in words what may be done with the text.
import { useEffect, useRef, useState } from "react";
import { CircleHelp, CircleX, CloudOff, History, Loader, Lock, MessageSquareX, Minimize2, RefreshCw, ScanSearch, Send, ShieldAlert, ShieldCheck, SlidersHorizontal, Sparkles, TriangleAlert } from "lucide-react";
import { ClaimPopover, ClaimText, LOOK, Sources, replaced, tally, withoutSentence } from "./claims.jsx";
import { useNow } from "./parts.jsx";

const REASONS = [["wrong_facts", "Wrong facts"], ["wrong_tone", "Wrong tone"], ["not_helpful", "Not helpful"], ["too_long", "Too long"], ["other", "Something else"]];
const TONES = [["neutral", "Neutral"], ["friendly", "Friendly"], ["formal", "Formal"], ["concise", "Concise"]];
const DECIDE_MS = 10000;
const SLOW_S = 8;
const LEAVE_MS = 250;

const plural = (count, word, many = `${word}s`) => `${count} ${count === 1 ? word : many}`;

export function verdictOf(claims, assistance) {
  const { all, red, amber, green } = tally(claims);
  if (red.length) return { tone: "danger", Icon: ShieldAlert, title: `Held back · ${plural(red.length, "fact")} ${red.length === 1 ? "has" : "have"} no source` };
  if (amber.length) return { tone: "warning", Icon: TriangleAlert, title: `${plural(amber.length, "statement")} to check · ${green.length} of ${all} sourced` };
  if (assistance?.clarifying_question) return { tone: "info", Icon: CircleHelp, title: "Asks the customer first" };
  return { tone: "success", Icon: ShieldCheck, title: all ? `Grounded · ${green.length} of ${plural(all, "fact")} sourced` : "States no facts" };
}

const Kbd = ({ children }) => <kbd aria-hidden="true">{children}</kbd>;
const MOD = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl ";

function Shell({ tone, Icon, title, note, actions, children, busy }) {
  return (
    <section className="draft" data-tone={tone} data-panel="" role="region" aria-labelledby="draft-title" aria-busy={busy || undefined}>
      <div className="draft-head"><Icon className={`i${busy ? " spin" : ""}`} aria-hidden="true" /><span className="ttl trunc" id="draft-title">{title}{note ? <small> {note}</small> : null}</span>{actions}</div>
      {children}
    </section>
  );
}

export function DraftBar({ configured, onDraft }) {
  return (
    <section className="draft" data-panel="" aria-label="AI draft">
      <div className="draft-bar">
        <Sparkles className="i" aria-hidden="true" />
        <button type="button" className="strong draft-start" data-hotkey="mod+j" onClick={() => onDraft()}>Draft with AI</button><span className="hide-m"><Kbd>{MOD}J</Kbd></span>
        <span className="grow" />{configured ? null : <span className="small muted trunc">No AI provider is connected: drafts come from the records alone</span>}
      </div>
    </section>
  );
}

export function DraftStream({ draft, onStop }) {
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
      {seconds >= SLOW_S ? <p className="draft-foot small muted">This takes longer than usual. You can stop and write yourself; nothing you typed is lost.</p> : null}
    </Shell>
  );
}

export function DraftFailed({ problem, onRetry, onDismiss }) {
  return (
    <Shell Icon={CloudOff} title={problem.detail} note={problem.request_id ? `Request ${problem.request_id}` : ""}>
      <div className="draft-foot flush">
        <button type="button" className="btn btn-sm" data-hotkey="shift+mod+j" onClick={onRetry}>Try again</button>
        <button type="button" className="btn btn-sm btn-ghost" onClick={onDismiss}>Write it myself</button>
        <span className="small muted">You can still reply.</span>
      </div>
    </Shell>
  );
}

export function DraftWhy({ onReason }) {
  const decided = useRef(false);
  const latest = useRef(onReason);
  latest.current = onReason;
  const choose = (reason) => { if (!decided.current) { decided.current = true; latest.current(reason); } };
  useEffect(() => {
    const timer = setTimeout(() => choose(null), DECIDE_MS);
    return () => { clearTimeout(timer); choose(null); };
  }, []);
  return (
    <section className="draft" data-panel="" role="region" aria-label="Why was the draft rejected?">
      <div className="draft-bar"><MessageSquareX className="i" aria-hidden="true" /><b className="strong grow">Draft rejected. Why?</b><button type="button" className="btn btn-ghost btn-sm" data-hotkey="escape" onClick={() => choose(null)}>Skip</button></div>
      <div className="srcs">{REASONS.map(([reason, words]) => <button key={reason} type="button" className="fchip fchip-solid" onClick={() => choose(reason)}>{words}</button>)}</div>
    </section>
  );
}

export function DraftStale({ content, reason, onDraft, onKeep, onReject }) {
  return (
    <Shell Icon={History} title={reason}>
      <div className="draft-text muted"><p className="pre">{content}</p></div>
      <div className="draft-foot">
        <button type="button" className="btn btn-sm btn-primary" data-hotkey="shift+mod+j" onClick={() => onDraft()}>Draft again <Kbd>⇧{MOD}J</Kbd></button>
        <button type="button" className="btn btn-sm" onClick={onKeep}>Keep anyway</button>
        <button type="button" className="btn btn-sm btn-ghost" data-hotkey="r" onClick={onReject}>Reject <Kbd>R</Kbd></button>
      </div>
    </Shell>
  );
}

function mendsOf(claim, mend, { content, onContent, onDraft }) {
  const list = [];
  if (mend?.value) list.push({ words: `Use ${mend.value}`, act: () => onContent(replaced(content, claim, mend.value)) });
  const shorter = withoutSentence(content, claim);
  if (shorter) list.push({ words: "Remove", title: "Remove the sentence", act: () => onContent(shorter) });
  list.push({ words: "Ask instead", act: () => onDraft(`Do not state “${claim.text}”: nothing stands behind it. Ask, or offer to find out, instead.`) });
  return list;
}

const MendButtons = ({ list, from = 0, to = list.length }) =>
  list.slice(from, to).map((mend) => <button key={mend.words} type="button" className="btn btn-sm" title={mend.title} onClick={mend.act}>{mend.words}</button>);

export function Flags({ claims, mendList, compact }) {
  const open = claims.filter((claim) => claim.verdict !== "supported");
  if (!open.length) return null;
  return (
    <ul className="flags">
      {open.map((claim) => {
        const { Icon, words } = LOOK[claim.verdict];
        return (
          <li key={`${claim.start}-${claim.end}`} className={`flag${claim.verdict === "uncertain" ? " warn" : ""}`}>
            <Icon className="i" aria-hidden="true" /><p><span className="sr">{words}: </span><b className="strong">“{claim.text}”</b> <small>{claim.reason}</small></p>
            {compact ? null : <span className="row mends"><MendButtons list={mendList(claim)} to={1} /></span>}
          </li>
        );
      })}
    </ul>
  );
}

export function StandBehind({ checked, onChange, count }) {
  return (
    <label className="stand">
      <input type="checkbox" className="check" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>I stand behind this <small className="muted">{count ? `and send ${plural(count, "fact")} without a source; my name is recorded` : "and send it as it is; my name is recorded"}</small></span>
    </label>
  );
}

function useClaimCard() {
  const [card, setCard] = useState(null);
  const timer = useRef(null);
  const hold = () => clearTimeout(timer.current);
  const leave = () => { hold(); timer.current = setTimeout(() => setCard((now) => (now?.pinned ? now : null)), LEAVE_MS); };
  const open = (index, anchor, pinned = false) => { hold(); setCard((now) => (now?.index === index && now.pinned ? now : { index, anchor, pinned })); };
  const close = () => { hold(); setCard((now) => { if (now?.pinned) now.anchor.focus?.({ preventScroll: true }); return null; }); };
  useEffect(() => hold, []);
  useEffect(() => {
    if (!card?.pinned) return undefined;
    const away = (event) => { if (!event.target.closest(".claim-pop, .cl, .src")) setCard(null); };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [card?.pinned]);
  return { card, open, hold, leave, close };
}

// One menu for every wish: another tone, shorter, or in words.
function Change({ onDraft }) {
  const [wish, setWish] = useState("");
  const menu = useRef(null);
  const ask = (instruction, tone) => { menu.current.hidePopover(); setWish(""); onDraft(instruction, tone); };
  const send = (event) => { event.preventDefault(); if (wish.trim()) ask(wish.trim()); };
  return (
    <>
      <button type="button" className="btn btn-sm btn-ghost btn-icon" popoverTarget="change-menu" aria-label="Change the draft" title="Change the draft"><SlidersHorizontal className="i i-14" aria-hidden="true" /></button>
      <div id="change-menu" ref={menu} popover="auto" className="pop menu" role="dialog" aria-label="Change the draft">
        <form onSubmit={send}><span className="input"><input aria-label="What should change" placeholder="What should change?" maxLength={2000} value={wish} onChange={(event) => setWish(event.target.value)} /></span></form>
        <button type="button" onClick={() => ask("Make it shorter.", "concise")}><Minimize2 className="i i-14" aria-hidden="true" />Make it shorter</button>
        <h3>Tone</h3>
        {TONES.map(([tone, words]) => <button key={tone} type="button" onClick={() => ask("", tone)}>{words}</button>)}
      </div>
    </>
  );
}

export function DraftReady({ message, content, claims, checking, sources, mends, failures, configured, kept, onContent, onDraft, onAccept, onEdit, onReject, problem }) {
  const now = useNow();
  const { card, open, hold, leave, close } = useClaimCard();
  const [stand, setStand] = useState(false);
  useEffect(() => setStand(false), [message.id, content]);
  const { red } = tally(claims);
  const changed = content !== message.content;
  const look = checking ? { Icon: ScanSearch, title: "Checking the facts" } : verdictOf(claims, message.assistance);
  const needsTick = red.length > 0 || kept;
  const mendFor = (claim) => mends?.find((mend) => mend.start === claim.start && mend.end === claim.end && !changed);
  const mendList = (claim) => mendsOf(claim, mendFor(claim), { content, onContent, onDraft });
  const fixable = claims.filter((claim) => claim.verdict !== "supported").sort((a, b) => b.start - a.start);
  const fixAll = () => onContent(fixable.reduce((text, claim) => { const mend = mendFor(claim); return mend?.value ? replaced(text, claim, mend.value) : withoutSentence(text, claim) || text; }, content));
  const openSource = (key, anchor) => open(claims.findIndex((claim) => claim.evidence && `${claim.evidence.source}:${claim.evidence.id}` === key), anchor, true);
  const shown = card && claims[card.index];
  const blocked = checking || (needsTick && !stand);
  const why = checking ? "The facts are being checked" : blocked ? "Mend what has no source, or say that you stand behind it" : undefined;
  const send = message.assistance.clarifying_question && !red.length ? "Send as question" : "Accept & send";
  return (
    <Shell tone={look.tone} Icon={look.Icon} title={look.title} actions={changed ? <button type="button" className="btn btn-sm btn-ghost" onClick={() => onContent(message.content)}>Restore original</button> : null}>
      {message.assistance.provider === "fallback" ? <p className="draft-note small"><CloudOff className="i i-14" aria-hidden="true" /><span><b className="strong">{configured ? "AI is unavailable." : "No AI provider is connected."}</b>{configured && failures?.length ? ` ${failures.join(", ")}.` : ""} This reply was put together from your records alone.</span></p> : null}
      {problem ? <p className="draft-note small bad" role="alert"><CircleX className="i i-14" aria-hidden="true" /><span><b className="strong">Not sent.</b> {problem.detail} Your text is kept.</span></p> : null}
      <div className="draft-text" tabIndex={0} aria-label="The draft"><ClaimText content={content} claims={checking ? [] : claims} checking={checking} onClaim={open} onLeave={leave} /></div>
      {checking ? null : <Sources claims={claims} sources={sources} now={now} onOpen={openSource} />}
      {checking ? null : <Flags claims={claims} mendList={mendList} />}
      {!checking && needsTick ? <StandBehind checked={stand} onChange={setStand} count={red.length} /> : null}
      <div className="draft-foot">
        {fixable.length > 1 && red.length ? <button type="button" className="btn btn-sm btn-primary" onClick={fixAll}>Fix all {fixable.length}</button> : null}
        <button type="button" className={`btn btn-sm${red.length && !stand ? "" : " btn-primary"}`} data-hotkey="mod+enter" aria-disabled={blocked || undefined} aria-describedby="draft-title" title={why} onClick={() => { if (!blocked) onAccept(needsTick && stand); }}><Send className="i i-14" aria-hidden="true" />{send} {blocked ? null : <Kbd>{MOD}⏎</Kbd>}</button>
        <button type="button" className="btn btn-sm" data-hotkey="e" onClick={onEdit}>Edit <Kbd>E</Kbd></button>
        <button type="button" className="btn btn-sm btn-ghost" data-hotkey="r" onClick={onReject}>Reject <Kbd>R</Kbd></button>
        <span className="sep" />
        <Change onDraft={onDraft} />
        <button type="button" className="btn btn-sm btn-ghost btn-icon" aria-label="Draft again" title="Draft again" data-hotkey="shift+mod+j" onClick={() => onDraft()}><RefreshCw className="i i-14" aria-hidden="true" /></button>
      </div>
      {shown ? (
        <ClaimPopover claim={shown} anchor={card.anchor} sources={sources} now={now} onClose={close} onEnter={hold} onLeave={leave}>
          {shown.verdict === "supported" ? null : <div className="row mends"><MendButtons list={mendList(shown)} /></div>}
        </ClaimPopover>
      ) : null}
    </Shell>
  );
}

export const DraftForbidden = () => (
  <section className="draft" aria-label="AI draft"><div className="draft-bar"><Lock className="i" aria-hidden="true" /><p className="grow muted">Your role cannot draft with AI. An administrator can change it.</p></div></section>
);
