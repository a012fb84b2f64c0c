using System.Buffers.Text;
using System.Text.Json;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Action.Aws;

/// <summary>What a job's token says of the job, for people to read. AWS verifies tokens; here nothing that is allowed hangs on one.</summary>
/// <param name="Values">Claims by name; empty when the token could not be read.</param>
internal sealed record TokenClaims(IReadOnlyDictionary<string, string> Values)
{
    public string? this[string name] => Values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public string Issuer => this["iss"] ?? "https://token.actions.githubusercontent.com";
    public string Subject => this["sub"] ?? "";
    public string Audience => this["aud"] ?? "";

    public static TokenClaims Read(Secret token)
    {
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Value.Split('.')[1]));
            return new TokenClaims(claims.RootElement.EnumerateObject().ToDictionary(claim => claim.Name, claim => claim.Value.ToString()));
        }
        catch (Exception ex) when (ex is FormatException or JsonException or IndexOutOfRangeException or InvalidOperationException or ArgumentException)
        {
            return new TokenClaims(new Dictionary<string, string>());
        }
    }

    /// <summary>
    /// The two forms of <c>sub</c> for this job: by names, and by names and ids, which no other repository ever gets again. Behind them the context: an environment hides the event,
    /// a pull request hides the ref. All are null where <c>sub</c> is of neither form, because somebody customised it.
    /// </summary>
    public (string? Classic, string? Immutable, string? Context) Subjects
    {
        get
        {
            if (this["repository_owner"] is not { } owner || this["repository"] is not { } repository || !repository.StartsWith($"{owner}/", StringComparison.Ordinal))
            {
                return (null, null, null);
            }

            var classic = $"repo:{repository}:";
            var immutable = this["repository_owner_id"] is { } ownerId && this["repository_id"] is { } id ? $"repo:{owner}@{ownerId}/{repository[(owner.Length + 1)..]}@{id}:" : null;
            var context = Subject.StartsWith(classic, StringComparison.Ordinal) ? Subject[classic.Length..]
                : immutable is not null && Subject.StartsWith(immutable, StringComparison.Ordinal) ? Subject[immutable.Length..]
                : null;
            return context == "pull_request" || context == Named("environment") || context == Named("ref")
                ? ($"{classic}{context}", immutable is null ? null : $"{immutable}{context}", context)
                : (null, null, null);
        }
    }

    private string Named(string claim) => $"{claim}:{this[claim]?.Replace(":", "%3A", StringComparison.Ordinal)}";
}
