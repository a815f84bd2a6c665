const commandKeys =
  /^(?:run|runcmd|bootcmd|script|before_script|after_script|commands?|cmds?|args|argv|entrypoint|test|shell|win_shell|raw|exec|execute|install|before_install|after_success|deploy|setup|post|pre|[\w-]*[cC]ommands?|inline|bash|sh|powershell|pwsh|user_?data|[\w-]*_opts|[\w-]*(?:_args|arguments)|(?:java|jvm)\w*(?:opts|args|options)|extraArgs|options)$/i;

/** True for a key below which there are commands, or options of one. */
export function isCommandKey(key: string): boolean {
  return commandKeys.test(key);
}

const argumentKeys =
  /^(?:command|args|argv|entrypoint|test|cmd|exec|extraArgs)$/;

/** True for a key whose list is the words of one command. */
export function isArgumentKey(key: string): boolean {
  return argumentKeys.test(key);
}
