/** True for the name of a variable or of an option whose value is worth hiding wherever it turns up. */
export function isSecretName(name: string): boolean {
  return /pass|pwd|token|secret|key|cred/i.test(name);
}
