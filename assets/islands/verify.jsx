// Hands the token of a mailed link to the API; a press, so that a mail scanner that opens links spends nothing.
// The token is taken out of the address at once, so that it stays in no history and no referrer.
import { useEffect, useState } from "react";
import { CircleCheck } from "lucide-react";
import { Banner, Refusal, useAsking } from "./asking.jsx";

const Elsewhere = ({ children }) => (
  <div className="notice-block" role="alert">
    <h1>This link does not work</h1>
    <p>{children}</p>
    <a className="btn btn-primary" href="/">Go to your page</a>
  </div>
);

export function VerifyEmail({ action }) {
  const { busy, refusal, faults, ask } = useAsking();
  const [done, setDone] = useState(false);
  const [token, setToken] = useState(null);
  useEffect(() => {
    const given = new URLSearchParams(window.location.search).get("token") ?? "";
    setToken((known) => known || given);
    window.history.replaceState(window.history.state, "", window.location.pathname);
  }, []);
  const confirm = async () => setDone((await ask("POST", action, { token })).ok);
  if (token === "") return <Elsewhere>It is not whole. Open it again from the mail.</Elsewhere>;
  if (faults.token) return <Elsewhere>It was used already, or its 48 hours are over. Your page tells how your address stands, and mails another link.</Elsewhere>;
  if (done)
    return (
      <div className="form-step">
        <h1>Your e-mail is confirmed</h1>
        <Banner tone="success" Icon={CircleCheck}>This address is yours, and can be used to reset your password.</Banner>
        <a className="btn btn-primary" href="/">Go on</a>
      </div>
    );
  return (
    <div className="form-step">
      <div><h1>Confirm your e-mail</h1><p className="muted">One press confirms that this address is yours</p></div>
      <Refusal refusal={refusal} labels={{}} />
      <button type="button" className="btn btn-primary" disabled={!token || busy} aria-busy={busy} onClick={confirm}>
        {refusal ? "Try again" : "Confirm my e-mail"}
      </button>
    </div>
  );
}
