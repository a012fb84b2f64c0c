// STS as AWS's npm client meets it.
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const audience = "sts.amazonaws.com";

export async function scenarios(run, place, make) {
  const client = make(STSClient);
  const session = { RoleSessionName: "conformance" };

  await run.scenario("sts: who asks", async () => {
    const identity = await run.call(client, GetCallerIdentityCommand);
    run.check("GetCallerIdentity names account and principal", identity.Account === place.account && identity.Arn?.startsWith("arn:aws"), identity);
    const own = await client.config.credentials();
    await run.refused(make(STSClient, { ...own, secretAccessKey: "wrong" }), GetCallerIdentityCommand, {}, "SignatureDoesNotMatch", "with a wrong secret key");
    await run.refused(make(STSClient, { accessKeyId: "AKIAIOSFODNN7UNKNOWN", secretAccessKey: "wrong" }), GetCallerIdentityCommand, {}, "InvalidClientTokenId", "with an unknown key");
  });

  await run.scenario("sts: taking a role", async () => {
    const role = { RoleArn: place.role, ...session };
    const taken = await run.call(client, AssumeRoleCommand, { ...role, DurationSeconds: 900 });
    run.check("AssumeRole answers credentials", taken.Credentials?.AccessKeyId?.startsWith("ASIA") && taken.Credentials.Expiration instanceof Date, taken);
    run.check("... for the role's session", taken.AssumedRoleUser?.Arn?.endsWith("/conformance"), taken);
    if (taken.Credentials) await identity(taken.Credentials, "the role");
    await run.refused(client, AssumeRoleCommand, { ...role, RoleSessionName: "x" }, "ValidationError");
    await run.refused(client, AssumeRoleCommand, { ...role, RoleSessionName: "no spaces/and slashes" }, "ValidationError");
    await run.refused(client, AssumeRoleCommand, { ...role, RoleArn: "short" }, "ValidationError");
    await run.refused(client, AssumeRoleCommand, { ...role, RoleArn: "nonsense that is long enough" }, "ValidationError");
    await run.refused(client, AssumeRoleCommand, { ...role, DurationSeconds: 10 }, "ValidationError");
    await run.refused(client, AssumeRoleCommand, { ...role, DurationSeconds: 43201 }, "ValidationError");
    await run.refused(client, AssumeRoleCommand, { ...role, RoleArn: `${place.role}-that-is-not` }, "AccessDenied");
  }, place.role ? "" : "--role");

  await run.scenario("sts: a token of GitHub's", async () => {
    const role = { RoleArn: place.webIdentityRole, ...session };
    const WebIdentityToken = await token(place.issuer, audience);
    // As a workflow does it: without credentials.
    const anonymous = make(STSClient, { accessKeyId: "", secretAccessKey: "" });
    const taken = await run.call(anonymous, AssumeRoleWithWebIdentityCommand, { ...role, WebIdentityToken });
    run.check("AssumeRoleWithWebIdentity answers credentials", taken.Credentials?.SessionToken?.length > 0 && taken.Audience === audience, taken);
    run.check("... and who the token speaks of", taken.SubjectFromWebIdentityToken?.startsWith("repo:"), taken);
    if (taken.Credentials) {
      await identity(taken.Credentials, "the role");
      const chained = make(STSClient, credentials(taken.Credentials));
      await run.call(chained, AssumeRoleCommand, { RoleArn: place.webIdentityRole, ...session, DurationSeconds: 7200 });
    }
    const refused = (more, error, what) => run.refused(anonymous, AssumeRoleWithWebIdentityCommand, { ...role, WebIdentityToken, ...more }, error, what);
    await refused({ WebIdentityToken: "nonsense" }, "InvalidIdentityToken", "with no token");
    await refused({ WebIdentityToken: `${WebIdentityToken.slice(0, -8)}AAAAAAAA` }, "InvalidIdentityToken", "with a token that was changed");
    await refused({ WebIdentityToken: await token(place.issuer, "somebody-else") }, "InvalidIdentityToken", "with a token for somebody else");
    await refused({ RoleArn: `${place.webIdentityRole}-that-is-not` }, "AccessDenied", "for a role that is not");
    await refused({ RoleSessionName: "x" }, "ValidationError", "with a short name");
    await refused({ DurationSeconds: 43201 }, "ValidationError", "for too long");
    await refused({ DurationSeconds: 43200 }, "ValidationError", "for longer than the role allows");
    await refused({ WebIdentityToken: undefined }, "ValidationError", "without a token");
  }, !place.webIdentityRole ? "--web-identity-role" : !place.issuer ? "a job with the permission id-token: write" : "");

  async function identity(taken, whose) {
    const answer = await run.call(make(STSClient, credentials(taken)), GetCallerIdentityCommand);
    run.check(`the credentials are those of ${whose}`, answer.Arn?.includes(":assumed-role/") && answer.Arn.endsWith("/conformance"), answer);
  }
}

const credentials = (taken) => ({ accessKeyId: taken.AccessKeyId, secretAccessKey: taken.SecretAccessKey, sessionToken: taken.SessionToken });

async function token(issuer, whom) {
  const answer = await fetch(`${issuer.url}&audience=${encodeURIComponent(whom)}`, { headers: { authorization: `bearer ${issuer.token}` } });
  if (!answer.ok) throw new Error(`The issuer answered ${answer.status}.`);
  return (await answer.json()).value;
}
