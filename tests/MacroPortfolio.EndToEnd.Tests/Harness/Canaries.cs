using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>The secrets of a run, and where they turn up.</summary>
internal sealed partial class Canaries
{
    private static readonly string[] OfTheJob = ["ACTIONS_ID_TOKEN_REQUEST_TOKEN", "INPUT_GITHUB-TOKEN", "AWS_SECRET_ACCESS_KEY"];

    private readonly Dictionary<string, string> secrets = [];

    /// <summary>What each is, by its value.</summary>
    public IReadOnlyDictionary<string, string> Secrets => secrets;

    public void Add(string what, string value) => secrets[value] = what;

    /// <summary>Those of the job's environment, and all that were given out through a recorder.</summary>
    public static Canaries Of(Job job, Recorder recorder)
    {
        var canaries = new Canaries();
        foreach (var name in OfTheJob.Where(job.Environment.ContainsKey))
        {
            canaries.Add(name, job[name]);
        }

        foreach (var answer in recorder.Passages.Select(passage => passage.Answer))
        {
            foreach (Match found in Given().Matches(answer))
            {
                canaries.Add(found.Groups[1].Value, found.Groups[2].Value);
            }

            if (IdToken().Match(answer) is { Success: true } token)
            {
                canaries.Add("ID token", token.Groups[1].Value);
            }
        }

        return canaries;
    }

    /// <summary>What is found in a text and as what, one line each.</summary>
    public IEnumerable<string> In(string place, string text) =>
        from secret in secrets
        from form in Forms(secret.Key)
        where text.Contains(form.Text, StringComparison.Ordinal)
        select $"{place} has the {secret.Value}, {form.Way}";

    /// <summary>In every file below a folder, sockets and pipes aside.</summary>
    public IEnumerable<string> InFiles(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Device })
            .Where(file => new FileInfo(file).Length > 0)
            .SelectMany(file => In(file, Encoding.Latin1.GetString(File.ReadAllBytes(file))))
        : [];

    /// <summary>A text as the runner shows it once these are masked.</summary>
    public string Masked(string text) => secrets.Keys.SelectMany(Forms).OrderByDescending(form => form.Text.Length).Aggregate(text, (shown, form) => shown.Replace(form.Text, "***", StringComparison.Ordinal));

    private static IEnumerable<(string Text, string Way)> Forms(string value)
    {
        yield return (value, "as it is");
        yield return (Uri.EscapeDataString(value), "URL-encoded");
        yield return (JsonSerializer.Serialize(value)[1..^1], "JSON-escaped");
        for (var before = 0; before < 3; before++)
        {
            // The first and last characters also hang on what stands beside it.
            var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', before) + value)).TrimEnd('=')[(before == 0 ? 0 : before + 1)..^1];
            yield return (text, $"in base64 after {before} characters");
            yield return (text.Replace('+', '-').Replace('/', '_'), $"in base64url after {before} characters");
        }
    }

    [GeneratedRegex("<(AccessKeyId|SecretAccessKey|SessionToken)>([^<]+)<")]
    private static partial Regex Given();

    [GeneratedRegex("\"value\"\\s*:\\s*\"(eyJ[^\"]+)\"")]
    private static partial Regex IdToken();
}
