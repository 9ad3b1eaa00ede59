import React, { useEffect, useRef, useState } from "react";

// What is typed stays here; the server hears of it 250 ms after the last key, or at once on Enter.
export function SearchBox({ value, label, placeholder, onChange }) {
  const [text, setText] = useState(value ?? "");
  const field = useRef(null);
  const timer = useRef(null);
  const said = useRef(value ?? "");
  useEffect(() => {
    if (value !== said.current && document.activeElement !== field.current) setText(value ?? "");
    said.current = value ?? "";
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const say = (words) => {
    clearTimeout(timer.current);
    if (words !== said.current) { said.current = words; onChange?.(words); }
  };
  const type = (words) => {
    setText(words);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => say(words), 250);
  };
  return (
    <label className="input input-search">
      <svg className="i i-14" viewBox="0 0 24 24" aria-hidden="true"><path d="m21 21-4.34-4.34" /><circle cx="11" cy="11" r="8" /></svg>
      <input
        ref={field} type="search" aria-label={label} placeholder={placeholder} value={text} autoComplete="off"
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => { if (event.key === "Enter") say(text); }}
      />
    </label>
  );
}
