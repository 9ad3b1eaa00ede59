// The conversation list: a listbox with a roving focus, whose rows never move under the reader's pointer.
import { useEffect, useRef, useState } from "react";
import { ArrowUp, ChevronsUp, ChevronsDown, CircleCheck, Clock, Hourglass, Mail, MessageSquare, MessagesSquare, Check, Moon, Phone, Plug, ShieldAlert, Sparkles, Store, TriangleAlert, UserRound } from "lucide-react";
import { Avatar, announce, ago, exact, go, inAddress, lasting, readable, upTo, useNow } from "./parts.jsx";
import { toggle, useSelection } from "./selection.jsx";

const CHANNEL = { web: [MessagesSquare, "Web chat"], email: [Mail, "E-mail"], sms: [MessageSquare, "SMS"], phone: [Phone, "Phone"], walk_in: [Store, "Walk-in"], api: [Plug, "API"] };
const MINUTE_MS = 60000;
const AMBER_SHARE = 0.2;
const TOP_PX = 40;

// While the reader has scrolled down, rows keep their order and newcomers wait above.
function merge(shown, rows, scrolled) {
  if (!scrolled) return { list: rows, held: 0 };
  const fresh = new Map(rows.map((row) => [row.id, row]));
  const known = new Set(shown.map((row) => row.id));
  const last = rows.reduce((at, row, index) => (known.has(row.id) ? index : at), -1);
  return {
    list: [...shown.filter((row) => fresh.has(row.id)).map((row) => fresh.get(row.id)), ...rows.slice(last + 1)],
    held: rows.slice(0, last + 1).filter((row) => !known.has(row.id)).length,
  };
}

function Due({ row, now, target }) {
  if (row.status === "resolved") return <span className="st st-plain st-success"><CircleCheck className="i i-12" aria-hidden="true" />Resolved</span>;
  if (row.snoozed_until && new Date(row.snoozed_until) > now) return <span className="st st-plain" title={`Snoozed until ${exact(row.snoozed_until)}`}><Moon className="i i-12" aria-hidden="true" /><span className="sr">Snoozed </span>Until {upTo(row.snoozed_until, now)}</span>;
  if (!row.waiting_since) return row.status === "pending" ? <span className="st st-plain st-info"><Hourglass className="i i-12" aria-hidden="true" />Waiting on customer</span> : null;
  const left = new Date(row.waiting_since).getTime() + target * MINUTE_MS - now;
  const look = left <= 0 ? "st-danger" : left < AMBER_SHARE * target * MINUTE_MS ? "st-warning" : "st-plain";
  const Icon = left <= 0 ? TriangleAlert : Clock;
  const words = left <= 0 ? `${lasting(-left)} late` : `Reply in ${lasting(left)}`;
  return <span className={`st due ${look}`} title={`The customer has waited since ${exact(row.waiting_since)}`}><Icon className="i i-12" aria-hidden="true" />{words}</span>;
}

// One line of a text: also without a tag that the line's end cut.
const untagged = (text) => readable(text.replace(/<\/?[a-z][^<>]*$/i, "")).replace(/\s+/g, " ").trim() || text;

function Preview({ row, me }) {
  const last = row.last_message;
  if (!last) return <span className="trunc grow">No message yet</span>;
  const by = last.said_by;
  const who = last.sender === "customer" ? "" : by ? (by.id === me ? "You" : by.display_name.split(" ")[0]) : last.sender === "ai" ? "AI" : "Team";
  const about = by && last.sender === "ai" ? `AI draft, approved by ${by.display_name}` : by?.display_name;
  return <span className="trunc grow">{who ? <span className="who" title={about}>{who}: </span> : null}{untagged(last.preview)}</span>;
}

function Marks({ row }) {
  const draft = row.pending_draft?.status;
  return (
    <>
      {draft === "flagged" ? <span className="down" title="Draft held back"><ShieldAlert className="i i-14" aria-hidden="true" /><span className="sr">Draft held back. </span></span> : null}
      {draft === "ready" ? <span className="muted" title="AI draft ready"><Sparkles className="i i-14" aria-hidden="true" /><span className="sr">AI draft ready. </span></span> : null}
      {row.unread_count > 0 ? <span className="count"><span className="sr">Unread: </span>{row.unread_count > 99 ? "99+" : row.unread_count}</span> : null}
    </>
  );
}

const PRIORITY = { urgent: ["st-danger", ChevronsUp, "Urgent"], high: ["st-warning", ChevronsUp, "High"], low: ["", ChevronsDown, "Low"] };

function Owner({ row }) {
  if (row.assigned_to) return <Avatar name={row.assigned_to.display_name} id={row.assigned_to.id} size={16} title={row.assigned_to.display_name} />;
  return <span className="av av-16 av-none" title="Unassigned"><UserRound className="i i-12" aria-hidden="true" /></span>;
}

function Chips({ row, now, target }) {
  const priority = PRIORITY[row.priority];
  const PriorityIcon = priority?.[1];
  return (
    <div className="l3">
      {row.subject ? <span className="st st-outline" title={row.subject}><span>{row.subject}</span></span> : null}
      {priority ? <span className={`st st-plain ${priority[0]}`}><PriorityIcon className="i i-12" aria-hidden="true" />{priority[2]}</span> : null}
      {row.labels.length ? <span className="st lbl trunc" title={row.labels.join(", ")}>{priority ? <><span className="sr">Labels: </span>+{row.labels.length}</> : <>{row.labels[0]}{row.labels.length > 1 ? ` +${row.labels.length - 1}` : ""}</>}</span> : null}
      <span className="grow" />
      <Due row={row} now={now} target={target} />
      <Owner row={row} />
    </div>
  );
}

function Row({ row, me, now, target, compact, selected, picked, reachable, onOpen }) {
  const [Icon, channel] = CHANNEL[row.source] ?? CHANNEL.web;
  const click = (event) => (event.target.closest("[data-pick]") ? toggle(row.id) : onOpen(row.id));
  return (
    <div
      className={`lrow${row.unread_count > 0 ? " unread" : ""}`} role="option" id={`row-${row.id}`} data-row={row.id} data-picked={picked || undefined}
      tabIndex={reachable ? 0 : -1} aria-selected={selected} onClick={click}
    >
      <span className="face"><Avatar name={row.customer.name} id={row.customer.id} /><span className="pick" data-pick="" title="Select (X)" aria-hidden="true">{picked ? <Check className="i i-14" /> : null}</span></span>
      <div className="lc">
        {picked ? <span className="sr">Selected for one change to all. </span> : null}
        <div className="l1">
          <b className="trunc">{row.customer.name}</b><span title={channel}><Icon className="i i-14" aria-hidden="true" /><span className="sr">{channel}</span></span>
          <span className="grow" /><time dateTime={row.last_message_at} title={exact(row.last_message_at)}>{ago(row.last_message_at, now)}</time>
        </div>
        <div className="l2 row"><Preview row={row} me={me} /><Marks row={row} />{compact ? <><Due row={row} now={now} target={target} /><Owner row={row} /></> : null}</div>
        {compact ? null : <Chips row={row} now={now} target={target} />}
      </div>
    </div>
  );
}

// X and U act on the row that has the focus, or on the open one.
function useRowKeys(onUnread) {
  const unread = useRef(onUnread);
  unread.current = onUnread;
  useEffect(() => {
    const act = ({ detail }) => {
      if (detail.act === "select") { toggle(detail.id); return; }
      if (detail.id === inAddress("id")) go({ id: "" });
      unread.current(detail.id);
      announce("Marked unread");
    };
    window.addEventListener("hub:row", act);
    return () => window.removeEventListener("hub:row", act);
  }, []);
}

export function ConversationRows({ rows, label, listKey, selected, me, target, density, hasMore, onMore, onUnread }) {
  const now = useNow();
  const chosen = useSelection();
  useRowKeys(onUnread);
  const box = useRef(null);
  const [view, setView] = useState({ key: listKey, list: rows, held: 0 });
  const [picked, setPicked] = useState(selected);
  const asked = useRef(0);
  useEffect(() => {
    setView((before) => {
      const same = before.key === listKey;
      if (!same && box.current) box.current.scrollTop = 0;
      return { key: listKey, ...merge(before.list, rows, same && box.current?.scrollTop > TOP_PX) };
    });
  }, [rows, listKey]);
  useEffect(() => setPicked(selected), [selected]);
  useEffect(() => {
    const follow = () => setPicked(inAddress("id"));
    window.addEventListener("hub:address", follow);
    return () => window.removeEventListener("hub:address", follow);
  }, []);
  const reveal = () => {
    box.current.scrollTop = 0;
    setView({ key: listKey, list: rows, held: 0 });
  };
  const scroll = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
    if (scrollTop <= TOP_PX && view.held) setView({ key: listKey, list: rows, held: 0 });
    if (hasMore && scrollHeight - scrollTop - clientHeight < 400 && asked.current !== rows.length) {
      asked.current = rows.length;
      onMore();
    }
  };
  const move = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const options = [...box.current.querySelectorAll("[role=option]")];
    const at = options.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1 }[event.key];
    if (to !== undefined && options[to]) { event.preventDefault(); options[to].focus(); }
    if ((event.key === "Enter" || event.key === " ") && options[at]) { event.preventDefault(); options[at].click(); }
  };
  const open = (id) => { setPicked(id); go({ id }); };
  const first = view.list.some((row) => row.id === picked) ? picked : view.list[0]?.id;
  return (
    <div className="rows-box">
      {view.held ? <button type="button" className="rows-new" onClick={reveal}><ArrowUp className="i i-14" aria-hidden="true" />{view.held} new</button> : null}
      <div className="rows" role="listbox" id="rows" aria-label={label} ref={box} onScroll={scroll} onKeyDown={move}>
        {view.list.map((row) => (
          <Row key={row.id} row={row} me={me} now={now} target={target} compact={density === "compact"} picked={chosen.has(row.id)} selected={row.id === picked} reachable={row.id === first} onOpen={open} />
        ))}
      </div>
    </div>
  );
}
