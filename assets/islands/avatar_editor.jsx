import { useRef, useState } from "react";
import { Trash2, Upload } from "lucide-react";
import { Banner, Sign, useAsking } from "./asking.jsx";

const PATH = "/api/v1/users/me/avatar";
const MOST_BYTES = 5 * 1024 * 1024;

const read = (file) => new Promise((done) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result);
  reader.readAsDataURL(file);
});

// The picture as others will see it, before it is saved.
export function AvatarEditor({ url, initials, onDone }) {
  const { busy, refusal, ask, refuse } = useAsking();
  const [chosen, setChosen] = useState(null);
  const picker = useRef(null);
  const drop = () => { setChosen(null); refuse(null); };
  const choose = async (event) => {
    const file = event.target.files[0];
    event.target.value = "";
    if (!file) return;
    if (file.size > MOST_BYTES) { setChosen(null); refuse({ detail: "A picture may have at most 5 MiB. Choose a smaller one." }); return; }
    refuse(null);
    setChosen({ file, preview: await read(file) });
  };
  const save = async () => {
    const form = new FormData();
    form.append("file", chosen.file);
    const answer = await ask("PUT", PATH, form);
    if (answer.ok) { setChosen(null); onDone?.("saved"); }
  };
  const remove = async () => {
    const answer = await ask("DELETE", PATH);
    if (answer.ok) onDone?.("removed");
  };
  const shown = chosen?.preview || url;
  return (
    <div className="portrait-editor">
      {shown ? <img className="portrait portrait-96" src={shown} alt={chosen ? "The picture that you chose" : "Your picture"} /> : <span className="portrait portrait-96 av av-1" aria-hidden="true">{initials}</span>}
      <div className="stack portrait-acts">
        <input ref={picker} type="file" accept="image/jpeg,image/png,image/webp,image/gif" hidden aria-label="Choose a picture" onChange={choose} />
        <div className="row wrap">
          {chosen ? (
            <>
              <button type="button" className="btn btn-primary" disabled={busy} aria-busy={busy} onClick={save}>Save picture</button>
              <button type="button" className="btn" disabled={busy} onClick={drop}>Cancel</button>
            </>
          ) : (
            <>
              <button type="button" className="btn" onClick={() => picker.current.click()}><Sign Icon={Upload} />{url ? "Choose another" : "Choose a picture"}</button>
              {url ? <button type="button" className="btn btn-ghost" disabled={busy} onClick={remove}><Sign Icon={Trash2} />Remove</button> : null}
            </>
          )}
        </div>
        <span className="help">JPEG, PNG, WebP or GIF, at most 5 MiB. Only its look is kept: no place, no camera.</span>
        {refusal ? <Banner>{refusal.faults?.file ?? refusal.detail}</Banner> : null}
      </div>
    </div>
  );
}
