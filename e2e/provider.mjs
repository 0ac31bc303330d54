// A real provider of identities on loopback (oidc-provider), for the stories: node provider.mjs PORT REDIRECT
// Whoever signs in there as NAME is name@institute.example, verified; as "unverified-NAME" the same, not verified.
import { Provider } from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
if (!port || !redirect || !URL.canParse(redirect)) {
  console.error("usage: node provider.mjs PORT http://127.0.0.1:8080/sign-in/with/campus/back");
  process.exit(2);
}
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "corridor",
      client_secret: "a secret of the stories only",
      redirect_uris: [redirect],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  pkce: { required: () => true },
  cookies: { keys: ["of the stories only"] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: async () => ({
      sub: id,
      email: `${id.replace("unverified-", "")}@institute.example`,
      email_verified: !id.startsWith("unverified-"),
    }),
  }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log(`the provider is at http://127.0.0.1:${port}`));
