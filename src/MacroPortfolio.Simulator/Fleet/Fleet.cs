using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using MacroPortfolio.Simulator.Fleet.Machine;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Fleet;

/// <summary>All instances of a world. Disposing it ends every process that they started and unmounts their views; their files stay.</summary>
public sealed partial class Fleet : IAsyncDisposable
{
    // .NET ignores broken pipes, and what a process ignores its children ignore too, unless it has a handler: with one, scripts start as anywhere else.
    private readonly PosixSignalRegistration _brokenPipe = PosixSignalRegistration.Create((PosixSignal)13, signal => signal.Cancel = true);
    private readonly Warden? _warden;

    private Fleet(IReadOnlyList<Host> hosts, Warden? warden) => (Hosts, _warden) = (hosts, warden);

    public IReadOnlyList<Host> Hosts { get; }

    /// <param name="stateFolder">Each instance's root is <c>instances/&lt;id&gt;</c> in it.</param>
    /// <param name="log">Gets one line for each thing worth knowing.</param>
    public static async Task<Fleet> StartAsync(
        WorldFile world, string stateFolder, FleetOptions options, IBundleStore bundles, TimeProvider time, TextWriter log)
    {
        IReadOnlyList<InstanceWorld> instances = [.. world.EachAccount().SelectMany(account => account.Instances)];
        if (instances.FirstOrDefault(instance => !InstanceId().IsMatch(instance.Id)) is { } odd)
            throw new ArgumentException($"The instance id '{odd.Id}' is not made of letters, digits, '-', '_' and '.'.", nameof(world));
        if (instances.GroupBy(instance => instance.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The instance '{twice.Key}' is in the world twice.", nameof(world));

        var lines = TextWriter.Synchronized(log);
        var folder = Directory.CreateDirectory(stateFolder).FullName;
        var ids = instances.Select(instance => instance.Id).ToArray();
        var views = await StartViewsAsync(folder, ids, options, lines);
        var warden = views is null && options.RunScripts ? new Warden(folder) : null;
        Space[] spaces = views ?? [.. ids.Select(Space (id) => new FolderSpace(Path.Combine(folder, "instances", id), warden))];

        var ports = Ports.Take(ids.Length);
        return new Fleet(
            [.. instances.Select((instance, index) => new Host(
                instance, spaces[index], Path.Combine(folder, "instances", instance.Id), ports[index], options, bundles, time, lines.WriteLine))],
            warden);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Hosts.Select(host => host.DisposeAsync().AsTask()));
        if (_warden is not null)
            await _warden.DisposeAsync();
        _brokenPipe.Dispose();
    }

    /// <summary>All instances as views; null, with the reason in the log, when there are to be none or this machine does not give them.</summary>
    private static async Task<Space[]?> StartViewsAsync(string folder, string[] ids, FleetOptions options, TextWriter log)
    {
        if (!options.AllowViews)
        {
            await log.WriteLineAsync($"{Folders(options)}: views are switched off.");
            return null;
        }

        var starts = ids.Select(id => ViewSpace.StartAsync(folder, id)).ToArray();
        try
        {
            return await Task.WhenAll(starts);
        }
        catch (IOException ex)
        {
            foreach (var start in starts.Where(start => start.IsCompletedSuccessfully))
                await (await start).DisposeAsync();
            await log.WriteLineAsync($"{Folders(options)}: {ex.Message}.");
            return null;
        }
    }

    private static string Folders(FleetOptions options)
    {
        var scripts = options.RunScripts ? "run as ordinary processes of it" : "are listed, not run";
        return $"Instances are folders, not copy-on-write views of this machine; scripts {scripts}";
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex InstanceId();
}
