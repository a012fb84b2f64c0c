using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace MacroPortfolio.Simulator.Jobs;

/// <summary>A job's <c>GITHUB_TOKEN</c>: what it may do, where and for whom.</summary>
/// <param name="Repository"><c>owner/name</c>.</param>
/// <param name="Permissions">Name as in a workflow (<c>pull-requests</c>) to <c>read</c>, <c>write</c> or <c>none</c>; what is missing is none.</param>
public sealed record JobToken(string Value, string Repository, IReadOnlyDictionary<string, string> Permissions, long RunId, string Actor)
{
    public override string ToString() => $"the token of run {RunId} of {Repository}";
}

/// <summary>The tokens of all jobs, by which the GitHub API knows who asks.</summary>
public sealed class JobTokens
{
    private readonly ConcurrentDictionary<string, JobToken> _tokens = new();

    public void Add(JobToken token) => _tokens[token.Value] = token;

    public bool TryGet(string token, [MaybeNullWhen(false)] out JobToken found) => _tokens.TryGetValue(token, out found);
}
