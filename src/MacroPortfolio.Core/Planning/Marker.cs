using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MacroPortfolio.Core.Planning;

/// <summary>
/// The words in a deployment's description by which this program finds its own deployments again. CodeDeploy has no idempotency token and keeps
/// 256 characters of description, so the marker says in plain words which revision, group, run, job and step it is, and beside them
/// the verb and the attempt, which do not tell deployments apart: <c>acme/site@1a2b3c4 gray run 4711 job release step deploy (gray, attempt 1)</c>.
/// </summary>
/// <param name="Subject">The revision's label, such as <c>acme/site@1a2b3c4</c>.</param>
/// <param name="Repository">Whose run it is. It is written down only where the subject does not begin with it.</param>
public sealed partial record Marker(string Subject, string Group, string Repository, long Run, string Job, string Step, string Verb, int Attempt)
{
    private const int DescriptionLimit = 256;

    /// <summary>Names too long to stand side by side are told apart by a digest; what they begin with stays to be read.</summary>
    private Marker Bounded => Plain.Length <= DescriptionLimit ? this : this with
    {
        Subject = Short(Subject, 60),
        Group = Short(Group, 40),
        Repository = Short(Repository, 40),
        Job = Short(Job, 24),
        Step = Short(Step, 24),
    };

    private string Plain => $"{Subject} {Group} run {Run}{(Subject.StartsWith($"{Repository}@", StringComparison.Ordinal) ? "" : $" of {Repository}")} job {Job} step {Step} ({Verb}, attempt {Attempt})";

    public override string ToString() => Bounded.Plain;

    /// <summary>True when both are of one step of one run, whichever attempt it was, on one group.</summary>
    public bool SameStep(Marker other)
    {
        var (one, two) = (Written, other.Written);
        return (one.Group, one.Repository, one.Run, one.Job, one.Step) == (two.Group, two.Repository, two.Run, two.Job, two.Step);
    }

    /// <summary>True when both are of one intended deployment, whichever attempt made it.</summary>
    public bool SameDeployment(Marker other) => SameStep(other) && Written.Subject == other.Written.Subject;

    /// <summary>True when the other is of a later run of the same repository. A run keeps its number when it is run again.</summary>
    public bool IsOlderThan(Marker other) => Run < other.Run && Written.Repository == other.Written.Repository;

    /// <summary>The description to create a deployment with: the user's words, cut where the marker needs the room, then the marker.</summary>
    public string Describe(string? words)
    {
        var marker = ToString();
        var room = DescriptionLimit - marker.Length - 3;
        return string.IsNullOrWhiteSpace(words) || room < 1 ? marker : $"{Cut(words.Trim(), room)} | {marker}";
    }

    /// <summary>Null for a description that this program did not write.</summary>
    public static Marker? Find(string? description)
    {
        if (description is null
            || Form().Match(description) is not { Success: true } match
            || !long.TryParse(match.Groups["run"].ValueSpan, CultureInfo.InvariantCulture, out var run)
            || !int.TryParse(match.Groups["attempt"].ValueSpan, CultureInfo.InvariantCulture, out var attempt))
        {
            return null;
        }

        string Word(string name) => match.Groups[name].Value;
        var repository = match.Groups["repository"].Success ? Word("repository") : RepositoryOf(Word("subject"));
        return repository is null ? null : new Marker(Word("subject"), Word("group"), repository, run, Word("job"), Word("step"), Word("verb"), attempt);
    }

    /// <summary>As it is read again: what does not fit is short on both sides of a comparison.</summary>
    private Marker Written => Find(ToString()) ?? this;

    private static string? RepositoryOf(string subject) => subject.LastIndexOf('@') is var at and > 0 ? subject[..at] : null;

    private static string Short(string word, int length) => word.Length <= length
        ? word
        : $"{Cut(word, length - 9)}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(word)))[..8]}";

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    [GeneratedRegex(@"(?:^|\| )(?<subject>\S+) (?<group>[A-Za-z0-9._+=,@~-]+) run (?<run>\d+)(?: of (?<repository>\S+))? job (?<job>\S+) step (?<step>\S+) \((?<verb>[a-z]+), attempt (?<attempt>\d+)\)\z")]
    private static partial Regex Form();
}
