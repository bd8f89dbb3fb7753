// Share: the device's own sheet where there is one, else the address goes to the clipboard.
import { say } from "./toasts.js";

export function copyLinks() {
  for (const button of document.querySelectorAll("[data-copy-link]")) {
    if (!navigator.share && !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const url = button.dataset.copyLink || location.href;
      if (navigator.share) return void navigator.share({ title: document.title, url }).catch(() => {});
      await navigator.clipboard.writeText(url);
      say(button.dataset.copied || url);
    });
  }
}
