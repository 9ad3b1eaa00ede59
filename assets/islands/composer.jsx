// The composer: reply or private note, the edited draft with its verdicts, and what can be put into a text.
import { useEffect, useRef, useState } from "react";
import { Braces, Car, Check, ChevronDown, CircleX, Lock, PenLine, Send, SquareSlash, WifiOff } from "lucide-react";
import { segments, LOOK, verdictOf } from "./claims.jsx";
import { Flags, mendsOf, remedyOf, StandBehind } from "./flags.jsx";
import { MOD } from "./parts.jsx";
import { Canned, filled, placed, Stock, tokenAt, unfilled, Values } from "./pickers.jsx";
import { useBridge } from "./unsent.jsx";

const LIMIT = 10000;
const NO_MENU = { kind: "", token: null };

// A textarea that grows with its text; a copy behind it carries the claims' underlines.
function Paper({ field, text, claims, placeholder, label, onText, onKeyDown, onCaret }) {
  useEffect(() => {
    const area = field.current;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);
  return (
    <div className="paper">
      {claims.length ? <div className="mirror pre" aria-hidden="true">{segments(text, claims).map((piece, at) => <span key={at} className={piece.claim ? `cl ${LOOK[piece.claim.verdict].mark}` : ""}>{piece.text}</span>)}{"\n"}</div> : null}
      <textarea ref={field} id="composer-text" rows={1} aria-label={label} placeholder={placeholder} value={text} maxLength={LIMIT} onChange={(event) => { onText(event.target.value); onCaret(event.target); }} onKeyDown={onKeyDown} />
    </div>
  );
}

function Editing({ claims, remedies, checking, stand, onStand, onText, onRestore, onCancel, needsTick, text }) {
  const look = verdictOf(claims, null);
  const red = claims.filter((claim) => claim.verdict === "unsupported").length;
  return (
    <div className="editing draft" data-tone={checking ? undefined : look.tone}>
      <div className="draft-head" role="status"><PenLine className="i" aria-hidden="true" /><span className="ttl trunc">Edited from AI draft <small>· {checking ? "checking the facts" : look.title}</small></span>
        <button type="button" className="btn btn-ghost btn-sm" onClick={onRestore}>Restore original</button><button type="button" className="btn btn-ghost btn-sm" data-hotkey="escape" onClick={onCancel}>Done</button></div>
      {checking ? null : <Flags claims={claims} remedies={remedies} mendList={(claim) => mendsOf(claim, remedyOf(remedies, claim), text, onText)} />}
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

// The places that the caret is put to once the text has changed.
function useCaret(field, text) {
  const to = useRef(null);
  useEffect(() => {
    if (to.current === null) return;
    field.current.focus();
    field.current.setSelectionRange(to.current, to.current);
    to.current = null;
  }, [text]);
  return (at) => { to.current = at; };
}

const SendMore = ({ onResolve }) => (
  <>
    <button type="button" className="btn btn-sm btn-icon" aria-label="More options" title="More options" popoverTarget="send-menu"><ChevronDown className="i i-14" aria-hidden="true" /></button>
    <div id="send-menu" popover="auto" className="pop menu" role="dialog" aria-label="More ways to send">
      <button type="button" popoverTarget="send-menu" popoverTargetAction="hide" onClick={onResolve}><Check className="i i-14" aria-hidden="true" />Send and resolve</button>
    </div>
  </>
);

const Tool = ({ Icon, label, keys, open, onClick }) => <button type="button" className="tool" aria-label={label} title={keys ? `${label} (${keys.toUpperCase()})` : label} aria-expanded={open} data-hotkey={keys} onClick={onClick}><Icon className="i" aria-hidden="true" /></button>;

// What the palette hands over to be put into the text.
function useInserts(onInsert) {
  const take = useRef(onInsert);
  take.current = onInsert;
  useEffect(() => {
    const hear = ({ detail }) => take.current(detail.words, detail.canned);
    window.addEventListener("hub:insert", hear);
    return () => window.removeEventListener("hub:insert", hear);
  }, []);
}

export function Composer({ id, name, mode, text, edit, claims, remedies, checking, canned, values, stock, template, saved, online, busy, problem, doNotContact, needsTick, onMode, onText, onFind, onSend, onRestore, onCancel }) {
  const field = useRef(null);
  const [menu, setMenu] = useState(NO_MENU);
  const [stand, setStand] = useState(false);
  const caretTo = useCaret(field, text);
  const note = mode === "note" && !edit;
  useEffect(() => setStand(false), [text, edit?.id]);
  const asked = useRef(template);
  useEffect(() => { if (template !== asked.current) { asked.current = template; setMenu({ kind: "/", token: null }); field.current.focus(); } }, [template]);
  const cross = useBridge(id, field);
  const gap = unfilled(text);
  const why = !text.trim() ? "Nothing written yet" : gap && !note ? `Fill in ${gap} first` : edit && !online ? "You are offline; the text is kept" : busy ? "Sending" : edit && checking ? "The facts are being checked" : edit && needsTick && !stand ? "Mend what has no source, or say that you stand behind it" : "";
  const send = (more) => { if (!why) onSend(stand, more); };
  const look = (area) => { const { value, selectionStart } = area; cross(area); const token = tokenAt(value, selectionStart); setMenu(token && !(edit && token.kind === "/") ? { kind: token.kind, token } : NO_MENU); };
  const close = () => { setMenu(NO_MENU); field.current.focus(); };
  const put = (words, token) => {
    const caret = token ? token.start + 1 + token.query.length : field.current.selectionStart ?? text.length;
    const [now, at] = placed(text, caret, token, words);
    caretTo(at);
    setMenu(NO_MENU);
    onText(now.slice(0, LIMIT));
  };
  const pick = (words) => put(words, menu.token);
  useInserts((words, canned) => put(canned ? filled(words, values) : words, null));
  const keys = (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) { event.preventDefault(); event.stopPropagation(); send(); }
    if (event.key === "Escape" && menu.kind) { event.stopPropagation(); setMenu(NO_MENU); }
    const first = menu.kind ? field.current.closest("[data-composer]").querySelector(".canned button") : null;
    const bare = !event.shiftKey && !event.metaKey && !event.ctrlKey && !event.altKey && !event.nativeEvent.isComposing;
    if (first && event.key === "ArrowDown") { event.preventDefault(); ((menu.token && first.nextElementSibling) || first).focus(); }
    if (first && menu.token && bare && (event.key === "Enter" || event.key === "Tab")) { event.preventDefault(); first.click(); }
  };
  const tool = (kind, Icon, label, key) => <Tool Icon={Icon} label={label} keys={key} open={menu.kind === kind} onClick={() => setMenu(menu.kind === kind ? NO_MENU : { kind, token: null })} />;
  const tab = (value, words, Icon, key) => (
    <button type="button" role="radio" className="tab" aria-checked={(edit ? "reply" : mode) === value} data-hotkey={key} onClick={() => { onMode(value); field.current.focus(); }}>{Icon ? <Icon className="i i-14" aria-hidden="true" /> : null}{words}</button>
  );
  const query = menu.token?.query ?? "";
  return (
    <div className={`composer${note ? " is-note" : ""}`} data-composer="">
      {edit ? <Editing claims={claims} remedies={remedies} checking={checking} stand={stand} onStand={setStand} needsTick={needsTick} text={text} onText={(words) => { onText(words); field.current.focus(); }} onRestore={onRestore} onCancel={onCancel} /> : (
        <div className="ch">
          <span className="row" role="radiogroup" aria-label="Write" style={{ gap: 2 }}>{tab("reply", "Reply", null, "r")}{tab("note", "Note", Lock, "n")}</span>
          <span className="grow" /><span className="muted small trunc">{note ? "Only your team sees this" : doNotContact ? "This customer asked not to be contacted" : ""}</span>
        </div>
      )}
      {problem ? <Problem problem={problem} onAgain={() => onSend(stand, { anyway: problem.code === "newer_message" })} /> : null}
      <Paper field={field} text={text} claims={edit && !checking ? claims : []} label={note ? "Private note" : edit ? "Edited draft" : `Reply to ${name}`}
        placeholder={note ? "Write a note for your team" : `Write to ${name}; / for a canned response, # for a vehicle`} onText={onText} onKeyDown={keys} onCaret={look} />
      {menu.kind === "/" ? <Canned canned={canned} values={values} query={query} typed={Boolean(menu.token)} onPick={pick} onClose={close} /> : null}
      {menu.kind === "{" ? <Values values={values} query={query} typed={Boolean(menu.token)} onPick={pick} onClose={close} /> : null}
      {menu.kind === "#" ? <Stock stock={stock} query={query} typed={Boolean(menu.token)} onFind={onFind} onPick={pick} onClose={close} /> : null}
      <div className="cf">
        {edit ? null : tool("/", SquareSlash, "Canned responses", "m")}{tool("{", Braces, "Insert a value")}{tool("#", Car, "Insert a vehicle")}
        <span className="grow" />
        <span className="muted small kept" role="status">{!online ? <><WifiOff className="i i-12" aria-hidden="true" /> Offline, kept on this device</> : busy ? "Sending…" : text.length > LIMIT - 1000 ? `${LIMIT - text.length} characters left` : text ? saved : ""}</span>
        <button type="button" className={`btn btn-sm${text.trim() && !note ? " btn-primary" : ""}`} aria-disabled={Boolean(why) || undefined} title={why || undefined} onClick={() => send()}>
          <Send className="i i-14" aria-hidden="true" />{note ? "Add note" : online || edit ? "Send" : "Send when back"} <kbd className="hide-m" aria-hidden="true">{MOD}⏎</kbd></button>
        {edit || note ? null : <SendMore onResolve={() => send({ resolve: true })} />}
      </div>
    </div>
  );
}
