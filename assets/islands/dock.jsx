// Under the thread: the draft panel above the composer, the eight seconds to think again, what is kept on this device.
import { useEffect, useRef, useState } from "react";
import { CircleX, Send, Undo2 } from "lucide-react";
import { DraftBar, DraftFailed, DraftForbidden, DraftStale, DraftStream, DraftWhy } from "./bars.jsx";
import { folded, tally, verdictOf } from "./claims.jsx";
import { Composer } from "./composer.jsx";
import { DraftReady } from "./draft.jsx";
import { announce, inAddress, useKept, useNow } from "./parts.jsx";
import { valuesOf } from "./pickers.jsx";
import { NOTHING, OfflineStrip, sentAway, typed, useGoing, useOnline, useOutbox, useSaved, waits } from "./unsent.jsx";

const UNDO_MS = 8000;
const CHECK_MS = 200;
const ANSWER_MS = 12000;
const LATE_MS = 800;
const nonce = () => Math.random().toString(36).slice(2) + Date.now().toString(36);

// Accepting waits: `due` are texts whose time has come to be sent, and everything still waiting goes out on leaving.
function useWaiting(onDue) {
  const [waiting, setWaiting] = useState([]);
  const now = useRef([]);
  const send = useRef(onDue);
  now.current = waiting;
  send.current = onDue;
  const take = (id) => setWaiting((list) => list.filter((one) => one.nonce !== id));
  useEffect(() => {
    if (!waiting.length) return undefined;
    const first = waiting.reduce((a, b) => (a.until < b.until ? a : b));
    const timer = setTimeout(() => { take(first.nonce); send.current(first); }, Math.max(0, first.until - Date.now()));
    const leave = (event) => event.preventDefault();
    window.addEventListener("beforeunload", leave);
    return () => { clearTimeout(timer); window.removeEventListener("beforeunload", leave); };
  }, [waiting]);
  useEffect(() => () => now.current.forEach((one) => send.current(one)), []);
  return [waiting, (one) => setWaiting((list) => [...list, { ...one, until: Date.now() + UNDO_MS }]), take];
}

// What was handed to the server and not yet answered, by nonce; answers come as a list of the newest few.
function useSent(answers, onAnswer) {
  const [sent, setSent] = useState({});
  const handle = useRef(onAnswer);
  handle.current = onAnswer;
  useEffect(() => {
    const known = answers.filter((answer) => sent[answer.nonce]);
    if (!known.length) return;
    known.forEach((answer) => handle.current(sent[answer.nonce], answer));
    setSent((before) => Object.fromEntries(Object.entries(before).filter(([id]) => !known.some((answer) => answer.nonce === id))));
  }, [answers, sent]);
  useEffect(() => {
    const quiet = Object.values(sent).find((one) => !one.late);
    if (!quiet) return undefined;
    const timer = setTimeout(() => {
      handle.current(quiet, { nonce: quiet.nonce, ok: false, code: "no_answer", detail: "The server has not answered yet." });
      setSent((before) => (before[quiet.nonce] ? { ...before, [quiet.nonce]: { ...quiet, late: true } } : before));
    }, ANSWER_MS);
    return () => clearTimeout(timer);
  }, [sent]);
  return [Object.values(sent), (one) => setSent((before) => ({ ...before, [one.nonce]: one }))];
}

function UndoBar({ one, onUndo }) {
  const now = useNow(250);
  const seconds = Math.max(1, Math.ceil((one.until - now) / 1000));
  return (
    <div className="toast undo" role="status">
      <Send className="i" aria-hidden="true" />
      <span className="grow trunc">Sending to {one.name || "the customer"}{one.field ? "" : one.content ? " · AI draft, edited" : " · AI draft"}</span>
      <span className="num" aria-hidden="true">{seconds} s</span>
      <button type="button" className="btn btn-sm" data-hotkey="mod+z" onClick={() => onUndo(one)}><Undo2 className="i i-14" aria-hidden="true" />Undo</button>
    </div>
  );
}

// Somebody else decided on the draft while this one was on its way; an edited text is not lost with it.
function Overtaken({ problem, onUse, onClose }) {
  return (
    <div className="draft-note small bad" role="alert">
      <CircleX className="i i-14" aria-hidden="true" /><span className="grow"><b className="strong">Not sent.</b> {problem.detail}</span>
      {problem.content ? <button type="button" className="btn btn-sm" onClick={onUse}>Put my text in the reply</button> : null}
      <button type="button" className="btn btn-sm btn-ghost" onClick={onClose}>Close</button>
    </div>
  );
}

const focusComposer = () => setTimeout(() => document.getElementById("composer-text")?.focus(), 0);
// Never its button: a plain Enter sends nothing.
const focusPanel = () => setTimeout(() => (document.querySelector("[data-panel] .draft-text[tabindex]") ?? document.querySelector("[data-panel] [data-hotkey]"))?.focus(), 0);
// Who asked for a draft goes on in it, wherever he asked, unless he went elsewhere meanwhile.
const waitsForDraft = () => { const at = document.activeElement; return !at || at === document.body || at.matches("#rows [aria-selected=true]") || Boolean(at.closest("[data-panel]")); };

// Whoever opened a conversation by a row that is hidden now, or resolved one, goes on at the next one's name.
function useFocusKept(id) {
  const was = useRef(inAddress("id"));
  useEffect(() => {
    if (!id || id === was.current) return undefined;
    was.current = id;
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => {
      const at = document.activeElement;
      if (!at || at === document.body || !at.checkVisibility?.()) document.getElementById("thread-name")?.focus({ preventScroll: true });
    }));
    return () => cancelAnimationFrame(frame);
  }, [id]);
}

function useVoice(draft, message, claims, checking) {
  const heard = useRef("");
  useEffect(() => {
    const phase = draft.phase === "none" ? (message && !checking ? `done ${message.id}` : "") : draft.phase === "failed" ? "failed" : "busy";
    if (phase === heard.current) return;
    const was = heard.current;
    heard.current = phase;
    if (phase === "busy") announce("Drafting a reply");
    if (phase === "failed") announce(draft.problem?.detail ?? "The draft failed", true);
    if (phase.startsWith("done") && was === "busy" && waitsForDraft()) focusPanel();
    if (phase.startsWith("done") && was === "busy") announce(verdictOf(claims, message.assistance).title, tally(claims).red.length > 0);
  }, [draft.phase, message?.id, checking]);
}

// The address names another conversation, and the server has not brought it: nobody writes to the one that is left.
function useElsewhere(id) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    let timer;
    const look = () => {
      clearTimeout(timer);
      const wanted = inAddress("id");
      if (!wanted || wanted === id) setLate(false);
      else timer = setTimeout(() => setLate(true), LATE_MS);
    };
    look();
    window.addEventListener("hub:address", look);
    return () => { clearTimeout(timer); window.removeEventListener("hub:address", look); };
  }, [id]);
  return late;
}

// While the page fills again after a restart of the server, the conversation that was on screen stays at hand.
let held = null;

export function Dock(props) {
  if (props.conversation.id) held = props;
  const away = !props.conversation.id && !props.gone && held && inAddress("id") === held.conversation.id;
  return <Desk {...props} {...(away ? { conversation: held.conversation, person: held.person, messages: held.messages, message: held.message, mayDraft: held.mayDraft, support: held.support } : {})} />;
}

function Desk({ conversation, person, me, messages, message, draft, check, support, answers, canned, house, vehicles, stock, unsent, engine, mayDraft, onDraft, onStop, onDismiss, onAccept, onReject, onExplain, onCheck, onSend, onKeep, onFind, onResolve }) {
  const id = conversation.id ?? "";
  const name = (conversation.customer?.name ?? "").split(" ")[0];
  const keyOf = (conversationId) => `hub.text.${person}.${conversationId}`;
  const [kept, keep, keptAt] = useKept(keyOf(id), NOTHING);
  const online = useOnline();
  const [outbox, queue, turnOutbox] = useOutbox(person);
  const unqueue = (nonce) => turnOutbox((one) => (one.nonce === nonce ? [] : [one]));
  const [problems, setProblems] = useState({});
  const [rejecting, setRejecting] = useState(null);
  const [keptStale, setKeptStale] = useState("");
  const [template, setTemplate] = useState(0);
  const timer = useRef(null);
  useFocusKept(id);
  const elsewhere = useElsewhere(id);
  const setProblem = (key, problem) => setProblems((before) => ({ ...before, [key]: problem }));

  // The server kept the text too, and may have given it back first: it comes once.
  const putBack = (one) => {
    const now = keptAt(keyOf(one.conversation_id));
    const there = now[one.field].trim();
    const text = there === one.content ? there : [one.content, there].filter(Boolean).join("\n\n");
    keep({ mode: one.field, ...typed(now, one.field, text) }, keyOf(one.conversation_id));
  };
  const [sent, hand] = useSent(answers, (one, answer) => {
    if (one.queued && !one.until && answer.code === "no_answer") return;
    if (one.queued) unqueue(one.nonce);
    setProblem(one.slot, answer.ok ? null : { ...answer, conversation_id: one.conversation_id, message_id: one.message_id, content: one.content });
    if (!answer.ok) { if (one.conversation_id !== id) announce(`Not sent to ${one.name}. ${answer.detail}`, true); if (one.queued) putBack(one); return; }
    announce(one.internal ? "Note added" : "Sent");
    if (one.field === "reply") turnOutbox((next) => [next.conversation_id === one.conversation_id && next.last_seen === one.last_seen ? { ...next, last_seen: answer.message_id ?? null } : next]);
    const now = keptAt(keyOf(one.conversation_id));
    if (one.message_id) { if (now.edit?.id === one.message_id) keep({ edit: null }, keyOf(one.conversation_id)); }
    else if (now[one.field].trim() === one.content) keep(sentAway(now, one.field), keyOf(one.conversation_id));
    if (one.resolve) onResolve(one.conversation_id);
  });
  const [waiting, wait, unwait] = useWaiting((one) => {
    hand(one);
    onAccept({ nonce: one.nonce, conversation_id: one.conversation_id, message_id: one.message_id, content: one.content, acknowledge_flags: one.acknowledge });
  });
  const say = (one) => { hand(one); onSend({ nonce: one.nonce, conversation_id: one.conversation_id, content: one.content, internal: one.internal, last_seen_message_id: one.last_seen }); };
  useGoing(outbox, online, person, (one) => say({ ...one, queued: true }));
  // the server keeps a text on its way as unsent until it is stored: it is forgotten there, not written over here
  const away = [...sent.filter((one) => !one.late), ...outbox, ...waiting].filter((one) => one.conversation_id === id);
  const unsaved = useSaved({ id, kept, keep, unsent, online, frozen: away.map((one) => one.field ?? "edit"), draft: message, onKeep });

  const edit = message && kept.edit?.id === message.id ? kept.edit : null;
  const content = edit?.content ?? message?.content ?? "";
  const outdated = Boolean(message?.assistance.stale) && keptStale === message.id;
  const untouched = message && content === message.content;
  const original = untouched && !outdated;
  const checked = check?.message_id === message?.id && check?.content === content.trim();
  const claims = folded(!message ? [] : original ? message.assistance.claims : checked ? check.claims : []);
  const checking = Boolean(message) && !original && !checked && content.trim() !== "";
  const { sources, remedies } = original ? support : checked ? check : {};
  const needsTick = tally(claims).red.length > 0 || Boolean(message?.assistance.stale);
  useVoice(draft, message, claims, checking);

  useEffect(() => {
    if (!checking) return undefined;
    timer.current = setTimeout(() => onCheck(message.id, content.trim()), CHECK_MS);
    return () => clearTimeout(timer.current);
  }, [checking, content, message?.id, online]);

  const setContent = (text, inComposer) => {
    const change = { edit: text === message.content && !inComposer ? null : { id: message.id, content: text, inComposer } };
    keep(text === content ? change : { ...typed(kept, "edit", null), ...change });
  };
  const ask = (instruction = "", tone = "neutral") => { setKeptStale(""); setProblem(message?.id, null); keep({ edit: null }); onDraft(id, instruction, tone); };
  const useTemplate = () => { keep({ mode: "reply", ...(edit?.inComposer ? { edit: { ...edit, inComposer: false } } : {}) }); setTemplate((count) => count + 1); };
  const accept = (acknowledge) => {
    setProblem(message.id, null);
    wait({ nonce: nonce(), slot: message.id, conversation_id: id, message_id: message.id, name, content: untouched ? null : content.trim(), acknowledge });
    announce("Sending in 8 seconds. Undo is possible.");
    focusComposer();
  };
  const send = (acknowledge, { anyway = false, resolve = false } = {}) => {
    if (edit?.inComposer) { accept(acknowledge); return; }
    const field = kept.mode;
    const text = kept[field].trim();
    const slot = `${id}.${field}`;
    const again = problems[slot]?.code === "no_answer" && problems[slot].content === text ? problems[slot].nonce : nonce();
    const newest = messages.filter((one) => !one.internal).at(-1)?.id ?? null;
    const one = { nonce: again, slot, field, name, conversation_id: id, content: text, internal: field === "note", resolve, last_seen: field === "note" || anyway ? null : newest };
    setProblem(slot, null);
    if (online && one.internal) { say(one); return; }
    queue(online ? { ...one, until: Date.now() + UNDO_MS } : one);
    keep(typed(kept, field, ""));
    announce(online ? "Sending in 8 seconds. Undo is possible." : "Kept. It goes out when the connection is back.");
  };
  const undo = (one) => {
    if (one.message_id) { unwait(one.nonce); announce("Not sent. The draft is still here."); focusPanel(); return; }
    unqueue(one.nonce);
    putBack(one);
    announce(one.conversation_id === id ? "Not sent. Your text is back in the reply." : `Not sent. Your text is back in the reply to ${one.name}.`);
    focusComposer();
  };
  const reject = () => { onReject(message.id); setRejecting({ id: message.id, conversation_id: id }); keep({ edit: null }); focusComposer(); };
  const reason = (why, comment) => { if (why || comment.trim()) onExplain(rejecting.id, why, comment); setRejecting(null); if (rejecting.conversation_id === id && why) focusComposer(); };

  const underway = message && (waiting.some((one) => one.message_id === message.id) || sent.some((one) => one.message_id === message.id && !one.late));
  const mine = draft.conversation_id === id ? draft : { phase: "none" };
  const inComposer = Boolean(edit?.inComposer) && !underway && mine.phase === "none";
  const panel = () => {
    if (!mayDraft) return <DraftForbidden />;
    if (["reading", "generating", "verifying"].includes(mine.phase)) return <DraftStream draft={mine} onStop={onStop} onTemplate={() => { onStop(); useTemplate(); }} />;
    if (rejecting && rejecting.conversation_id === id) return <DraftWhy onReason={reason} onDraft={() => ask()} />;
    if (mine.phase === "failed") return <DraftFailed problem={mine.problem} onRetry={() => ask()} onTemplate={useTemplate} onDismiss={() => { onDismiss(); focusComposer(); }} />;
    if (underway || inComposer) return null;
    if (!message || conversation.status === "resolved") return conversation.status === "resolved" ? null : <DraftBar engine={engine} onDraft={ask} />;
    if (message.assistance.stale && keptStale !== message.id) return <DraftStale content={content} reasons={support?.stale} onDraft={ask} onKeep={() => { setKeptStale(message.id); onCheck(message.id, content.trim()); focusPanel(); }} onReject={reject} />;
    return (
      <DraftReady message={message} content={content} claims={claims} checking={checking} sources={sources} remedies={remedies} support={support} engine={engine} kept={message.assistance.stale} problem={problems[message.id]}
        onContent={(text) => setContent(text, false)} onDraft={ask} onTemplate={useTemplate} onAccept={accept} onEdit={() => { setContent(content, true); focusComposer(); }} onReject={reject} />
    );
  };
  const [lostSlot, lost] = Object.entries(problems).find(([slot, one]) => one?.message_id && one.conversation_id === id && slot !== message?.id) ?? [];
  const useLost = () => { keep({ mode: "reply", ...typed(kept, "reply", [kept.reply.trim(), lost.content].filter(Boolean).join("\n\n")) }); setProblem(lostSlot, null); focusComposer(); };
  const thinking = [...waiting, ...outbox.filter((one) => waits(one) > 0)];
  const undoing = thinking.map((one) => <UndoBar key={one.nonce} one={one} onUndo={undo} />);
  const strip = online ? null : <OfflineStrip list={outbox.filter((one) => waits(one) <= 0)} onBack={(one) => { unqueue(one.nonce); putBack(one); }} />;
  if (!id) return undoing.length || strip ? <div className="dock dock-away">{strip}{undoing}</div> : null;
  if (elsewhere) return <div className="dock">{strip}{undoing}<p className="draft-note small" role="status">The conversation you chose opens once the server answers. Above is still {conversation.customer.name}.</p></div>;
  const slot = inComposer ? message.id : `${id}.${kept.mode}`;
  const values = valuesOf({ customer: conversation.customer, house, me, vehicles });
  return (
    <div className="dock" data-of={id}>
      {strip}
      {undoing}
      {lost ? <Overtaken problem={lost} onUse={useLost} onClose={() => { setProblem(lostSlot, null); focusComposer(); }} /> : null}
      {panel()}
      <Composer
        key={id} id={id} name={name} mode={kept.mode} edit={inComposer ? edit : null} text={inComposer ? edit.content : kept[kept.mode]} claims={claims} remedies={remedies} checking={checking}
        canned={canned} values={values} stock={stock} template={template} saved={unsaved.includes(inComposer ? "edit" : kept.mode) ? "Saving…" : "Saved"} online={online} busy={sent.some((one) => one.slot === slot && !one.late)} problem={problems[slot]} needsTick={needsTick} doNotContact={conversation.customer.do_not_contact}
        onMode={(mode) => keep({ mode })} onText={(text) => (inComposer ? setContent(text, true) : keep(typed(kept, kept.mode, text)))} onSend={send} onFind={onFind}
        onRestore={() => setContent(message.content, true)} onCancel={() => { setContent(content, false); focusPanel(); }}
      />
    </div>
  );
}
