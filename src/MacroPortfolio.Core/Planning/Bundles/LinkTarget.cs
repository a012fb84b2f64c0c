namespace MacroPortfolio.Core.Planning.Bundles;

/// <summary>Where symbolic links of a folder lead.</summary>
public static class LinkTarget
{
    /// <summary>As many as Linux follows before it gives up.</summary>
    private const int MostLinks = 40;

    /// <summary>True when the link leads to something inside the folder, by itself and by all links on its way, wherever the folder is unpacked.</summary>
    /// <param name="links">All links of the folder: path from the folder, and target as written.</param>
    public static bool StaysInside(string path, IReadOnlyDictionary<string, string> links)
    {
        var left = new Stack<string>();
        var reached = path.Split('/')[..^1].ToList();
        var followed = 0;
        return Follow(links[path]) && Walk();

        bool Follow(string target)
        {
            if (++followed > MostLinks || target.StartsWith('/'))
            {
                return false;
            }

            foreach (var step in target.Split('/').Reverse())
            {
                left.Push(step);
            }

            return true;
        }

        bool Walk()
        {
            while (left.TryPop(out var step))
            {
                switch (step)
                {
                    case "" or ".":
                        break;

                    case ".." when reached.Count == 0:
                        return false;

                    case "..":
                        reached.RemoveAt(reached.Count - 1);
                        break;

                    default:
                        reached.Add(step);
                        if (links.TryGetValue(string.Join('/', reached), out var target))
                        {
                            reached.RemoveAt(reached.Count - 1);
                            if (!Follow(target))
                            {
                                return false;
                            }
                        }

                        break;
                }
            }

            return true;
        }
    }
}
