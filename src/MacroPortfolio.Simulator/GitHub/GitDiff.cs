namespace MacroPortfolio.Simulator.GitHub;

/// <summary>Reads <c>git diff-tree --raw --numstat -z</c>: first all raw records, then all counts, in the same order.</summary>
public static class GitDiff
{
    public static IReadOnlyList<FileChange> Read(string output)
    {
        var fields = new Queue<string>(output.Split('\0', StringSplitOptions.None));
        var files = new List<FileChange>();
        while (fields.TryPeek(out var raw) && raw.StartsWith(':'))
        {
            // :100644 100644 BLOB BLOB R100
            var facts = fields.Dequeue().Split(' ');
            var letter = facts[4][0];
            var previous = letter is 'R' or 'C' ? fields.Dequeue() : null;
            var blob = letter == 'D' ? facts[2] : facts[3];
            files.Add(new FileChange(blob, fields.Dequeue(), previous, Status(letter), 0, 0));
        }

        for (var i = 0; i < files.Count; i++)
        {
            // "1\t2\tpath", or of what was renamed "1\t2\t", the old and the new name; "-" of what is not text.
            var counts = fields.Dequeue().Split('\t', 3);
            if (counts[2].Length == 0)
            {
                fields.Dequeue();
                fields.Dequeue();
            }

            files[i] = files[i] with { Additions = Count(counts[0]), Deletions = Count(counts[1]) };
        }

        return files;
    }

    private static int Count(string text) => int.TryParse(text, out var count) ? count : 0;

    private static string Status(char letter) => letter switch
    {
        'A' => "added",
        'D' => "removed",
        'R' => "renamed",
        'C' => "copied",
        'T' => "changed",
        _ => "modified",
    };
}
