// Under the thread: the draft panel above the composer, the eight seconds to think again, what is kept on this device.
import { useEffect, useRef, useState } from "react";
import { CircleX, Send, Undo2 } from "lucide-react";
import { Composer } from "./composer.jsx";
import { DraftBar, DraftFailed, DraftForbidden, DraftReady, DraftStale, DraftStream, DraftWhy, verdictOf } from "./draft.jsx";
import { tally } from "./claims.jsx";
import { announce, useKept, useNow } from "./parts.jsx";

const UNDO_MS = 8000;
const CHECK_MS = 500;
const ANSWER_MS = 12000;
const NOTHING = { mode: "reply", reply: "", note: "", edit: null };
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
      handle.current(quiet, { ok: false, code: "no_answer", detail: "The server has not answered yet." });
      setSent((before) => (before[quiet.nonce] ? { ...before, [quiet.nonce]: { ...quiet, late: true } } : before));
    }, ANSWER_MS);
    return () => clearTimeout(timer);
  }, [sent]);
  return [Object.values(sent), (one) => setSent((before) => ({ ...before, [one.nonce]: one }))];
}

function UndoBar({ one, here, onUndo }) {
  const now = useNow(250);
  const seconds = Math.max(1, Math.ceil((one.until - now) / 1000));
  return (
    <div className="toast undo" role="status">
      <Send className="i" aria-hidden="true" />
      <span className="grow trunc">Sending{here ? "" : ` to ${one.name}`} · AI draft{one.content ? ", edited" : ""}</span>
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

// What made a draft stale, as far as the thread tells.
function whyStale(draft, messages) {
  const since = messages.filter((one) => !one.internal && one.sent_at > draft.created_at).at(-1);
  if (!since) return "A record that this draft rests on has changed";
  return since.sender === "customer" ? "The customer wrote again" : `${since.author?.display_name ?? "A colleague"} replied`;
}

const focusComposer = () => setTimeout(() => document.getElementById("composer-text")?.focus(), 0);
const focusPanel = () => setTimeout(() => document.querySelector("[data-panel] [data-hotkey]")?.focus(), 0);

function useVoice(draft, message, claims, checking) {
  const heard = useRef("");
  useEffect(() => {
    const phase = draft.phase === "none" ? (message && !checking ? `done ${message.id}` : "") : draft.phase === "failed" ? "failed" : "busy";
    if (phase === heard.current) return;
    const was = heard.current;
    heard.current = phase;
    if (phase === "busy") announce("Drafting a reply");
    if (phase === "failed") announce(draft.problem?.detail ?? "The draft failed", true);
    if (phase.startsWith("done") && was === "busy") announce(verdictOf(claims, message.assistance).title, tally(claims).red.length > 0);
  }, [draft.phase, message?.id, checking]);
}

export function Dock({ conversation, person, messages, message, draft, check, support, answers, canned, configured, mayDraft, onDraft, onStop, onDismiss, onAccept, onReject, onCheck, onSend }) {
  const id = conversation.id ?? "";
  const name = (conversation.customer?.name ?? "").split(" ")[0];
  const keyOf = (conversationId) => `hub.text.${person}.${conversationId}`;
  const [kept, keep, keptAt] = useKept(keyOf(id), NOTHING);
  const [problems, setProblems] = useState({});
  const [rejecting, setRejecting] = useState(null);
  const [keptStale, setKeptStale] = useState("");
  const timer = useRef(null);
  const setProblem = (key, problem) => setProblems((before) => ({ ...before, [key]: problem }));

  const [sent, hand] = useSent(answers, (one, answer) => {
    setProblem(one.slot, answer.ok ? null : { ...answer, conversation_id: one.conversation_id, message_id: one.message_id, content: one.content });
    if (!answer.ok) { announce(`Not sent. ${answer.detail}`, true); return; }
    announce(one.internal ? "Note added" : "Sent");
    const now = keptAt(keyOf(one.conversation_id));
    if (one.message_id) { if (now.edit?.id === one.message_id) keep({ edit: null }, keyOf(one.conversation_id)); }
    else if (now[one.field].trim() === one.content) keep({ [one.field]: "" }, keyOf(one.conversation_id));
  });
  const [waiting, wait, unwait] = useWaiting((one) => {
    hand(one);
    onAccept({ nonce: one.nonce, conversation_id: one.conversation_id, message_id: one.message_id, content: one.content, acknowledge_flags: one.acknowledge });
  });

  const edit = message && kept.edit?.id === message.id ? kept.edit : null;
  const content = edit?.content ?? message?.content ?? "";
  const original = message && content === message.content;
  const checked = check?.message_id === message?.id && check?.content === content.trim();
  const claims = !message ? [] : original ? message.assistance.claims : checked ? check.claims : [];
  const checking = Boolean(message) && !original && !checked && content.trim() !== "";
  const { sources, mends } = original ? support : checked ? check : {};
  const needsTick = tally(claims).red.length > 0 || Boolean(message?.assistance.stale);
  useVoice(draft, message, claims, checking);

  useEffect(() => {
    if (!checking) return undefined;
    timer.current = setTimeout(() => onCheck(message.id, content.trim()), CHECK_MS);
    return () => clearTimeout(timer.current);
  }, [checking, content, message?.id]);

  const setContent = (text, inComposer) => keep({ edit: text === message.content && !inComposer ? null : { id: message.id, content: text, inComposer } });
  const ask = (instruction = "", tone = "neutral") => { setKeptStale(""); setProblem(message?.id, null); keep({ edit: null }); onDraft(id, instruction, tone); };
  const accept = (acknowledge) => {
    setProblem(message.id, null);
    wait({ nonce: nonce(), slot: message.id, conversation_id: id, message_id: message.id, name, content: original ? null : content.trim(), acknowledge });
    announce("Sending in 8 seconds. Undo is possible.");
    focusComposer();
  };
  const send = (acknowledge, anyway) => {
    if (edit?.inComposer) { accept(acknowledge); return; }
    const field = kept.mode;
    const one = { nonce: nonce(), slot: `${id}.${field}`, field, conversation_id: id, content: kept[field].trim(), internal: field === "note" };
    setProblem(one.slot, null);
    hand(one);
    onSend({ nonce: one.nonce, conversation_id: id, content: one.content, internal: one.internal, last_seen_message_id: one.internal || anyway ? null : messages.filter((one) => !one.internal).at(-1)?.id ?? null });
  };
  const undo = (one) => { unwait(one.nonce); announce("Not sent. The draft is still here."); focusPanel(); };
  const reject = () => { setRejecting({ id: message.id, conversation_id: id }); focusComposer(); };
  const reason = (why) => { onReject(rejecting.id, why); setRejecting(null); keep({ edit: null }); if (rejecting.conversation_id === id) focusComposer(); };

  const underway = message && (waiting.some((one) => one.message_id === message.id) || sent.some((one) => one.message_id === message.id && !one.late));
  const mine = draft.conversation_id === id ? draft : { phase: "none" };
  const inComposer = Boolean(edit?.inComposer) && !underway && mine.phase === "none";
  const panel = () => {
    if (!mayDraft) return <DraftForbidden />;
    if (["reading", "generating", "verifying"].includes(mine.phase)) return <DraftStream draft={mine} onStop={onStop} />;
    if (rejecting && rejecting.conversation_id === id) return <DraftWhy onReason={reason} />;
    if (mine.phase === "failed") return <DraftFailed problem={mine.problem} onRetry={() => ask()} onDismiss={() => { onDismiss(); focusComposer(); }} />;
    if (underway || inComposer) return null;
    if (!message || conversation.status === "resolved") return conversation.status === "resolved" ? null : <DraftBar configured={configured} onDraft={ask} />;
    if (message.assistance.stale && keptStale !== message.id) return <DraftStale content={content} reason={whyStale(message, messages)} onDraft={ask} onKeep={() => setKeptStale(message.id)} onReject={reject} />;
    return (
      <DraftReady message={message} content={content} claims={claims} checking={checking} sources={sources} mends={mends} failures={support?.failures} configured={configured} kept={message.assistance.stale} problem={problems[message.id]}
        onContent={(text) => setContent(text, false)} onDraft={ask} onAccept={accept} onEdit={() => { setContent(content, true); focusComposer(); }} onReject={reject} />
    );
  };
  const [lostSlot, lost] = Object.entries(problems).find(([slot, one]) => one?.message_id && one.conversation_id === id && slot !== message?.id) ?? [];
  const useLost = () => { keep({ mode: "reply", reply: [kept.reply.trim(), lost.content].filter(Boolean).join("\n\n") }); setProblem(lostSlot, null); focusComposer(); };
  const undoing = waiting.map((one) => <UndoBar key={one.nonce} one={one} here={one.conversation_id === id} onUndo={undo} />);
  if (!id) return undoing.length ? <div className="dock dock-away">{undoing}</div> : null;
  const slot = inComposer ? message.id : `${id}.${kept.mode}`;
  return (
    <div className="dock">
      {undoing}
      {lost ? <Overtaken problem={lost} onUse={useLost} onClose={() => { setProblem(lostSlot, null); focusComposer(); }} /> : null}
      {panel()}
      <Composer
        key={id} name={name} mode={kept.mode} edit={inComposer ? edit : null} text={inComposer ? edit.content : kept[kept.mode]} claims={claims} checking={checking}
        canned={canned} busy={sent.some((one) => one.slot === slot && !one.late)} problem={problems[slot]} needsTick={needsTick} doNotContact={conversation.customer.do_not_contact}
        onMode={(mode) => keep({ mode })} onText={(text) => (inComposer ? setContent(text, true) : keep({ [kept.mode]: text }))} onSend={send}
        onRestore={() => setContent(message.content, true)} onCancel={() => { setContent(content, false); focusPanel(); }}
      />
    </div>
  );
}
