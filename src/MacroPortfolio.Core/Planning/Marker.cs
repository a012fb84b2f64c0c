using System.Globalization;
using System.Text.RegularExpressions;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Core.Planning;

/// <summary>
/// The words in a deployment's description by which this program finds its own deployments again. CodeDeploy has no idempotency token and keeps
/// 256 characters of description, so the marker says in plain words which repository, revision, group, run, job and step it is, and beside them
/// the verb and the attempt, which do not tell deployments apart.
/// </summary>
/// <param name="Subject">The revision's label, such as <c>acme/site@1a2b3c4</c>.</param>
public sealed partial record Marker(string Subject, DeploymentGroupName Group, string Repository, long Run, string Job, string Step, string Verb, int Attempt)
{
    private const int DescriptionLimit = 256;

    public override string ToString() => $"{Identity} ({Verb}, attempt {Attempt})";

    private string Identity => $"{Subject} {Group} run {Run} of {Repository} job {Job} step {Step}";

    /// <summary>True when both are of one intended deployment, whichever attempt made it.</summary>
    public bool SameDeployment(Marker other) => Identity == other.Identity;

    /// <summary>The description to create a deployment with: the user's words, cut where the marker needs the room, then the marker.</summary>
    public string Describe(string? words)
    {
        var marker = ToString();
        var room = DescriptionLimit - marker.Length - 3;
        return string.IsNullOrWhiteSpace(words) || room < 1 ? Cut(marker, DescriptionLimit) : $"{Cut(words.Trim(), room)} | {marker}";
    }

    /// <summary>Null for a description that this program did not write.</summary>
    public static Marker? Find(string? description) =>
        description is not null && Form().Match(description) is { Success: true } match
        && long.TryParse(match.Groups["run"].ValueSpan, CultureInfo.InvariantCulture, out var run)
        && int.TryParse(match.Groups["attempt"].ValueSpan, CultureInfo.InvariantCulture, out var attempt)
        && DeploymentGroupName.TryParse(match.Groups["group"].Value, out var group)
            ? new Marker(match.Groups["subject"].Value, group, match.Groups["repository"].Value, run, match.Groups["job"].Value, match.Groups["step"].Value, match.Groups["verb"].Value, attempt)
            : null;

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    [GeneratedRegex(@"(?:^|\| )(?<subject>\S+) (?<group>\S+) run (?<run>\d+) of (?<repository>\S+) job (?<job>\S+) step (?<step>\S+) \((?<verb>[a-z]+), attempt (?<attempt>\d+)\)\z")]
    private static partial Regex Form();
}
