// A date and time of one's own for a snooze, in the reader's zone; a moment that has passed is refused in words.
import { useState } from "react";
import { CalendarClock } from "lucide-react";

const two = (number) => String(number).padStart(2, "0");
const local = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;

export function SnoozeTo({ name, onChoose }) {
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState("");
  const choose = (event) => {
    event.preventDefault();
    const date = new Date(typed);
    if (Number.isNaN(date.getTime())) { setWrong("Choose a day and a time"); return; }
    if (date <= new Date()) { setWrong("Choose a moment that is still to come"); return; }
    event.currentTarget.closest("[popover]")?.hidePopover();
    setTyped("");
    onChoose(date.toISOString());
  };
  return (
    <form className="snooze-to" onSubmit={choose} noValidate>
      <label htmlFor={name} className="small muted">Until a day and time of your own</label>
      <div className="row">
        <span className="input grow"><input id={name} type="datetime-local" min={local(new Date())} value={typed} aria-invalid={wrong ? "true" : undefined} aria-describedby={wrong ? `${name}-wrong` : undefined} onChange={(event) => { setTyped(event.target.value); setWrong(""); }} /></span>
        <button type="submit" className="btn btn-sm"><CalendarClock className="i i-14" aria-hidden="true" />Snooze</button>
      </div>
      {wrong ? <span id={`${name}-wrong`} className="field-error" role="alert">{wrong}</span> : null}
    </form>
  );
}
