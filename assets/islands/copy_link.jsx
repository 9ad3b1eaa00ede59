// Copies the address of what is shown: its search, filters, order and columns; whose kept view it began with stays out.
import { Link2 } from "lucide-react";

export function CopyLink({ label, onCopied, onRefused }) {
  const copy = async () => {
    const url = new URL(window.location.href);
    url.searchParams.delete("view");
    try {
      await navigator.clipboard.writeText(url.href);
      onCopied?.();
    } catch {
      onRefused?.(url.href);
    }
  };
  return <button type="button" className="btn" onClick={copy}><Link2 className="i" aria-hidden="true" />{label}</button>;
}
