/** What a code of the YAML parser means, as the end of a sentence: its own messages repeat the text around an error. */
export function yamlReason(code: string): string {
  switch (code) {
    case "TAB_AS_INDENT":
      return "a tab stands where the indentation has to be of spaces";
    case "BAD_INDENT":
      return "a line is indented as none around it";
    case "MISSING_CHAR":
      return "a bracket, a quote or a comma is missing";
    case "BLOCK_AS_IMPLICIT_KEY":
    case "BLOCK_IN_FLOW":
      return "a mapping begins where a value was expected; a text with a colon needs quotes";
    case "MULTILINE_IMPLICIT_KEY":
      return "a key goes over several lines; a colon may be missing";
    case "BAD_SCALAR_START":
      return "a value begins with a character that needs quotes";
    case "BAD_DQ_ESCAPE":
      return "a backslash in double quotes begins no known escape; use single quotes";
    case "UNEXPECTED_TOKEN":
      return "something stands where nothing was expected";
    case "BAD_ALIAS":
      return "an alias (*) cannot be read";
    case "TAG_RESOLVE_FAILED":
      return "a tag (!) is not known";
    default:
      return "it cannot be read at this place";
  }
}
