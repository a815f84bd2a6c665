/** True for a glob that can mean something: every bracket of it is closed, and a backslash has something to escape. */
export function isWholeGlob(glob: string): boolean {
  for (let at = 0; at < glob.length; at++) {
    switch (glob.charAt(at)) {
      case "\\":
        at++;
        if (at >= glob.length) {
          return false;
        }
        break;
      case "[": {
        // What stands first in brackets is in them, a closing one too.
        const first = at + (/[!^]/.test(glob.charAt(at + 1)) ? 2 : 1);
        at = glob.indexOf("]", first + 1);
        if (at < 0) {
          return false;
        }
        break;
      }
    }
  }
  return true;
}
