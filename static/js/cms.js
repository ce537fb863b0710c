// A page of the CMS on which work goes on is loaded anew every few seconds, while it is looked at.
(function () {
  "use strict";
  var busy = document.querySelector("[data-reload]");
  if (!busy) return;
  setInterval(function () {
    if (document.visibilityState === "visible") location.reload();
  }, Number(busy.dataset.reload) * 1000);
})();
