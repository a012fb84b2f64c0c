using Amazon.Runtime;

namespace Amazon.CodeDeploy.Tests.Server;

/// <summary>In the place of the network, for what cannot be had on loopback: a name of AWS, a refusal that is counted, a silence that begins at once.</summary>
internal sealed class Line(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new Handler(answer)) { Timeout = clientConfig.Timeout ?? Timeout.InfiniteTimeSpan };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private sealed class Handler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request, cancellationToken);
    }
}
