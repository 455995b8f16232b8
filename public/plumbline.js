// A question sent before the page has its connection would be left in the box without a word: the composer ignores
// Enter until then. This presses the send button once it works, for the first question only.
(() => {
  const GIVE_UP_AFTER_MS = 20000;
  let waiting = false;

  const composer = () => document.getElementById("chat-input");
  const sendButton = () => document.getElementById("chat-submit");

  function sendWhenReady(text, deadline) {
    const input = composer();
    if (!input || input.value !== text || Date.now() > deadline) {
      waiting = false; // it was sent, changed, or the server is not there
      return;
    }
    const button = sendButton();
    if (button && !button.disabled) button.click();
    setTimeout(sendWhenReady, 100, text, deadline);
  }

  document.addEventListener(
    "keydown",
    (event) => {
      const input = composer();
      if (waiting || event.key !== "Enter" || event.shiftKey || event.isComposing || event.target !== input) return;
      const isFirst = document.querySelector('[data-step-type="user_message"]') === null;
      if (!isFirst || input.value.trim() === "") return;
      waiting = true;
      setTimeout(sendWhenReady, 100, input.value, Date.now() + GIVE_UP_AFTER_MS);
    },
    true,
  );
})();
