import React, { useEffect, useState } from "react";

// Hands the token of a mailed link to the API; a press, so that a mail scanner that opens links spends nothing.
export function VerifyEmail({ action }) {
  const [state, setState] = useState("ready");
  const [detail, setDetail] = useState("");
  const [token, setToken] = useState(null);
  useEffect(() => setToken(new URLSearchParams(window.location.search).get("token") ?? ""), []);
  const confirm = async () => {
    setState("busy");
    try {
      const answer = await fetch(action, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ token }),
      });
      setDetail(answer.ok ? "" : (await answer.json()).detail);
      setState(answer.ok ? "done" : "failed");
    } catch {
      setDetail("The server could not be reached. Your link is still good; try again.");
      setState("failed");
    }
  };
  if (token === "") return <p role="alert">This link is not whole. Open it again from the mail.</p>;
  if (state === "done")
    return (
      <div role="status" className="empty-acts">
        <p>Your e-mail address is confirmed.</p>
        <a className="btn btn-primary" href="/">Go on</a>
      </div>
    );
  return (
    <div className="empty-acts">
      {state === "failed" ? <p role="alert">{detail}</p> : <p>One press confirms that this address is yours.</p>}
      <button type="button" className="btn btn-primary" disabled={!token || state === "busy"} aria-busy={state === "busy"} onClick={confirm}>
        {state === "failed" ? "Try again" : "Confirm my e-mail"}
      </button>
    </div>
  );
}
