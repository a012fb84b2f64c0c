using System.Text.Json;
using System.Text.Json.Nodes;

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

    private static WorldFile WithAbsolutePaths(WorldFile world, string folder) => world with
    {
        GitHub = world.GitHub with
        {
            Repositories = [.. world.GitHub.Repositories.Select(one => one with { Git = one.Git is null ? null : Path.GetFullPath(one.Git, folder) })],
        },
    };
}
