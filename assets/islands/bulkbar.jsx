// One change to all selected conversations; the bar takes the place of the list's head, its report offers an undo.
import { useEffect, useRef, useState } from "react";
import { AlarmClock, CircleCheck, CircleUserRound, MailOpen, Tag, Undo2, X } from "lucide-react";
import { announce } from "./parts.jsx";
import { SnoozeTo } from "./snooze.jsx";
import { anyChosen, choose, useSelection } from "./selection.jsx";

const UNDO_MS = 10000;

const Choice = ({ onClick, children }) => <button type="button" onClick={onClick}><span className="grow trunc">{children}</span></button>;

function Menu({ id, Icon, label, children }) {
  return (
    <>
      <button type="button" className="btn btn-sm btn-icon" popoverTarget={id} title={label} aria-label={`${label} of all selected`}><Icon className="i i-14" aria-hidden="true" /></button>
      <div id={id} popover="auto" role="dialog" aria-label={label} className="pop menu menu-scroll">{children}</div>
    </>
  );
}

function Report({ report, onUndo }) {
  const [open, setOpen] = useState("");
  const said = useRef(report.nonce ?? "");
  useEffect(() => {
    if (!report.nonce || report.nonce === said.current) return undefined;
    said.current = report.nonce;
    setOpen(report.nonce);
    announce(report.words);
    const timer = setTimeout(() => setOpen(""), UNDO_MS);
    return () => clearTimeout(timer);
  }, [report]);
  if (!open || open !== report.nonce) return null;
  return (
    <div className="toast undo bulk-report" key={open}>
      <span className="grow">{report.words}</span>
      {report.can_undo ? <button type="button" className="btn btn-sm" onClick={() => { setOpen(""); onUndo(); }}><Undo2 className="i i-14" aria-hidden="true" />Undo</button> : null}
      <button type="button" className="btn btn-sm btn-icon" aria-label="Close" onClick={() => setOpen("")}><X className="i i-14" aria-hidden="true" /></button>
    </div>
  );
}

export function BulkBar({ rows, listKey, colleagues, labels, me, report, snoozes, statuses, onChange, onUndo }) {
  const chosen = useSelection();
  const label = useRef(null);
  const ids = rows.filter((row) => chosen.has(row.id)).map((row) => row.id);
  useEffect(() => () => choose([]), [listKey]);
  useEffect(() => {
    const leave = (event) => {
      const elsewhere = event.target.closest?.("input, textarea") || document.querySelector(":popover-open, dialog[open]");
      if (event.key === "Escape" && anyChosen() && !elsewhere) choose([]);
    };
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  }, []);
  const act = (field, value) => {
    document.querySelectorAll(".bulk :popover-open").forEach((menu) => menu.hidePopover());
    onChange(ids, field, value);
    choose([]);
    document.querySelector("#rows [role=option][tabindex='0']")?.focus();
  };
  const type = (event) => { event.preventDefault(); const name = label.current.value.trim(); if (name) act("label", name); };
  const all = rows.slice(0, 100).map((row) => row.id);
  return (
    <>
      {ids.length ? (
        <div className="bulk" role="toolbar" aria-label={`${ids.length} selected`}>
          <div className="row">
            <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label="Select nothing" title="Select nothing (Esc)" onClick={() => choose([])}><X className="i i-14" aria-hidden="true" /></button>
            <b className="grow num">{ids.length} selected</b>
            {ids.length < all.length ? <button type="button" className="link small" onClick={() => choose(all)}>Select the {all.length} shown</button> : null}
          </div>
          <div className="row">
            <Menu id="bulk-assign" Icon={CircleUserRound} label="Owner">
              <Choice onClick={() => act("staff_id", me)}>Me</Choice>
              {colleagues.filter((one) => one.id !== me).map((one) => <Choice key={one.id} onClick={() => act("staff_id", one.id)}>{one.name}</Choice>)}
              <Choice onClick={() => act("staff_id", "")}>Nobody</Choice>
            </Menu>
            <Menu id="bulk-status" Icon={CircleCheck} label="Status">{statuses.map(([value, words]) => <Choice key={value} onClick={() => act("status", value)}>{words}</Choice>)}</Menu>
            <Menu id="bulk-label" Icon={Tag} label="Label">
              <form className="row" onSubmit={type}><input ref={label} className="input" maxLength={50} aria-label="Label for all selected" placeholder="New label" /><button className="btn btn-sm">Add</button></form>
              {labels.map((name) => <Choice key={name} onClick={() => act("label", name)}>{name}</Choice>)}
            </Menu>
            <Menu id="bulk-snooze" Icon={AlarmClock} label="Snooze">{snoozes.map(([value, words]) => <Choice key={value} onClick={() => act("snoozed_until", value)}>{words}</Choice>)}<SnoozeTo name="bulk-until" onChoose={(at) => act("snoozed_until", at)} /><Choice onClick={() => act("snoozed_until", "")}>Wake up</Choice></Menu>
            <span className="grow" />
            <button type="button" className="btn btn-sm" onClick={() => act("read", "")}><MailOpen className="i i-14" aria-hidden="true" />Mark read</button>
          </div>
        </div>
      ) : null}
      <Report report={report} onUndo={onUndo} />
    </>
  );
}
