using System.Xml.Linq;

namespace MacroPortfolio.Simulator.Iam.Operations;

/// <summary>Issuers of tokens. Thumbprints are taken and, as IAM does for GitHub, not looked at.</summary>
internal static class ProviderOperations
{
    public static IReadOnlyList<XElement?> Create(IamCall call)
    {
        var url = call.Text("Url");
        if (!url.StartsWith("https://", StringComparison.Ordinal))
            throw IamCall.Invalid("Invalid Open ID Connect Provider URL");
        var issuer = url["https://".Length..].TrimEnd('/');
        call.Demand($"oidc-provider/{issuer}");
        if (call.Tags().Count > 0)
            call.DemandOn("TagOpenIDConnectProvider", call.Arn($"oidc-provider/{issuer}"));
        var provider = new OidcProvider(call.Arn($"oidc-provider/{issuer}"), issuer, [.. call.List("ClientIDList")]);
        return call.Account.Providers.Add(provider)
            ? [new XElement("OpenIDConnectProviderArn", provider.Arn), IamCall.TagList(call.Tags())]
            : throw IamCall.AlreadyThere($"Provider with url {url} already exists.");
    }

    public static IReadOnlyList<XElement?> Get(IamCall call)
    {
        var provider = Find(call);
        return [new XElement("Url", provider.Url), new XElement("ClientIDList", provider.ClientIds.Distinct().Select(id => new XElement("member", id))), new XElement("ThumbprintList")];
    }

    public static IReadOnlyList<XElement?> List(IamCall call)
    {
        call.Demand("oidc-provider/*");
        return [new XElement("OpenIDConnectProviderList", call.Account.Providers.All.Select(provider => new XElement("member", new XElement("Arn", provider.Arn))))];
    }

    public static IReadOnlyList<XElement?>? AddClient(IamCall call)
    {
        var (provider, client) = (Find(call), call.Text("ClientID"));
        call.Account.Providers.Change(provider.Arn, one => one with { ClientIds = one.ClientIds.Remove(client).Add(client) });
        return null;
    }

    public static IReadOnlyList<XElement?>? RemoveClient(IamCall call)
    {
        var (provider, client) = (Find(call), call.Text("ClientID"));
        call.Account.Providers.Change(provider.Arn, one => one with { ClientIds = one.ClientIds.RemoveAll(id => id == client) });
        return null;
    }

    public static IReadOnlyList<XElement?>? Delete(IamCall call)
    {
        call.Account.Providers.Remove(Find(call).Arn);
        return null;
    }

    private static OidcProvider Find(IamCall call)
    {
        var arn = call.Text("OpenIDConnectProviderArn");
        call.DemandOn(call["Action"]!, arn);
        return call.Account.Providers.Find(arn) ?? throw IamCall.NotFound($"OpenIDConnect Provider not found for arn {arn}");
    }
}
