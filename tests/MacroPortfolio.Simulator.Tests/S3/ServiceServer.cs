using System.Net;
using MacroPortfolio.Simulator.Front;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MacroPortfolio.Simulator.Tests.S3;

/// <summary>One service alone behind real HTTP on a loopback port.</summary>
internal sealed class ServiceServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ServiceServer(WebApplication app)
    {
        this.app = app;
        Url = new Uri(app.Urls.Single());
    }

    public Uri Url { get; }

    /// <summary>What the front would log, newest last.</summary>
    public List<Exchange> Exchanges { get; } = [];

    public static async Task<ServiceServer> StartAsync(IService service)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        ServiceServer? server = null;
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            var exchange = new Exchange(http, body.ToArray());
            lock (server!.Exchanges)
                server.Exchanges.Add(exchange);
            await service.AnswerAsync(exchange, http.RequestAborted);
        });
        await app.StartAsync();
        return server = new ServiceServer(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
