import { useEffect, useRef } from "react";

const TYPING = "input:not([type=checkbox]), textarea, select, dialog, [popover]";

// A selection ends with Escape, and a page loaded anew begins with none.
export function Unselect({ active, onLeave }) {
  const leave = useRef(onLeave);
  leave.current = onLeave;
  useEffect(() => { leave.current?.(); }, []);
  useEffect(() => {
    if (!active) return undefined;
    const hear = (event) => {
      const elsewhere = event.target.closest?.(TYPING) || document.querySelector("dialog[open], :popover-open");
      if (event.key === "Escape" && !event.defaultPrevented && !elsewhere) leave.current?.();
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [active]);
  return null;
}
