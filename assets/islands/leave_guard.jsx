import { useEffect, useRef } from "react";
import { useBlocker } from "react-router";
import { HubDialog } from "./dialog.jsx";

const TITLE = "Leave without saving?";
const WORDS = "What you changed here is not saved. If you leave now, it is lost.";

// Holds back links, the back button and the closing of the tab while something is not saved, and asks.
export function LeaveGuard({ dirty, title = TITLE, words = WORDS }) {
  const unsaved = useRef(dirty);
  unsaved.current = dirty;
  const held = useBlocker(({ currentLocation, nextLocation }) =>
    unsaved.current && currentLocation.pathname + currentLocation.search !== nextLocation.pathname + nextLocation.search);
  useEffect(() => {
    if (!dirty) return undefined;
    const close = (event) => event.preventDefault();
    window.addEventListener("beforeunload", close);
    return () => window.removeEventListener("beforeunload", close);
  }, [dirty]);
  const stay = () => held.reset?.();
  return (
    <HubDialog open={held.state === "blocked"} title={title} onClose={stay}>
      <div className="dialog-body"><p>{words}</p></div>
      <div className="dialog-foot">
        <button type="button" className="btn" autoFocus onClick={stay}>Stay here</button>
        <button type="button" className="btn btn-danger" onClick={() => held.proceed?.()}>Leave</button>
      </div>
    </HubDialog>
  );
}
