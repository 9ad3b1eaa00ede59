// What happened to the conversation, as thin centred lines between the messages.
import { AlarmClock, ArrowUpDown, CircleDot, CircleUserRound, MessageSquareX, Pencil, RotateCcw, Sun, Tag } from "lucide-react";
import { clock, exact } from "./parts.jsx";

const STATUS = { open: "Open", pending: "Waiting on customer", resolved: "Resolved" };
const REASON = { wrong_facts: "wrong facts", wrong_tone: "wrong tone", not_helpful: "not helpful", too_long: "too long", other: "another reason" };
const ICON = { assigned: CircleUserRound, status: CircleDot, priority: ArrowUpDown, labels: Tag, subject: Pencil, snoozed: AlarmClock, woken: Sun, reopened: RotateCcw, draft_rejected: MessageSquareX };

const Names = ({ list }) => list.map((name, at) => <span key={name}>{at ? ", " : ""}<b>{name}</b></span>);

function status(who, { value, before }) {
  if (value === "resolved") return <>{who} resolved this conversation</>;
  if (before === "resolved") return <>{who} opened this conversation again</>;
  return <>{who} set the status to <b>{STATUS[value] ?? value}</b></>;
}

function assigned(who, one, me) {
  if (!one.person) return <>{who} took this conversation from its owner</>;
  if (one.person.id === one.actor?.id) return <>{who} took this conversation</>;
  return <>{who} assigned this to <b>{one.person.id === me ? "you" : one.person.display_name}</b></>;
}

function labels(who, { added = [], removed = [] }) {
  return <>{who} {added.length ? <>added the label{added.length > 1 ? "s" : ""} <Names list={added} /></> : null}{added.length && removed.length ? " and " : ""}{removed.length ? <>took off <Names list={removed} /></> : null}</>;
}

function words(one, me) {
  const who = <b>{one.actor ? (one.actor.id === me ? "You" : one.actor.display_name) : "The system"}</b>;
  const { details } = one;
  switch (one.kind) {
    case "assigned": return assigned(who, one, me);
    case "status": return status(who, details);
    case "priority": return <>{who} set the priority to <b>{details.value}</b></>;
    case "labels": return labels(who, details);
    case "subject": return <>{who} changed the subject</>;
    case "snoozed": return <>{who} snoozed this until <b>{exact(details.until)}</b></>;
    case "woken": return one.actor ? <>{who} ended the snooze</> : <>The snooze ended: the customer wrote</>;
    case "reopened": return <>Opened again: the customer wrote</>;
    default: return <>{who} rejected an AI draft{details.reason ? <>: <b>{REASON[details.reason] ?? details.reason}</b></> : null}{details.comment ? <> “{details.comment}”</> : null}</>;
  }
}

export function Happening({ one, me }) {
  const Icon = ICON[one.kind] ?? CircleDot;
  return <p className="ev" data-happening={one.kind}><Icon className="i i-12" aria-hidden="true" /> {words(one, me)} · <time dateTime={one.at} title={exact(one.at)}>{clock(one.at)}</time></p>;
}
