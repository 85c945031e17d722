// Posts the answer to a waiting process. The field is emptied when it was taken.
export function attach(form, name) {
  const field = form.elements.answer;
  field.focus();

  return {
    /** Returns why it was not taken; null when it was. */
    async send() {
      const text = field.value;
      try {
        const answer = await fetch(new URL(`api/process/${encodeURIComponent(name)}/input`, document.baseURI), {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ text }),
        });
        if (answer.ok) {
          field.value = "";
          return null;
        }

        const reply = await answer.json().catch(() => ({}));
        return reply.message ?? reply.error ?? `The dashboard refused it (HTTP ${answer.status})`;
      } catch (error) {
        return `Not sent: ${error.message}`;
      }
    },
    detach() {},
  };
}
