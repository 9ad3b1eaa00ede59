import React, { useRef, useState } from "react";

// Posts the file itself, with the session's cookie; Reflex's own upload goes round the gate.
export function CsvUpload({ action, label, onDone }) {
  const [busy, setBusy] = useState(false);
  const picker = useRef(null);
  const send = async (file) => {
    if (!file) return;
    setBusy(true);
    try {
      const answer = await fetch(action, { method: "POST", headers: { "Content-Type": "text/csv" }, body: file });
      onDone?.(answer.status, await answer.json());
    } catch (failure) {
      onDone?.(0, { detail: "The file did not reach the server. Check the connection and try again." });
    } finally {
      setBusy(false);
      picker.current.value = "";
    }
  };
  return (
    <>
      <input ref={picker} type="file" accept=".csv,text/csv" hidden aria-label={label} onChange={(event) => send(event.target.files[0])} />
      <button type="button" className="btn" aria-busy={busy} disabled={busy} onClick={() => picker.current.click()}>
        <svg className="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3v12" /><path d="m17 8-5-5-5 5" /><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4" /></svg>
        {busy ? "Importing" : label}
      </button>
    </>
  );
}
