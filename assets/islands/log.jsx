// The thread: days, groups, private notes, what the AI wrote; keeps its place while messages come and go.
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { ArrowDown, Lock, ShieldAlert, Sparkles, Star } from "lucide-react";
import { LOOK, sourceWords, tally } from "./claims.jsx";
import { Happening } from "./happenings.jsx";
import { LOCALE } from "./locale.js";
import { Avatar, clock, exact, readable } from "./parts.jsx";

const NEAR_PX = 80;
const OLDER_PX = 120;
const GROUP_MS = 5 * 60000;

const when = (message) => message.sent_at ?? message.created_at;

function day(iso) {
  const date = new Date(iso);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86400000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString(LOCALE, { weekday: "long", day: "numeric", month: "long", year });
}

const side = (message) => (message.internal ? "note" : message.sender === "customer" ? "in" : "out");

// Messages and happenings in the order of time; of two at one moment the message comes first.
function merged(messages, happenings) {
  const both = [...messages.map((message) => ({ at: when(message), message })), ...happenings.map((one) => ({ at: one.at, one }))];
  return both.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

// What stands in the log, in order: a day, the "New" line, a happening, a note, or a group of one person's messages.
function entries(messages, happenings, firstUnread) {
  const list = [];
  let lastDay = "";
  for (const { at, message, one } of merged(messages, happenings)) {
    const label = day(at);
    if (label !== lastDay) list.push({ kind: "day", key: `day-${label}`, label });
    lastDay = label;
    if (one) { list.push({ kind: "happening", key: one.id, one }); continue; }
    if (message.id === firstUnread) list.push({ kind: "new", key: "new" });
    const last = list.at(-1);
    const joins = last?.kind === side(message) && last.kind !== "note" && last.messages[0].author?.id === message.author?.id
      && last.messages[0].sender === message.sender && new Date(when(message)) - new Date(when(last.messages.at(-1))) < GROUP_MS;
    if (joins) last.messages.push(message);
    else list.push({ kind: side(message), key: message.id, messages: [message] });
  }
  return list;
}

const unreadFrom = (messages, count) => {
  const theirs = messages.filter((message) => message.sender === "customer");
  return count > 0 ? theirs.at(-Math.min(count, theirs.length))?.id : undefined;
};

function Rating({ message, onRate }) {
  const rated = message.assistance.rating ?? 0;
  return (
    <div className="rating" role="group" aria-label="Rate this draft">
      {[1, 2, 3, 4, 5].map((stars) => (
        <button key={stars} type="button" className={stars <= rated ? "on" : ""} aria-label={`${stars} of 5`} aria-pressed={stars === rated} onClick={() => onRate(message.id, stars)}>
          <Star className="i i-14" aria-hidden="true" />
        </button>
      ))}
    </div>
  );
}

// How much of a draft was changed before it was sent; see TimelineView for what the figure is.
const changed = (status, percent) => (status !== "edited" ? "" : percent ? ` · edited ${percent} %` : " · edited");

function Provenance({ message, percent, onRate }) {
  const { status, claims, provider, model } = message.assistance;
  const { red } = tally(claims);
  const id = `from-${message.id}`;
  return (
    <>
      <button type="button" className="srcbtn" popoverTarget={id}>
        {red.length ? <ShieldAlert className="i i-12" aria-hidden="true" /> : <Sparkles className="i i-12" aria-hidden="true" />}{" "}
        AI draft · approved by {message.author?.display_name ?? "a colleague"}{changed(status, percent)}{red.length ? ` · ${red.length} unsourced` : ""}
      </button>
      <div id={id} popover="auto" className="pop facts-pop" role="dialog" aria-label="What this message rests on">
        <h3>{claims.length ? "What this message rests on" : "This message states no facts"}</h3>
        <ul>
          {claims.map((claim, at) => {
            const { Icon, tone, words } = LOOK[claim.verdict];
            return <li key={at}><span className={`st st-plain st-${tone}`}><Icon className="i i-12" aria-hidden="true" />{words}</span><span><b className="strong">{claim.text}</b><br /><span className="small muted">{claim.evidence ? `${sourceWords(claim.evidence, {}, 0).label}: ` : ""}{claim.reason}</span></span></li>;
          })}
        </ul>
        <div className="row small muted"><span className="grow trunc">{provider}{model && model !== provider ? `, ${model}` : ""}</span><Rating message={message} onRate={onRate} /></div>
      </div>
    </>
  );
}

function Note({ message }) {
  return (
    <article className="note" aria-label={`Private note by ${message.author?.display_name ?? "a colleague"}, ${exact(when(message))}`}>
      <div className="nh"><Lock className="i i-12" aria-hidden="true" />Private note · {message.author?.display_name ?? "A colleague"}<span className="grow" /><time dateTime={when(message)} title={exact(when(message))}>{clock(when(message))}</time></div>
      <div className="pre" dir="auto">{readable(message.content)}</div>
    </article>
  );
}

function Group({ group, customer, me, edited, onRate }) {
  const last = group.messages.at(-1);
  const incoming = group.kind === "in";
  const name = incoming ? customer.name : last.author?.display_name ?? "DealSmart";
  const face = <Avatar name={name} id={incoming ? customer.id : last.author?.id ?? ""} size={28} />;
  const time = <time dateTime={when(last)} title={exact(when(last))}>{clock(when(last))}</time>;
  return (
    <article className={`msg ${group.kind}`} aria-label={`${name}, ${exact(when(last))}`}>
      {incoming ? face : null}
      <div>
        {group.messages.map((message) => <div key={message.id} className="b pre" dir="auto" data-message={message.id}>{readable(message.content)}</div>)}
        <div className="m">
          {last.sender === "ai" && last.assistance ? <Provenance message={last} percent={edited[last.id]} onRate={onRate} /> : incoming ? null : <span>{last.author?.id === me ? "You" : name}</span>}
          {incoming ? null : <span aria-hidden="true">·</span>}{time}
        </div>
      </div>
      {incoming ? null : face}
    </article>
  );
}

export function ThreadLog({ conversation, messages, happenings, edited, unread, me, hasOlder, onOlder, onRead, onRate }) {
  const box = useRef(null);
  const was = useRef({ id: "", first: "", last: "", count: 0, height: 0, near: true });
  const [fresh, setFresh] = useState({ id: "", from: undefined });
  const [below, setBelow] = useState(0);
  const first = messages[0]?.id ?? "";
  const last = messages.at(-1)?.id ?? "";

  useLayoutEffect(() => {
    const log = box.current;
    const before = was.current;
    if (before.id !== conversation.id) {
      setFresh({ id: conversation.id, from: unreadFrom(messages, unread) });
      setBelow(0);
      log.scrollTop = log.scrollHeight;
      before.near = true;
    } else if (before.last !== last && before.last) {
      const since = messages.findIndex((message) => message.id === before.last);
      const mine = messages.at(-1)?.author?.id === me;
      // once the customer has his answer, nothing that stood there is new
      if (messages.slice(since + 1).some((message) => side(message) === "out")) setFresh({ id: conversation.id, from: undefined });
      if (before.near || mine) log.scrollTop = log.scrollHeight;
      else setBelow((count) => count + Math.max(1, messages.length - 1 - since));
    } else if (before.first !== first && before.first) {
      log.scrollTop += log.scrollHeight - before.height;
    } else if (before.count !== happenings.length && before.near) {
      log.scrollTop = log.scrollHeight;
    }
    was.current = { ...before, id: conversation.id, first, last, count: happenings.length, height: log.scrollHeight };
  }, [conversation.id, first, last, messages.length, happenings.length]);

  useEffect(() => {
    const line = box.current.querySelector("[data-new]");
    if (fresh.from && line) line.scrollIntoView({ block: "center" });
  }, [fresh]);

  useEffect(() => {
    const log = box.current;
    const keep = new ResizeObserver(() => { if (was.current.near) log.scrollTop = log.scrollHeight; });
    keep.observe(log);
    return () => keep.disconnect();
  }, []);

  const newest = messages.filter((message) => message.sender === "customer").at(-1)?.id ?? "";
  useEffect(() => {
    if (!newest || !unread) return undefined;
    const look = () => { if (document.visibilityState === "visible" && was.current.near) onRead(newest); };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [conversation.id, newest, unread > 0, below]);

  const scroll = ({ currentTarget: log }) => {
    was.current.near = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
    was.current.height = log.scrollHeight;
    if (was.current.near && below) setBelow(0);
    if (log.scrollTop < OLDER_PX && hasOlder && was.current.asked !== first) { was.current.asked = first; onOlder(); }
  };
  const down = () => { box.current.scrollTop = box.current.scrollHeight; setBelow(0); };

  return (
    <div className="log-box">
      <div className="log" role="log" aria-live="polite" aria-label={`Messages with ${conversation.customer.name}`} ref={box} onScroll={scroll} tabIndex={0}>
        {hasOlder ? <div className="older"><button type="button" className="btn btn-sm btn-ghost" onClick={onOlder}>Load older messages</button></div> : null}
        {messages.length || happenings.length ? null : <p className="ev">No message yet</p>}
        {entries(messages, happenings, fresh.id === conversation.id ? fresh.from : undefined).map((entry) => {
          if (entry.kind === "day") return <div key={entry.key} className="day">{entry.label}</div>;
          if (entry.kind === "new") return <div key={entry.key} className="day day-new" data-new>New</div>;
          if (entry.kind === "happening") return <Happening key={entry.key} one={entry.one} me={me} />;
          if (entry.kind === "note") return <Note key={entry.key} message={entry.messages[0]} />;
          return <Group key={entry.key} group={entry} customer={conversation.customer} me={me} edited={edited} onRate={onRate} />;
        })}
      </div>
      {below ? <button type="button" className="log-new" onClick={down}><ArrowDown className="i i-14" aria-hidden="true" />{below} new</button> : null}
    </div>
  );
}
