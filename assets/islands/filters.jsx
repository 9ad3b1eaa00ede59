// Filters stand in the address; of one kind any value will do, all kinds must hold. A set of them can be kept as a view.
import { useEffect, useRef, useState } from "react";
import { Bookmark, Check, Ellipsis, X } from "lucide-react";
import { go } from "./parts.jsx";

const SLEEPS = ["mine", "unassigned", "open"];
const ENDED = ["snoozed", "resolved"];
const BARE = ["unread", "overdue", "snoozed"];
const split = (text) => (text ? text.split(",").map(decodeURIComponent) : []);
const join = (values) => values.map((value) => value.replaceAll("%", "%25").replaceAll(",", "%2C")).join(",");
const SETTLED = ["view", "status", "priority", "source", "label", "assignee", "unread", "overdue", "snoozed", "q"];

function safely(text) {
  try { return split(text); } catch { return [text]; }
}

// What the address says now; the server's word for it comes a moment later.
function useQuery(query) {
  const [now, setNow] = useState(query);
  useEffect(() => setNow(query), [query]);
  useEffect(() => {
    const read = () => setNow({ view: "open", ...Object.fromEntries(new URLSearchParams(window.location.search)) });
    window.addEventListener("hub:address", read);
    return () => window.removeEventListener("hub:address", read);
  }, []);
  return now;
}

// Every kind that the view leaves open, with its choices: [field, title, [[value, words], ...], several?]
function kindsOf(query, kinds, colleagues, labels, me) {
  const people = [["me", "Me"], ["none", "Nobody"], ...colleagues.filter((one) => one.id !== me).map((one) => [one.id, one.name])];
  const worn = [...new Set([...labels, ...safely(query.label)])];
  return [
    ...kinds.filter(([field]) => field !== "status" || query.view !== "resolved").map(([field, title, choices]) => [field, title, choices, true]),
    ...(query.view === "mine" || query.view === "unassigned" ? [] : [["assignee", "Assignee", people, false]]),
    ...(worn.length ? [["label", "Label", worn.map((one) => [one, one]), true]] : []),
    ["unread", "Unread", [["1", "Unread only"]], false],
    ...(ENDED.includes(query.view) ? [] : [["overdue", "Overdue", [["1", "Overdue only"]], false]]),
    ...(SLEEPS.includes(query.view) ? [["snoozed", "Snoozed", [["1", "Snoozed only"]], false]] : []),
  ];
}

function toggled(query, field, value, several) {
  const had = several ? safely(query[field]) : [query[field]].filter(Boolean);
  if (had.includes(value)) return join(had.filter((one) => one !== value));
  return several ? join([...had, value]) : value;
}

function Menu({ query, kinds }) {
  return (
    <div id="filter-menu" popover="auto" role="dialog" aria-label="Filter" className="pop menu menu-scroll">
      {kinds.map(([field, title, choices, several]) => (
        <div key={field} role="group" aria-label={title} className="menu-group">
          <h3>{title}</h3>
          {choices.map(([value, words]) => {
            const on = (several ? safely(query[field]) : [query[field]]).includes(value);
            return <button key={value} type="button" aria-pressed={on} onClick={() => go({ [field]: toggled(query, field, value, several) })}><span className="grow trunc">{words}</span>{on ? <Check className="i i-14 tick" aria-hidden="true" /> : null}</button>;
          })}
        </div>
      ))}
    </div>
  );
}

const Chip = ({ title, words, onRemove }) => (
  <span className="fchip">{title ? <span>{title}</span> : null}<b className="trunc">{words}</b><button type="button" aria-label={`Remove filter: ${title || words}`} onClick={onRemove}><X className="i i-12" aria-hidden="true" /></button></span>
);

function chipsOf(query, kinds) {
  const chips = kinds.filter(([field]) => query[field]).map(([field, title, choices, several]) => {
    const values = several ? safely(query[field]) : [query[field]];
    const words = values.map((value) => choices.find(([known]) => known === value)?.[1] ?? value).join(" or ");
    return { field, title: BARE.includes(field) ? "" : title, words };
  });
  return query.q ? [...chips, { field: "q", title: "Search", words: query.q }] : chips;
}

function viewQuery(query) {
  return new URLSearchParams(SETTLED.filter((name) => query[name]).map((name) => [name, query[name]])).toString();
}

function SaveView({ query, saved, onSave }) {
  const field = useRef(null);
  const [fault, setFault] = useState("");
  // the browser's own focusing: at once when the popover opens, so that no typed letter is taken for a key
  useEffect(() => field.current.setAttribute("autofocus", ""), []);
  const save = (event) => {
    event.preventDefault();
    const name = field.current.value.trim();
    if (!name) return;
    if (saved.some((view) => view.name.toLowerCase() === name.toLowerCase())) { setFault("Another view has this name."); return; }
    setFault("");
    onSave(name, viewQuery(query));
    field.current.value = "";
    document.getElementById("save-view").hidePopover();
  };
  return (
    <>
      <button type="button" className="link small" popoverTarget="save-view"><Bookmark className="i i-12" aria-hidden="true" />Save view</button>
      <div id="save-view" popover="auto" role="dialog" aria-label="Save view" className="pop menu">
        <form className="row" onSubmit={save}><input ref={field} className="input" maxLength={60} aria-label="Name of the view" aria-invalid={Boolean(fault)} placeholder="Name" required /><button className="btn btn-sm btn-primary">Save</button></form>
        {fault ? <p className="small down" role="alert">{fault}</p> : null}
      </div>
    </>
  );
}

export function FilterBar({ query, kinds, colleagues, labels, saved, me, onSave }) {
  const now = useQuery(query);
  const known = kindsOf(now, kinds, colleagues, labels, me);
  const chips = chipsOf(now, known);
  const fields = chips.map((chip) => chip.field);
  const kept = saved.some((view) => view.query === viewQuery(now));
  return (
    <>
      <Menu query={now} kinds={known} />
      {chips.length ? (
        <div className="row chips" role="group" aria-label="Filters">
          {chips.map(({ field, title, words }) => <Chip key={field} title={title} words={words} onRemove={() => go({ [field]: "" })} />)}
          <button type="button" className="link small" onClick={() => go(Object.fromEntries(fields.map((field) => [field, ""])))}>Clear all</button>
          {kept ? null : <SaveView query={now} saved={saved} onSave={onSave} />}
        </div>
      ) : null}
    </>
  );
}

function SavedView({ view, here, onRename, onDelete }) {
  const menu = `view-${view.id}`;
  const field = useRef(null);
  const rename = (event) => {
    event.preventDefault();
    const name = field.current.value.trim();
    if (name && name !== view.name) onRename(view.id, name);
    document.getElementById(menu).hidePopover();
  };
  return (
    <div className="saved-view">
      <a href={`/inbox?${view.query}`} className="navi" aria-current={here ? "page" : "false"}><Bookmark className="i" aria-hidden="true" /><span className="trunc grow">{view.name}</span></a>
      <button type="button" className="btn btn-ghost btn-sm btn-icon" popoverTarget={menu} aria-label={`Change view ${view.name}`}><Ellipsis className="i i-14" aria-hidden="true" /></button>
      <div id={menu} popover="auto" role="dialog" aria-label={`View ${view.name}`} className="pop menu">
        <form className="row" onSubmit={rename}><input ref={field} className="input" maxLength={60} aria-label="Name of the view" defaultValue={view.name} required /><button className="btn btn-sm">Rename</button></form>
        <button type="button" onClick={() => { document.getElementById(menu).hidePopover(); onDelete(view.id); }}>Delete view</button>
      </div>
    </div>
  );
}

export function SavedViews({ query, saved, onRename, onDelete }) {
  const now = useQuery(query);
  if (!saved.length) return null;
  return (
    <div role="group" aria-label="Saved views" className="saved-views">
      <h3>Saved</h3>
      {saved.map((view) => <SavedView key={view.id} view={view} here={view.query === viewQuery(now)} onRename={onRename} onDelete={onDelete} />)}
    </div>
  );
}
