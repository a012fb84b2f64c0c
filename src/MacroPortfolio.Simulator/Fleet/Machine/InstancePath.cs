namespace MacroPortfolio.Simulator.Fleet.Machine;

/// <summary>Paths as an instance sees them: absolute, with slashes, without dots.</summary>
internal static class InstancePath
{
    /// <summary>Makes a path absolute and takes the dots out. What would climb over the root stays at the root.</summary>
    public static string Absolute(string path, string workingFolder = "/")
    {
        var parts = new List<string>();
        foreach (var part in (path.StartsWith('/') ? path : $"{workingFolder}/{path}").Split('/'))
        {
            if (part == "..")
                parts.RemoveRange(Math.Max(parts.Count - 1, 0), Math.Min(parts.Count, 1));
            else if (part is not ("" or "."))
                parts.Add(part);
        }

        return "/" + string.Join('/', parts);
    }

    /// <summary>Puts paths below one another; unlike <see cref="Path.Combine(string[])"/>, a later absolute one does not win.</summary>
    public static string Join(string folder, string path) => Absolute($"{folder}/{path}");

    public static string Parent(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "/";

    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];
}
