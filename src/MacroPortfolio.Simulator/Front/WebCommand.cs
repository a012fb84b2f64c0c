using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.FileProviders;

namespace MacroPortfolio.Simulator.Front;

/// <summary><c>simulator web</c>: a folder's files on a loopback port, for instances of a machine without a web server.</summary>
public sealed record WebCommand(string Root, int Port)
{
    public static WebCommand Read(Arguments arguments)
    {
        var port = arguments.Number("--port", 1, 65_535);
        if (port is null)
            arguments.Refuse("--port is missing.");
        return new WebCommand(arguments.Require("--root"), (int)(port ?? 0));
    }

    public async Task<ExitCode> RunAsync(CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port, listen => listen.Protocols = HttpProtocols.Http1));
        await using var server = builder.Build();
        using var files = new PhysicalFileProvider(Path.GetFullPath(Root));
        server.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        server.UseStaticFiles(new StaticFileOptions { FileProvider = files, ServeUnknownFileTypes = true, DefaultContentType = "text/plain" });
        await server.RunAsync(stop);
        return ExitCode.Succeeded;
    }
}
