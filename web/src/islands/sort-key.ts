/** What the text of a cell is sorted by: a number where it is one as French or English write it, else itself. */
export function sortKey(text: string): number | string {
  const raw = text.trim();
  const plain = raw.replace(/[\s\u00a0\u202f€%]/g, "").replace("\u2212", "-");
  // 1 234,5 and 1,234.5: a comma before three digits and the end or another group stands between thousands.
  const number = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(",", "") : plain.replace(",", ".");
  return number !== "" && Number.isFinite(Number(number)) ? Number(number) : raw;
}
