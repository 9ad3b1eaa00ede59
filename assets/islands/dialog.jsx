import React, { useEffect, useId, useRef } from "react";

// The browser's own dialog: it holds the focus, answers Escape and makes the rest inert.
export function HubDialog({ open, title, onClose, children }) {
  const element = useRef(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => { event.preventDefault(); onClose?.(); }}
      onClick={(event) => { if (event.target === element.current) onClose?.(); }}
    >
      <div className="dialog-head"><h2 id={titleId}>{title}</h2></div>
      {open ? children : null}
    </dialog>
  );
}
