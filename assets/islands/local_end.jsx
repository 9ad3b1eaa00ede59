// Asks for a moment in the reader's own zone, which it names, and hands the form the same moment in UTC.
import { useEffect, useState } from "react";
import { CircleAlert } from "lucide-react";
import { LOCALE } from "./locale.js";

const offset = (date) => {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? "−" : "+"}${String(Math.floor(size / 60)).padStart(2, "0")}:${String(size % 60).padStart(2, "0")}`;
};
const words = (date) => date.toLocaleString(LOCALE, { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" });
const inUtc = (date) => date.toISOString().slice(0, 16).replace("T", " ");

export function LocalEnd({ name, label, always, error }) {
  const [typed, setTyped] = useState("");
  const [zone, setZone] = useState("");
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  const date = typed ? new Date(typed) : null;
  const end = date && !Number.isNaN(date.getTime()) ? date : null;
  return (
    <div className={error ? "field has-error" : "field"}>
      <label htmlFor={name}>{label}</label>
      <span className="input">
        <input id={name} type="datetime-local" value={typed} onChange={(event) => setTyped(event.target.value)} aria-describedby={`${name}-help ${name}-error`} aria-invalid={error ? "true" : undefined} />
      </span>
      <input type="hidden" name={name} value={end ? end.toISOString() : ""} />
      <span className="help" id={`${name}-help`}>
        {end ? `Ends ${words(end)} in your zone, ${zone} (${offset(end)}); ${inUtc(end)} UTC` : `In your zone, ${zone}${zone ? ` (${offset(new Date())})` : ""}. ${always}`}
      </span>
      {error ? <span className="field-error" id={`${name}-error`}><CircleAlert className="i i-12" aria-hidden="true" />{error}</span> : <span id={`${name}-error`} hidden />}
    </div>
  );
}
