import React, { useState } from "react";

// Shows and hides what was typed into a password field; the field itself stays the browser's.
export function Reveal({ target }) {
  const [shown, setShown] = useState(false);
  const toggle = () => {
    const field = document.getElementById(target);
    field.type = shown ? "password" : "text";
    setShown(!shown);
  };
  return (
    <button type="button" className="tool24" aria-pressed={shown} aria-label="Show password" title={shown ? "Hide password" : "Show password"} onClick={toggle}>
      <svg className="i" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M2.06 12.35a1 1 0 0 1 0-.7 10.75 10.75 0 0 1 19.88 0 1 1 0 0 1 0 .7 10.75 10.75 0 0 1-19.88 0" /><circle cx="12" cy="12" r="3" />
        {shown ? <path d="m3 3 18 18" /> : null}
      </svg>
    </button>
  );
}
