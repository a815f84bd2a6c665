/** The last 512 bytes of an extension file that says this of itself; its signature is no real one. */
export function footerOf({
  platform = "linux_amd64",
  builtFor = "v1.5.5",
  abi = "CPP",
  isSigned = true,
}: {
  readonly platform?: string;
  readonly builtFor?: string;
  readonly abi?: string;
  readonly isSigned?: boolean;
} = {}): Buffer {
  const fields = ["4", platform, builtFor, "abc1234", abi, "", "", ""];
  const metadata = fields.reverse().map((text) => {
    const field = Buffer.alloc(32);
    field.write(text);
    return field;
  });
  return Buffer.concat([...metadata, Buffer.alloc(256, isSigned ? 7 : 0)]);
}
