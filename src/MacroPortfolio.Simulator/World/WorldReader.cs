using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MacroPortfolio.Simulator.World;

/// <summary>
/// World file -> <see cref="WorldFile"/>: known keys, values of the right kind, and rules that hold between them. Paths in it come out absolute.
/// </summary>
public static class WorldReader
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonSerializerOptions Written = new(Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <exception cref="WorldException">With every error that could be found.</exception>
    public static WorldFile Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new WorldException([$"The world file '{path}' cannot be read: {ex.Message}"]);
        }
        catch (WorldException ex)
        {
            throw new WorldException([.. ex.Errors.Select(error => $"{path}: {error}")]);
        }
    }

    /// <param name="folder">What the paths in the world are relative to.</param>
    /// <exception cref="WorldException">With every error that could be found.</exception>
    public static WorldFile Parse(string yaml, string folder)
    {
        var document = Yaml.Parse(yaml);
        var root = document.Root ?? new JsonObject();

        var errors = new Shape(document.Lines, Options).Check(root, typeof(WorldFile));
        if (errors.Count > 0)
            throw new WorldException(errors);

        var world = WithAbsolutePaths(root.Deserialize<WorldFile>(Options)!, folder);
        var broken = WorldRules.Check(world);
        return broken.Count == 0 ? world : throw new WorldException([.. broken.Select(error => error.Say(document.Lines))]);
    }

    /// <summary>A fault for a world that is there already.</summary>
    /// <exception cref="WorldException">With every error that could be found.</exception>
    public static FaultWorld ParseFault(JsonNode? json, WorldFile world)
    {
        var root = new JsonObject { ["faults"] = new JsonArray(json?.DeepClone()) };
        var nowhere = new Dictionary<string, long>();
        var errors = new Shape(nowhere, Options).Check(root, typeof(WorldFile));
        if (errors.Count > 0)
            throw new WorldException(errors);

        var faults = root.Deserialize<WorldFile>(Options)!.Faults;
        var broken = WorldRules.CheckFaults(world with { Faults = faults });
        return broken.Count == 0 ? faults[0] : throw new WorldException([.. broken.Select(error => error.Say(nowhere))]);
    }

    /// <summary>The fault's keys as they are written, without those that were not.</summary>
    public static JsonObject Write(FaultWorld fault) => JsonSerializer.SerializeToNode(fault, Written)!.AsObject();

    private static WorldFile WithAbsolutePaths(WorldFile world, string folder) => world with
    {
        GitHub = world.GitHub with
        {
            Repositories = [.. world.GitHub.Repositories.Select(one => one with { Git = one.Git is null ? null : Path.GetFullPath(one.Git, folder) })],
        },
    };
}
