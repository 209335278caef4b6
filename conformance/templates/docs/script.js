"use strict";
// Paper cannot be unfolded: what is folded opens for the printer, and folds again. The page is whole without it.
(() => {
  const folded = () => [...document.querySelectorAll("details:not([open])")];
  let opened = [];
  addEventListener("beforeprint", () => { opened = folded(); for (const one of opened) one.open = true; });
  addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
})();
