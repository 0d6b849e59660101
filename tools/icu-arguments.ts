/**
 * The arguments and rich-text tags of an ICU message, e.g. `{n, plural, one {# case} other {# cases}} <b>on {day, date}</b>`
 * -> `n`, `<b>`, `day:date`. Throws an Error that says what is wrong with a message that is no ICU.
 */
export function icuArguments(message: string): Set<string> {
  const found = new Set<string>();
  let at = 0;

  const fail = (what: string): never => {
    throw new Error(`${what} at ${at} of "${message}"`);
  };
  const word = (): string => {
    const [text] = /^\s*[^\s{},]*\s*/.exec(message.slice(at)) as RegExpExecArray;
    at += text.length;
    return text.trim();
  };

  const afterComma = (): string => {
    at += 1;
    return word();
  };

  /** Text up to the brace that closes it, or up to the end of the message. */
  function text(nested: boolean): void {
    while (at < message.length) {
      const char = message[at];
      if (char === '}') {
        if (nested) return;
        fail('A } that closes nothing');
      } else if (char === '{') argument();
      else if (char === "'" && /[{}<'#]/.test(message[at + 1] ?? '')) quoted();
      else if (char === '<') tag();
      else at += 1;
    }
    if (nested) fail('A { is not closed');
  }

  /** `''` is an apostrophe; `'{…'` is literal up to the next apostrophe. Any other apostrophe is itself. */
  function quoted(): void {
    const end = message[at + 1] === "'" ? at + 1 : message.indexOf("'", at + 2);
    at = end < 0 ? message.length : end + 1;
  }

  function tag(): void {
    const name = /^<\/?([a-zA-Z]\w*)\s*\/?>/.exec(message.slice(at));
    if (name) found.add(`<${name[1]}>`);
    at += name ? name[0].length : 1;
  }

  function argument(): void {
    at += 1;
    const name = word() || fail('An argument without a name');
    const kind = message[at] === ',' ? afterComma() : '';
    // A noun may be invariable in one language only: choosing by a number or not is the language's own business.
    const chooses = ['plural', 'select', 'selectordinal'].includes(kind);
    found.add(kind && !chooses ? `${name}:${kind}` : name);
    if (chooses) options(kind);
    else if (message[at] === ',') at = Math.max(message.indexOf('}', at), at); // A format, e.g. `date, medium`.
    if (message[at] !== '}') fail('A { is not closed');
    at += 1;
  }

  function options(kind: string): void {
    if (message[at] !== ',') fail(`${kind} without its cases`);
    at += 1;
    const cases = new Set<string>();
    for (let selector = word(); message[at] === '{'; selector = word()) {
      if (!/^offset:/.test(selector)) cases.add(selector);
      at += 1;
      text(true);
      at += 1;
    }
    if (!cases.has('other')) fail(`${kind} without "other"`);
  }

  text(false);
  return found;
}
