namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>Paths on a Linux instance, as the agent takes them.</summary>
internal static class InstancePaths
{
    /// <summary>Without dots and double slashes. What would climb over the root stays at the root.</summary>
    public static string Absolute(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return $"/{string.Join('/', parts)}";
    }

    public static string Join(string folder, string name) => folder == "/" ? $"/{name}" : $"{folder}/{name}";

    public static string Name(string path) => path.TrimEnd('/') is var plain ? plain[(plain.LastIndexOf('/') + 1)..] : "";

    public static bool IsBelow(string path, string folder) => path.StartsWith(folder == "/" ? "/" : $"{folder}/", StringComparison.Ordinal) && path.Length > folder.Length;

    public static string Parent(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "/";

    /// <summary>Whether a path, read from left to right, is ever above where it began.</summary>
    public static bool Climbs(string path)
    {
        var depth = 0;
        return path.Split('/').Any(part => (depth += part switch { "" or "." => 0, ".." => -1, _ => 1 }) < 0);
    }

    /// <summary>Where nothing of a revision is, but much of an instance: whoever writes these thinks of the instance.</summary>
    public static bool LooksLikeInstance(string path) =>
        path.StartsWith('/') && path.Split('/', 3)[1] is "home" or "root" or "var" or "opt" or "usr" or "etc" or "srv" or "tmp" or "mnt" or "data";
}
