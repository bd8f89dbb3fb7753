// Language and large print: the links work by themselves; here the choice is kept, and the address stays clean.
export function keepChoices() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-choice]");
    if (!link) return;
    event.preventDefault();
    const secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = `${link.dataset.choice};path=/;max-age=31536000;samesite=lax${secure}`;
    const address = new URL(location.href);
    address.searchParams.delete(link.dataset.choice.split("=")[0]);
    location.replace(address);
    if (address.href === location.href) location.reload();
  });
}
