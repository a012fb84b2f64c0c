using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using MacroPortfolio.Simulator.CloudFormation;
using MacroPortfolio.Simulator.CodeDeploy;
using MacroPortfolio.Simulator.Ec2;
using MacroPortfolio.Simulator.Faults;
using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Fleet.Bundles;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.GitHub;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.Monitoring;
using MacroPortfolio.Simulator.Oidc;
using MacroPortfolio.Simulator.S3;
using MacroPortfolio.Simulator.Sts;
using MacroPortfolio.Simulator.World;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MacroPortfolio.Simulator;

public sealed record SimulatorOptions
{
    public required WorldFile World { get; init; }

    /// <summary>Where instances, jobs and <c>simulator.json</c> live.</summary>
    public required string StateFolder { get; init; }

    /// <summary>0: a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether hook scripts may run as ordinary processes of this machine where instances cannot be isolated.</summary>
    public bool RunScripts { get; init; }

    /// <summary>False: instances are folders even where they could be copy-on-write views of this machine.</summary>
    public bool AllowViews { get; init; } = true;

    /// <summary>Takes the requests, one line of JSON each.</summary>
    public TextWriter Log { get; init; } = TextWriter.Null;

    /// <summary>Takes the decisions of IAM, one line of JSON each; null: nobody wants them.</summary>
    public TextWriter? IamLog { get; init; }

    /// <summary>Takes what the simulator itself has to say, in words.</summary>
    public TextWriter Notes { get; init; } = TextWriter.Null;
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

/// <summary>The embedded cloud: all services of a world on one loopback port.</summary>
public sealed class Simulator : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly FaultPlan _faults;
    private readonly IReadOnlyList<object> _parts;
    private readonly string _addressFile;

    private Simulator(WebApplication server, FaultPlan faults, IReadOnlyList<object> parts, Runner runner, JobTokens tokens, string addressFile, string url)
    {
        (_server, _faults, _parts, _addressFile) = (server, faults, parts, addressFile);
        (Jobs, Tokens, Url) = (runner, tokens, url);
    }

    /// <summary><c>http://127.0.0.1:PORT</c></summary>
    public string Url { get; }

    public Runner Jobs { get; }

    public JobTokens Tokens { get; }

    public static async Task<Simulator> StartAsync(SimulatorOptions options, CancellationToken ct = default)
    {
        var (world, machine) = (options.World, options.TimeProvider);
        var time = new ServiceClock(machine, world);
        var state = Directory.CreateDirectory(options.StateFolder).FullName;
        string? url = null;

        var tokens = new JobTokens();
        var github = new GitHubStore(world, state, time, new CommentPages(state));
        var runner = new Runner(world, state, tokens, () => url!, job => EnvironmentDeployment.Begin(github, job, url!));
        var identities = new Identities(world);
        var guard = new Guard(world, identities, time, options.IamLog is { } decisions ? new IamLog(decisions) : null);

        var objects = new S3Store(world, state, time);
        var bundles = new BundleStore(new GitArchives(world, state), new S3Bundles(objects));
        var fleet = await Fleet.Fleet.StartAsync(world, state, new FleetOptions(options.RunScripts, options.AllowViews) { WebServer = await WriteWebServerAsync(state, ct) }, bundles, machine, options.Notes);

        await File.WriteAllLinesAsync(Path.Combine(state, "instances.txt"), fleet.Hosts.Select(Line), ct);

        var faults = new FaultPlan(world);
        var rosters = new ByAccount<Roster>(world, account => new Roster(account, [.. fleet.Hosts.Where(host => account.Instances.Any(instance => instance.Id == host.Id))], faults));

        var codeDeploy = new CodeDeployService(world, rosters, guard, time);
        var iam = new IamService(identities, guard, time);

        // The whole cloud. A service is found by its name (Front/Router.cs); parts that must end with the simulator are disposed in reverse.
        IReadOnlyList<IService> services =
        [
            new OidcService(world, runner, time),
            new StsService(guard, new WebIdentity(identities, guard, time), new RoleChain(identities, guard, time)),
            new Ec2Service(rosters, guard),
            codeDeploy,
            new MonitoringService(world.Region, codeDeploy, guard),
            new S3Service(world, objects, guard, time),
            iam,
            new CloudFormationService(world, identities, guard, iam, codeDeploy, objects, time),
            new GitHubService(github, token => Caller(tokens, token), time, world.GitHub.Limits, world.Seed),
        ];
        IReadOnlyList<object> parts = [fleet, runner, .. services];

        var door = new FrontDoor(world, services, new Admin(runner, faults, codeDeploy.Control), faults, new RequestLog(options.Log), options.Notes, machine);
        var server = Listen(options.Port, door);
        try
        {
            await server.StartAsync(ct);
        }
        catch
        {
            await server.DisposeAsync();
            await EndAsync(parts);
            throw;
        }

        // The first token should not have to wait for its key.
        _ = SigningKey.GetAsync();
        url = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        var addressFile = Path.Combine(state, "simulator.json");
        await File.WriteAllTextAsync(addressFile, JsonSerializer.Serialize(new SimulatorAddress(url, Environment.ProcessId)), ct);
        return new Simulator(server, faults, parts, runner, tokens, addressFile, url);
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(_addressFile);

        // Requests that are held would wait for ever.
        _faults.Dispose();
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
        await EndAsync(_parts);
    }

    private static GitHubCaller? Caller(JobTokens tokens, string token) =>
        tokens.TryGet(token, out var job) ? new GitHubCaller(job.Repository, job.Permissions, job.Actor) : null;

    /// <summary>For people and scripts: id, port and name of an instance.</summary>
    private static string Line(Fleet.Host host) => $"{host.Id} {host.Port} {host.Tags.GetValueOrDefault("Name", "-")}";

    /// <summary>A script that starts this program again as a web server, from an environment as bare as that of a hook.</summary>
    private static async Task<string> WriteWebServerAsync(string state, CancellationToken ct)
    {
        var script = Path.Combine(state, "web-server");
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        await File.WriteAllTextAsync(script, $"#!/bin/sh\nexec '{dotnet}' '{typeof(Simulator).Assembly.Location}' web \"$@\"\n", ct);
        File.SetUnixFileMode(script, (UnixFileMode)Convert.ToInt32("755", 8));
        return script;
    }

    private static async Task EndAsync(IReadOnlyList<object> parts)
    {
        foreach (var part in parts.Reverse())
        {
            if (part is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (part as IDisposable)?.Dispose();
        }
    }

    private static WebApplication Listen(int port, FrontDoor door)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Array.MaxLength;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        // The process's signals belong to Program.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var server = builder.Build();
        server.Run(door.AnswerAsync);
        return server;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>How the simulator's other commands find the one that runs: the content of <c>simulator.json</c>.</summary>
public sealed record SimulatorAddress(string Url, int ProcessId);
