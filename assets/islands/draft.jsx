// The finished draft: it wears the colour of its proof and says in words what may be done with the text.
import { useEffect, useRef, useState } from "react";
import { CircleX, CloudOff, Minimize2, RefreshCw, ScanSearch, Send, SlidersHorizontal } from "lucide-react";
import { Difference, Outage, Shell } from "./bars.jsx";
import { ClaimPopover, ClaimText, evidenceKey, isOpen, Sources, tally, verdictOf } from "./claims.jsx";
import { Flags, MendButtons, mendAll, mendsOf, remedyOf, StandBehind } from "./flags.jsx";
import { Kbd, MOD, useNow } from "./parts.jsx";

const TONES = [["neutral", "Neutral"], ["friendly", "Friendly"], ["formal", "Formal"], ["concise", "Concise"]];
const LEAVE_MS = 250;

function useClaimCard() {
  const [card, setCard] = useState(null);
  const timer = useRef(null);
  const hold = () => clearTimeout(timer.current);
  const leave = () => { hold(); timer.current = setTimeout(() => setCard((now) => (now?.pinned ? now : null)), LEAVE_MS); };
  const open = (index, anchor, pinned = false, taking = false) => { hold(); setCard((now) => (now?.index === index && now.pinned ? now : { index, anchor, pinned, taking })); };
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

export function DraftReady({ message, content, claims, checking, sources, remedies, support, engine, kept, onContent, onDraft, onTemplate, onAccept, onEdit, onReject, problem }) {
  const now = useNow();
  const { card, open, hold, leave, close } = useClaimCard();
  const [stand, setStand] = useState(false);
  const text = useRef(null);
  useEffect(() => setStand(false), [message.id, content]);
  const { red } = tally(claims);
  const changed = content !== message.content;
  const look = checking ? { Icon: ScanSearch, title: "Checking the facts" } : verdictOf(claims, message.assistance);
  const needsTick = red.length > 0 || kept;
  const mend = (words) => { onContent(words); close(); text.current?.focus(); };
  const mendList = (claim) => mendsOf(claim, remedyOf(remedies, claim), content, mend);
  const fixable = claims.filter(isOpen);
  const openSource = (key, anchor) => {
    const resting = claims.filter((claim) => claim.evidence && claim.verdict !== "unsupported" && evidenceKey(claim.evidence) === key);
    open(claims.indexOf(resting.reduce((a, b) => (b.start < a.start ? b : a))), anchor, true, true);
  };
  const shown = card && claims[card.index];
  const blocked = checking || (needsTick && !stand);
  const why = checking ? "The facts are being checked" : blocked ? "Mend what has no source, or say that you stand behind it" : undefined;
  const send = message.assistance.clarifying_question && !red.length ? "Send as question" : "Accept & send";
  const alone = message.assistance.provider === "fallback";
  return (
    <Shell tone={look.tone} Icon={look.Icon} title={look.title} note={alone && engine === "on" ? "· from your records, without AI" : ""} actions={changed ? <button type="button" className="btn btn-sm btn-ghost" onClick={() => onContent(message.content)}>Restore original</button> : null}>
      {alone && engine === "on" ? <Outage failures={support?.failures} lastGood={support?.last_good} now={now} onRetry={() => onDraft()} onTemplate={onTemplate} /> : null}
      {alone && engine === "none" ? <p className="draft-note small"><CloudOff className="i i-14" aria-hidden="true" /><span><b className="strong">No AI provider is connected.</b> This reply was put together from your records alone.</span></p> : null}
      {alone && engine === "off" ? <p className="draft-note small"><CloudOff className="i i-14" aria-hidden="true" /><span><b className="strong">AI is switched off on this server.</b> This reply was put together from your records alone.</span></p> : null}
      {problem ? <p className="draft-note small bad" role="alert"><CircleX className="i i-14" aria-hidden="true" /><span><b className="strong">Not sent.</b> {problem.detail} Your text is kept.</span></p> : null}
      {kept ? <Difference reasons={support?.stale} before={message.assistance.claims} after={claims} remedies={remedies} checking={checking} /> : null}
      <div className="draft-text" ref={text} tabIndex={0} aria-label="The draft"><ClaimText content={content} claims={checking ? [] : claims} checking={checking} onClaim={open} onLeave={leave} /></div>
      {checking ? null : <Sources claims={claims} sources={sources} now={now} onOpen={openSource} />}
      {checking ? null : <Flags claims={claims} remedies={remedies} mendList={mendList} />}
      {!checking && needsTick ? <StandBehind checked={stand} onChange={setStand} count={red.length} /> : null}
      <div className="draft-foot">
        {fixable.length > 1 && red.length ? <button type="button" className="btn btn-sm btn-primary" onClick={() => mend(mendAll(claims, remedies, content))}>Fix all {fixable.length}</button> : null}
        <button type="button" className={`btn btn-sm${red.length && !stand ? "" : " btn-primary"}`} data-hotkey="mod+enter" aria-disabled={blocked || undefined} aria-describedby="draft-title" title={why} onClick={() => { if (!blocked) onAccept(needsTick && stand); }}><Send className="i i-14" aria-hidden="true" />{send} {blocked ? null : <Kbd>{MOD}⏎</Kbd>}</button>
        <button type="button" className="btn btn-sm" data-hotkey="e" onClick={onEdit}>Edit <Kbd>E</Kbd></button>
        <button type="button" className="btn btn-sm btn-ghost" data-hotkey="r" onClick={onReject}>Reject <Kbd>R</Kbd></button>
        <span className="sep" />
        <Change onDraft={onDraft} />
        <button type="button" className="btn btn-sm btn-ghost btn-icon" aria-label="Draft again" title="Draft again" data-hotkey="shift+mod+j" onClick={() => onDraft()}><RefreshCw className="i i-14" aria-hidden="true" /></button>
      </div>
      {shown ? (
        <ClaimPopover claim={shown} words={remedyOf(remedies, shown)?.sentence} anchor={card.anchor} taking={card.taking} sources={sources} now={now} onClose={close} onEnter={hold} onLeave={leave}>
          {isOpen(shown) ? <div className="row mends"><MendButtons list={mendList(shown)} /></div> : null}
        </ClaimPopover>
      ) : null}
    </Shell>
  );
}
