import { useEffect, useRef, useState } from "react";
import { HubDialog } from "./dialog.jsx";

const step = (state) => state?.idx ?? 0;

// Holds back links, the back button and the closing of the tab while something is not saved, and asks.
export function LeaveGuard({ dirty }) {
  const [waiting, setWaiting] = useState(null);
  const free = useRef(false);
  useEffect(() => {
    if (!dirty) return undefined;
    let here = step(window.history.state);
    let returning = false;
    const click = (event) => {
      const link = event.target.closest?.("a[href]");
      const elsewhere = link && !free.current && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (!elsewhere || link.target === "_blank" || link.getAttribute("href").startsWith("#")) return;
      event.preventDefault();
      event.stopPropagation();
      setWaiting({ go: () => link.click() });
    };
    const back = (event) => {
      if (free.current) return;
      event.stopImmediatePropagation();
      if (returning) { returning = false; return; }
      const away = step(event.state) - here;
      returning = true;
      window.history.go(-away);
      setWaiting({ go: () => window.history.go(away) });
    };
    const close = (event) => { if (!free.current) event.preventDefault(); };
    document.addEventListener("click", click, true);
    window.addEventListener("popstate", back, true);
    window.addEventListener("beforeunload", close);
    return () => {
      document.removeEventListener("click", click, true);
      window.removeEventListener("popstate", back, true);
      window.removeEventListener("beforeunload", close);
    };
  }, [dirty]);
  const stay = () => setWaiting(null);
  const leave = () => {
    free.current = true;
    setWaiting(null);
    waiting.go();
    setTimeout(() => { free.current = false; }, 1000);
  };
  return (
    <HubDialog open={waiting !== null} title="Leave without saving?" onClose={stay}>
      <div className="dialog-body"><p>What you changed here is not saved. If you leave now, it is lost.</p></div>
      <div className="dialog-foot">
        <button type="button" className="btn" autoFocus onClick={stay}>Stay here</button>
        <button type="button" className="btn btn-danger" onClick={leave}>Leave</button>
      </div>
    </HubDialog>
  );
}
