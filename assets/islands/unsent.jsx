// What was typed and not sent: on this device at once, on the server within a second, queued while there is no connection.
import { useContext, useEffect, useRef, useState } from "react";
import { WifiOff } from "lucide-react";
import { EventLoopContext } from "$/utils/context";
import { plural, read, write } from "./parts.jsx";

const SAVE_MS = 1000;
const AGAIN_MS = 5000;
const TYPING_MS = 10000;
const BRIDGE_MS = 3000;
const MODES = ["reply", "note", "edit"];
export const NOTHING = { mode: "reply", reply: "", note: "", edit: null, typed: {}, stamp: {}, dirty: {} };

// Whether the server can be reached: the browser's own word, and the socket's.
export function useOnline() {
  const [, errors] = useContext(EventLoopContext) ?? [];
  const [network, setNetwork] = useState(true);
  useEffect(() => {
    const look = () => setNetwork(navigator.onLine);
    look();
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => { window.removeEventListener("online", look); window.removeEventListener("offline", look); };
  }, []);
  return network && !errors?.length;
}

export const typed = (kept, mode, text) => ({ [mode]: text, typed: { ...kept.typed, [mode]: Date.now() }, dirty: { ...kept.dirty, [mode]: true } });
export const sentAway = (kept, mode) => ({ [mode]: "", stamp: { ...kept.stamp, [mode]: "" }, dirty: { ...kept.dirty, [mode]: false } });

// The text of one mode; an edit counts where it is of the draft at hand and says something else.
const textOf = (kept, mode, draft) => (mode !== "edit" ? kept[mode] : draft && kept.edit?.id === draft.id && kept.edit.content !== draft.content ? kept.edit.content : "");

function taken(kept, mode, server, mine) {
  if (mode !== "edit") return { [mode]: server.content };
  if (server.content === mine) return {};
  return { edit: server.content ? { id: server.message_id, content: server.content, inComposer: true } : null };
}

// What the server's text of one mode means for this device: a change of what is kept here, or null.
// The newest wins by the time of its last change, but never over what is being typed.
export function settled(kept, mode, server, now, draft) {
  if (mode === "edit" && server.content && server.message_id !== draft?.id) return null;
  const stamp = kept.stamp[mode] ?? "";
  const mine = textOf(kept, mode, draft);
  const take = { ...taken(kept, mode, server, mine), stamp: { ...kept.stamp, [mode]: server.updated_at }, dirty: { ...kept.dirty, [mode]: false } };
  if (server.content === mine) return kept.dirty[mode] || stamp !== server.updated_at ? take : null;
  if (server.updated_at === stamp) return mine && !stamp && !kept.dirty[mode] ? { dirty: { ...kept.dirty, [mode]: true } } : null;
  if (!kept.dirty[mode]) return take;
  const since = kept.typed[mode] ?? 0;
  return Date.parse(server.updated_at) > since && now - since > TYPING_MS ? take : null;
}

// Saves what was typed every second; `frozen` modes are on their way to the customer and are not saved any more.
// Returns the modes whose text the server does not have yet.
export function useSaved({ id, kept, keep, unsent, online, frozen, draft, onKeep }) {
  const due = useRef(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    for (const mode of MODES) {
      const server = unsent[`${id}.${mode}`];
      const change = server && !frozen.includes(mode) ? settled(kept, mode, server, Date.now(), draft) : null;
      if (change) keep(change);
    }
  }, [id, unsent, frozen.join(), draft?.id]);
  const waiting = MODES.filter((mode) => kept.dirty[mode] && !frozen.includes(mode) && (mode !== "edit" || draft));
  const words = MODES.map((mode) => textOf(kept, mode, draft));
  useEffect(() => {
    if (!id || !online || !waiting.length) { due.current = null; return undefined; }
    due.current ??= Date.now() + SAVE_MS;
    const timer = setTimeout(() => {
      due.current = Date.now() + AGAIN_MS;
      waiting.forEach((mode) => onKeep(id, mode, textOf(kept, mode, draft), mode === "edit" ? draft.id : ""));
      setTries((count) => count + 1);
    }, Math.max(0, due.current - Date.now()));
    return () => clearTimeout(timer);
  }, [id, online, ...words, waiting.join(), tries]);
  useEffect(() => { if (waiting.length) due.current = Math.min(due.current ?? Infinity, Date.now() + SAVE_MS); }, words);
  return waiting;
}

const EMPTY = { list: [] };
export const waits = (one) => (one.until ?? 0) - Date.now();

// What waits to be sent, in the order in which it was written: for the time to think again (`until`) or for the connection.
// It is kept in this browser, so that no crash loses it; another window of it sees the same.
export function useOutbox(person) {
  const key = `hub.outbox.${person}`;
  const now = useRef(null);
  const [, redraw] = useState(0);
  now.current ??= { key, list: read(key, EMPTY).list };
  if (now.current.key !== key) now.current = { key, list: read(key, EMPTY).list };
  const change = (list) => { now.current = { key, list }; redraw((count) => count + 1); };
  const put = (list) => { write(key, { list }, EMPTY); change(list); };
  useEffect(() => {
    const follow = (event) => { if (event.key === key) change(read(key, EMPTY).list); };
    window.addEventListener("storage", follow);
    return () => window.removeEventListener("storage", follow);
  }, [key]);
  return [now.current.list, (one) => put([...now.current.list.filter((other) => other.nonce !== one.nonce), one]), (turn) => put(now.current.list.flatMap(turn))];
}

// Hands over what has waited long enough while there is a connection: of one conversation one after the other, on leaving at once.
export function useGoing(outbox, online, person, onDue) {
  const tried = useRef(new Set());
  const at = useRef({});
  const [, wake] = useState(0);
  const ready = outbox.filter((one, place) => !tried.current.has(one.nonce) && outbox.findIndex((other) => other.conversation_id === one.conversation_id) === place);
  at.current = { ready: online && person ? ready : [], onDue };
  const thinking = outbox.some((one) => waits(one) > 0);
  const go = (one) => { tried.current.add(one.nonce); at.current.onDue(one); };
  useEffect(() => { tried.current.clear(); }, [online, person]);
  useEffect(() => {
    at.current.ready.filter((one) => waits(one) <= 0).forEach(go);
    const next = Math.min(...outbox.map(waits).filter((left) => left > 0));
    if (!Number.isFinite(next)) return undefined;
    const timer = setTimeout(() => wake((count) => count + 1), next);
    return () => clearTimeout(timer);
  });
  useEffect(() => {
    if (!thinking) return undefined;
    const leave = (event) => event.preventDefault();
    window.addEventListener("beforeunload", leave);
    return () => window.removeEventListener("beforeunload", leave);
  }, [thinking]);
  useEffect(() => () => at.current.ready.forEach(go), []);
}

export function OfflineStrip({ list, onBack }) {
  const words = list.length ? `${plural(list.length, "message")} ${list.length === 1 ? "waits and goes" : "wait and go"} out when the connection is back.` : "What you write is kept on this device.";
  return (
    <div className="offline" role="status">
      <p><WifiOff className="i i-14" aria-hidden="true" /><span><b className="strong">You are offline.</b> {words}</span></p>
      {list.length ? <ul>{list.map((one) => <li key={one.nonce}><span className="trunc grow">{one.internal ? "Note" : `To ${one.name}`}: {one.content}</span><button type="button" className="btn btn-sm" onClick={() => onBack(one)}>Take back</button></li>)}</ul> : null}
    </div>
  );
}

// After a restart of the server the page is drawn anew: keys pressed in that moment go into the composer that comes back.
let bridge = null;

function listen(id, caret) {
  const made = { id, caret, words: "", at: Date.now() };
  const hear = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Backspace") made.words = made.words.slice(0, -1);
    else if (event.key === "Enter") made.words += "\n";
    else if (event.key.length === 1) made.words += event.key;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("keydown", hear, true);
  const timer = setTimeout(() => made.stop(), BRIDGE_MS);
  made.stop = () => { clearTimeout(timer); window.removeEventListener("keydown", hear, true); };
  return made;
}

// Give the field a text as though it had been typed, with the caret at its place.
function type(area, text, caret) {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, text);
  area.focus();
  area.setSelectionRange(caret, caret);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

export function useBridge(id, field) {
  const last = useRef({ at: 0, caret: 0 });
  useEffect(() => {
    const area = field.current;
    const from = bridge?.id === id && Date.now() - bridge.at < BRIDGE_MS ? bridge : null;
    bridge = null;
    if (from) {
      from.stop();
      const caret = from.caret + from.words.length;
      type(area, area.value.slice(0, from.caret) + from.words + area.value.slice(from.caret), caret);
      last.current = { at: from.at, caret };
    }
    return () => { if (Date.now() - last.current.at < BRIDGE_MS) bridge = listen(id, last.current.caret); };
  }, []);
  return (area) => { last.current = { at: Date.now(), caret: area.selectionStart }; };
}
