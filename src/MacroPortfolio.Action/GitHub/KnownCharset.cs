using System.Text;

namespace MacroPortfolio.Action.GitHub;

/// <summary>An answer that names a charset which nobody knows, as a proxy's page may, is read as UTF-8; Octokit would break off with what is no failure of a request.</summary>
internal sealed class KnownCharset(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var answer = await base.SendAsync(request, ct);
        if (answer.Content.Headers.ContentType is { CharSet: { } name } type && !IsKnown(name))
        {
            type.CharSet = null;
        }

        return answer;
    }

    private static bool IsKnown(string name)
    {
        try
        {
            return Encoding.GetEncoding(name.Trim('"')) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
