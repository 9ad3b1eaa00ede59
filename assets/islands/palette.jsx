// The palette behind Ctrl/Cmd+K: one field over everything that can be done, opened or put into a text.
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { ArrowRight, Car, Clock, MessageSquare, Search, SquareSlash, UserRound, UsersRound, Zap } from "lucide-react";
import { useLocation, useNavigate } from "react-router";
import { Keys } from "./keyboard.jsx";
import { MOD, ago, exact, go, inAddress, read, useNow, write } from "./parts.jsx";
import { SHORTEST, actions, foundGroups, ownGroups, pagesFor, pieces } from "./palette_lines.js";

const SEARCH_MS = 250;
const LATE_MS = 8000;
const REMEMBERED = 6;
const INBOX = "/inbox";
const OPEN = "hub:palette";
const NONE = { ids: [] };
const ICON = { recent: Clock, actions: Zap, pages: ArrowRight, conversations: MessageSquare, customers: UserRound, vehicles: Car, canned: SquareSlash, users: UsersRound, again: ArrowRight };
const MAC = MOD === "⌘";

const inInbox = () => window.location.pathname.replace(/\/$/, "") === INBOX;
const keyOfMemory = (person) => `hub.opened.${person}`;

export function PaletteButton({ narrow, line }) {
  const open = () => window.dispatchEvent(new Event(OPEN));
  const shared = { type: "button", "aria-haspopup": "dialog", "aria-keyshortcuts": "Control+K Meta+K", onClick: open };
  const sign = <Search className={narrow || line ? "i" : "i i-14"} aria-hidden="true" />;
  if (line) return <button {...shared} className="show-m">{sign}Search and commands</button>;
  if (narrow) return <button {...shared} aria-label="Search and commands" title={`Search and commands (${MOD}K)`}>{sign}</button>;
  return <button {...shared} className="palette-open" aria-label="Search or do something">{sign}<span className="trunc grow">Search<span className="hide-m"> or do something</span></span><span className="row hide-m" aria-hidden="true"><Keys of="mod+k" mac={MAC} /></span></button>;
}

// This browser remembers which conversations were opened last, by id alone; what they are called comes from the server.
function useMemory(person) {
  const place = useLocation();
  useEffect(() => {
    const note = () => {
      const id = inInbox() ? inAddress("id") : "";
      if (!id || !person) return;
      const { ids } = read(keyOfMemory(person), NONE);
      if (ids[0] !== id) write(keyOfMemory(person), { ids: [id, ...ids.filter((one) => one !== id)].slice(0, REMEMBERED) }, NONE);
    };
    note();
    window.addEventListener("hub:address", note);
    return () => window.removeEventListener("hub:address", note);
  }, [person, place]);
}

// A question goes out 250 ms after the last key; only the answer that names it counts.
function useAnswer(text, isOpen, found, onFind) {
  const [ask, setAsk] = useState("");
  const [late, setLate] = useState("");
  const [again, setAgain] = useState(0);
  const wanted = isOpen && text.length >= SHORTEST;
  useEffect(() => {
    setAsk("");
    if (!wanted) return undefined;
    const name = `${Date.now().toString(36)}.${again}`;
    const timer = setTimeout(() => { setAsk(name); onFind(text, name); }, SEARCH_MS);
    const patience = setTimeout(() => setLate(name), SEARCH_MS + LATE_MS);
    return () => { clearTimeout(timer); clearTimeout(patience); };
  }, [text, wanted, again]);
  const answer = ask && found.ask === ask ? found : null;
  const problem = answer?.problem || (wanted && ask && !answer && late === ask ? "The server has not answered yet." : "");
  return { answer: answer?.problem ? null : answer, problem, searching: wanted && !answer && !problem, retry: () => setAgain((count) => count + 1) };
}

const Marked = ({ text, query }) => pieces(text, query).map((piece, at) => (at % 2 ? <mark key={at}>{piece}</mark> : piece));

function Line({ line, kind, id, active, query, now, onRun, onPoint }) {
  const Icon = ICON[kind];
  return (
    <div role="option" id={id} className="palette-line" aria-selected={active} onClick={onRun} onPointerMove={onPoint}>
      <Icon className="i" aria-hidden="true" />
      <span className="palette-words"><b className="trunc"><Marked text={line.title} query={query} /></b>{line.detail ? <span className="small muted trunc"><Marked text={line.detail} query={query} /></span> : null}</span>
      {line.status ? <span className="small muted nowrap palette-status">{line.status}</span> : null}
      {line.at ? <time className="small muted nowrap num" dateTime={line.at} title={exact(line.at)}>{ago(line.at, now)}</time> : null}
      {line.shortcut ? <kbd>{line.shortcut}</kbd> : null}
      {line.keys ? <span className="palette-keys"><Keys of={line.keys} mac={MAC} /></span> : null}
    </div>
  );
}

function useOpening(dialog, onOpen) {
  const opened = useRef(onOpen);
  opened.current = onOpen;
  useEffect(() => {
    const open = () => { if (!dialog.current.open && !document.querySelector("dialog[open]")) opened.current(); };
    const hear = (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (dialog.current.open) dialog.current.close();
      else open();
    };
    document.addEventListener("keydown", hear, true);
    window.addEventListener(OPEN, open);
    return () => { document.removeEventListener("keydown", hear, true); window.removeEventListener(OPEN, open); };
  }, []);
}

const told = (count, searching, text) => (searching ? "Searching" : !text ? "" : count ? `${count} ${count === 1 ? "result" : "results"}` : `Nothing matches “${text}”.`);

export function Palette({ pages, permissions, person, preferences, found, recent, onFind, onRecent }) {
  const dialog = useRef(null);
  const list = useRef(null);
  const own = useId();
  const [before, setBefore] = useState(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState("");
  const navigate = useNavigate();
  const now = useNow();
  const isOpen = before !== null;
  const text = typed.trim().replace(/\s+/g, " ");
  useMemory(person);
  useOpening(dialog, () => {
    setBefore(document.activeElement ?? document.body);
    setTyped("");
    setAt("");
    dialog.current.showModal();
    onRecent(read(keyOfMemory(person), NONE).ids.join(","));
  });
  const ways = { open: navigate, thread: (id) => (inInbox() ? go({ id }) : navigate(`${INBOX}?id=${id}`)) };
  const { answer, problem, searching, retry } = useAnswer(text, isOpen, found, onFind);
  const doing = useMemo(() => (isOpen ? actions(preferences.key_map ?? {}, before, inAddress("id") !== "") : []), [before, preferences]);
  const again = { kind: "again", title: "Not found yet", lines: [{ key: "again", title: "Try again", stays: true, run: retry }] };
  const groups = !isOpen ? [] : [
    ...ownGroups(text, { recent, doing, pages: pagesFor(pages, permissions, navigate), here: inInbox() ? inAddress("id") : "" }, ways),
    ...(answer ? foundGroups(answer, text, ways) : []), ...(problem ? [again] : []),
  ];
  const lines = groups.flatMap((group) => group.lines);
  const active = lines.find((line) => line.key === at) ?? lines[0];
  const idOf = (line) => `${own}-${line.key}`;
  const run = (line) => {
    if (line.stays) { line.run(); return; }
    dialog.current.close();
    setTimeout(line.run, 0);
  };
  const point = (line) => {
    setAt(line.key);
    document.getElementById(idOf(line))?.scrollIntoView({ block: "nearest" });
  };
  const keys = (event) => {
    if (event.nativeEvent.isComposing || !active) return;
    const from = lines.indexOf(active);
    const to = { ArrowDown: (from + 1) % lines.length, ArrowUp: (from - 1 + lines.length) % lines.length, Home: 0, End: lines.length - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); point(lines[to]); }
    if (event.key === "Enter") { event.preventDefault(); run(active); }
  };
  return (
    <dialog ref={dialog} className="dialog palette" aria-label="Search and commands" onClose={() => setBefore(null)} onClick={(event) => { if (event.target === dialog.current) dialog.current.close(); }}>
      <div className="palette-head">
        <Search className="i" aria-hidden="true" />
        <input type="text" role="combobox" autoFocus aria-label="Search and commands" placeholder="Search or do something" autoComplete="off" spellCheck={false} maxLength={80} value={typed}
          aria-expanded={lines.length > 0} aria-controls={`${own}-list`} aria-autocomplete="list" aria-activedescendant={active ? idOf(active) : undefined}
          onChange={(event) => { setTyped(event.target.value); setAt(""); list.current.scrollTop = 0; }} onKeyDown={keys} />
        <button type="button" className="palette-close" aria-label="Close the search" onClick={() => dialog.current.close()}><kbd aria-hidden="true">Esc</kbd></button>
      </div>
      <div ref={list} className="palette-list" role="listbox" id={`${own}-list`} aria-label="Results" hidden={!lines.length} onMouseDown={(event) => event.preventDefault()}>
        {groups.map((group) => (
          <div key={group.kind} role="group" aria-labelledby={`${own}-${group.kind}`}>
            <div role="presentation" id={`${own}-${group.kind}`} className="palette-title">{group.title}</div>
            {group.lines.map((line) => <Line key={line.key} id={idOf(line)} line={line} kind={group.kind} active={line === active} query={text} now={now} onRun={() => run(line)} onPoint={() => { if (line !== active) setAt(line.key); }} />)}
          </div>
        ))}
      </div>
      {problem ? <p className="palette-note small bad" role="alert">{problem}</p> : <p className={`palette-note small muted${lines.length && !searching ? " sr" : ""}`} role="status">{told(lines.length, searching, text)}</p>}
    </dialog>
  );
}
