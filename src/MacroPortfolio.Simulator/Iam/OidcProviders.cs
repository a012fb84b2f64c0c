namespace MacroPortfolio.Simulator.Iam;

/// <summary>GitHub as an issuer of tokens.</summary>
public static class OidcProviders
{
    public const string GitHub = "token.actions.githubusercontent.com";

    /// <summary>The audience that AWS's own actions ask GitHub for.</summary>
    public static string Audience(string partition) => partition == "aws-cn" ? "sts.amazonaws.com.cn" : "sts.amazonaws.com";

    public static string ArnOf(string partition, string account) => $"arn:{partition}:iam::{account}:oidc-provider/{GitHub}";

    /// <summary>
    /// A world does not list providers: where a role of it trusts GitHub's, the account has it, made with AWS's own audience and those that trust policies ask for.
    /// </summary>
    internal static void Imply(IamAccount account, Role role)
    {
        var trusting = role.Trust.Statements.Where(statement => statement.Callers!.Names.Any(name => name.EndsWith($":oidc-provider/{GitHub}", StringComparison.Ordinal))).ToList();
        if (trusting.Count == 0)
            return;
        var arn = ArnOf(role.RoleArn.Partition, account.Id);
        account.Providers.Add(new OidcProvider(arn, GitHub, [Audience(role.RoleArn.Partition)]));
        var audiences = trusting.SelectMany(statement => statement.Conditions).Where(condition => condition.Key == $"{GitHub}:aud").SelectMany(condition => condition.Values);
        account.Providers.Change(arn, provider => provider with { ClientIds = provider.ClientIds.AddRange(audiences) });
    }
}
