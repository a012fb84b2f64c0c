using System.Net;
using System.Net.Sockets;

namespace MacroPortfolio.Action.Aws;

/// <summary>What to look at when the other end cannot be reached at all.</summary>
internal static class Reachability
{
    /// <summary>Empty when nothing is known.</summary>
    public static string Hint(Exception error)
    {
        var causes = Causes(error).ToList();
        return causes.Select(Told).Concat(causes.Select(Vague)).FirstOrDefault(hint => hint is not null) ?? "";
    }

    private static string? Told(Exception cause) => cause switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } or SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } =>
            " The name is not known: check the region (aws-region) and the runner's DNS.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            " The certificate was not accepted: a proxy that opens TLS needs its CA in the image's trust store, and the runner's clock must be right.",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } or HttpRequestException { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } =>
            " The proxy refused: check HTTPS_PROXY, and NO_PROXY for what is reached without it.",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
            " Nobody listens there: check AWS_ENDPOINT_URL and the proxy variables.",
        _ => null,
    };

    /// <summary>What is said around a cause that tells more.</summary>
    private static string? Vague(Exception cause) => cause is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } or SocketException or TimeoutException or TaskCanceledException
        ? " Check that the runner may reach it: its network, firewall, VPC endpoints and the variables HTTPS_PROXY and NO_PROXY."
        : null;

    private static IEnumerable<Exception> Causes(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
