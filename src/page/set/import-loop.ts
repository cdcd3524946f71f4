/** Sends a WAV file to be the loop of an empty track. What the looper answered, in a sentence, and whether it was done. */
export const importLoop = async (
  track: number,
  file: Blob,
): Promise<{ readonly ok: boolean; readonly text: string }> => {
  try {
    const answer = await fetch(`/api/import?track=${track}`, {
      method: 'POST',
      headers: { 'content-type': 'audio/wav' },
      body: file,
    });
    const said = (await answer.json()) as { readonly lines?: readonly string[]; readonly reason?: string };
    return { ok: answer.ok, text: said.reason ?? said.lines?.at(-1) ?? 'imported' };
  } catch {
    return { ok: false, text: 'the file did not arrive: there is no line to the looper' };
  }
};
